-- Minutes claimed per fund, each minute once: conversations that name a fund, and stretches of time of colleagues.
-- What a job-coach grant pays already is taken off the conversations with the same person on the same day; both are
-- taken off the stretches of the same colleague on that day, whether they lay within it or not: rather too few than
-- an hour twice.
-- Parameters: bureau, since, until (inclusive). One row per fund: fund, minutes of conversations, of stretches, and
-- how many people the conversations were with.
-- first: fund_talks
, taken AS (
    SELECT user_id, day, sum(minutes) AS minutes
    FROM (SELECT user_id, day, minutes FROM spoken UNION ALL SELECT user_id, day, minutes FROM coached) AS held
    GROUP BY 1, 2
),
stretches AS (
    SELECT c.fund_id, coalesce(t.minutes, 0) AS taken,
           extract(epoch FROM upper(c.during) - lower(c.during)) / 60 AS minutes,
           sum(extract(epoch FROM upper(c.during) - lower(c.during)) / 60)
               OVER (PARTITION BY c.worker_id, c.day ORDER BY lower(c.during)) AS upto
    FROM candidates_hourclaim c
    LEFT JOIN taken t ON t.user_id = c.worker_id AND t.day = c.day
    WHERE c.bureau_id = %(bureau)s AND c.void_at IS NULL AND c.day BETWEEN %(since)s AND %(until)s
),
rest AS (
    SELECT fund_id, greatest(0, upto - taken) - greatest(0, upto - minutes - taken) AS minutes FROM stretches
)
SELECT f.id, coalesce(k.minutes, 0), coalesce(r.minutes, 0), coalesce(k.people, 0)
FROM candidates_fund f
LEFT JOIN (SELECT fund_id, sum(minutes) AS minutes, 
                  count(DISTINCT candidate_id) FILTER (WHERE minutes > 0) AS people FROM spoken GROUP BY 1) k
    ON k.fund_id = f.id
LEFT JOIN (SELECT fund_id, sum(minutes) AS minutes FROM rest GROUP BY 1) r ON r.fund_id = f.id
WHERE f.bureau_id = %(bureau)s
ORDER BY f.name, f.id
