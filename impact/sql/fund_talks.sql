-- The head of other statements: minutes of conversations that name a fund, less what a job-coach grant pays already
-- for the same person on the same day. One row of `spoken` per conversation.
-- Parameters: bureau, since, until (inclusive).
WITH coached AS (
    SELECT m.user_id, h.candidate_id, h.worked_on AS day, sum(h.minutes + h.travel_minutes) AS minutes
    FROM matching_coachhours h JOIN bureaus_membership m ON m.id = h.by_id
    WHERE h.bureau_id = %(bureau)s AND h.void_at IS NULL AND h.worked_on BETWEEN %(since)s AND %(until)s
    GROUP BY 1, 2, 3
),
talks AS (
    SELECT k.id, k.fund_id, m.user_id, k.candidate_id, k.held_on AS day, k.minutes, coalesce(c.minutes, 0) AS paid,
           sum(k.minutes) OVER (PARTITION BY m.user_id, k.candidate_id, k.held_on ORDER BY k.id) AS upto
    FROM candidates_conversation k
    LEFT JOIN bureaus_membership m ON m.id = k.by_id
    LEFT JOIN coached c ON c.user_id = m.user_id AND c.candidate_id = k.candidate_id AND c.day = k.held_on
    WHERE k.bureau_id = %(bureau)s AND k.fund_id IS NOT NULL AND k.held_on BETWEEN %(since)s AND %(until)s
),
spoken AS (
    SELECT id, fund_id, user_id, candidate_id, day,
           greatest(0, upto - paid) - greatest(0, upto - minutes - paid) AS minutes
    FROM talks
)
