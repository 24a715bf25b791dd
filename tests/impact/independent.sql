-- A second opinion on a report: the same figures from the same tables, written from the definitions on the page alone and
-- person by person, with nothing of what the product itself does. One row per figure: its name and its value.
-- The bureau and the two days come from the test.
WITH days AS (SELECT %(since)s::date AS since, %(until)s::date AS until),
jobs AS (
    SELECT p.candidate_id AS who, p.id, p.employer_id, p.starts_on AS first_day, coalesce(p.ended_on, DATE '9999-12-31') AS last_day,
           p.form, p.in_neighbourhood, e.kind, e.sector
    FROM matching_placement p JOIN employers_employer e ON e.id = p.employer_id
    WHERE p.bureau_id = %(bureau)s AND p.form NOT IN ('volunteering', 'activation')
      AND p.starts_on <= (SELECT until FROM days)
),
entries AS (
    SELECT c.id AS who, c.source, c.resident_kind, c.birth_year, c.birth_date, c.without_work_since, c.benefit, a.code AS area,
           (SELECT min(d) FROM (VALUES (c.entered_on),
               ((SELECT i.completed_on FROM candidates_intake i WHERE i.candidate_id = c.id)),
               ((SELECT min(f.held_on) FROM candidates_firstconversation f WHERE f.candidate_id = c.id))) v (d)) AS came
    FROM candidates_candidate c LEFT JOIN bureaus_area a ON a.id = c.area_id
    WHERE c.bureau_id = %(bureau)s
),
starts AS (
    SELECT e.source, j.*
    FROM entries e
    CROSS JOIN LATERAL (SELECT * FROM jobs WHERE jobs.who = e.who ORDER BY first_day, id LIMIT 1) j
),
-- The day until which somebody went on without a pause of more than four weeks, found by walking from job to job.
walk AS (
    WITH RECURSIVE on_and_on (who, start_day, until_day, turn) AS (
        SELECT s.who, s.first_day, s.last_day, 0 FROM (SELECT DISTINCT ON (who) who, first_day, last_day FROM jobs
            ORDER BY who, first_day, id) s
        UNION ALL
        SELECT o.who, o.start_day, greatest(o.until_day, j.further), o.turn + 1
        FROM on_and_on o
        CROSS JOIN LATERAL (SELECT max(last_day) AS further FROM jobs
            WHERE jobs.who = o.who AND jobs.first_day <= least(o.until_day, DATE '9999-01-01') + 28) j
        WHERE j.further > o.until_day AND o.turn < 50
    )
    SELECT who, start_day, max(until_day) AS until_day FROM on_and_on GROUP BY who, start_day
),
marks AS (
    SELECT w.who, (SELECT source FROM entries WHERE entries.who = w.who) AS source, n AS weeks, w.start_day + n * 7 AS mark,
           w.until_day >= w.start_day + n * 7 AS still,
           EXISTS (SELECT FROM jobs j WHERE j.who = w.who AND w.start_day + n * 7 BETWEEN j.first_day AND j.last_day
                   AND j.employer_id = (SELECT s.employer_id FROM starts s WHERE s.who = w.who)) AS with_first
    FROM walk w, unnest(ARRAY[4, 13, 26, 39, 52]) n, days
    WHERE w.start_day + n * 7 BETWEEN days.since AND days.until
),
working AS (
    SELECT who, min(first_day) AS first_day, least(max(last_day), (SELECT until FROM days)) AS seen_on
    FROM jobs GROUP BY who HAVING max(last_day) >= (SELECT since FROM days)
),
hours AS (
    SELECT w.who,
           (SELECT sum(h.hours) FROM matching_hoursstep h JOIN jobs j ON j.id = h.placement_id
            WHERE j.who = w.who AND h.during @> w.first_day) AS then_hours,
           (SELECT sum(h.hours) FROM matching_hoursstep h JOIN jobs j ON j.id = h.placement_id
            WHERE j.who = w.who AND h.during @> w.seen_on) AS now_hours
    FROM working w
),
rungs AS (
    SELECT candidate_id AS who, count(*) AS times, max(measured_on) AS last_day,
           (SELECT rung FROM candidates_measurement x WHERE x.candidate_id = m.candidate_id ORDER BY measured_on LIMIT 1) AS first_rung,
           (SELECT rung FROM candidates_measurement x WHERE x.candidate_id = m.candidate_id
            AND x.measured_on <= (SELECT until FROM days) ORDER BY measured_on DESC LIMIT 1) AS last_rung
    FROM candidates_measurement m WHERE bureau_id = %(bureau)s AND measured_on <= (SELECT until FROM days)
    GROUP BY candidate_id
),
felt AS (
    SELECT w.candidate_id AS who, q AS question, count(*) AS times, max(w.filled_on) AS last_day,
           min(w.filled_on) AS first_day
    FROM candidates_wellbeing w CROSS JOIN LATERAL jsonb_object_keys(w.answers) q
    WHERE w.bureau_id = %(bureau)s AND w.filled_on <= (SELECT until FROM days)
    GROUP BY w.candidate_id, q
)
SELECT 'funnel:entered', count(*) FROM entries, days WHERE came BETWEEN since AND until
UNION ALL SELECT 'funnel:intake', count(*) FROM candidates_intake, days
    WHERE bureau_id = %(bureau)s AND completed_on BETWEEN since AND until
UNION ALL SELECT 'funnel:started', count(*) FROM starts, days WHERE first_day BETWEEN since AND until
UNION ALL SELECT 'source:' || coalesce(nullif(source, ''), 'unknown') || ':entered', count(*) FROM entries, days
    WHERE came BETWEEN since AND until GROUP BY source
UNION ALL SELECT 'source:' || coalesce(nullif(source, ''), 'unknown') || ':started', count(*) FROM starts, days
    WHERE first_day BETWEEN since AND until GROUP BY source
UNION ALL SELECT 'resident:' || resident_kind, count(*) FROM entries, days WHERE came BETWEEN since AND until GROUP BY resident_kind
UNION ALL SELECT 'area:' || coalesce(area, 'unknown'), count(*) FROM entries, days WHERE came BETWEEN since AND until GROUP BY area
UNION ALL SELECT 'form:' || form, count(*) FROM starts, days WHERE first_day BETWEEN since AND until GROUP BY form
UNION ALL SELECT 'employer:' || kind, count(*) FROM starts, days WHERE first_day BETWEEN since AND until GROUP BY kind
UNION ALL SELECT 'inside:' || coalesce(CASE WHEN in_neighbourhood THEN 'yes' WHEN NOT in_neighbourhood THEN 'no' END, 'unknown'),
    count(*) FROM starts, days WHERE first_day BETWEEN since AND until GROUP BY in_neighbourhood
UNION ALL SELECT 'worked', count(*) FROM working
UNION ALL SELECT 'hours:start:unknown', count(*) FROM hours WHERE then_hours IS NULL HAVING count(*) > 0
UNION ALL SELECT 'hours:start:8', count(*) FROM hours WHERE then_hours >= 8 AND then_hours < 16
UNION ALL SELECT 'hours:last:16', count(*) FROM hours WHERE now_hours >= 16 AND now_hours < 24
UNION ALL SELECT 'change:more', count(*) FROM hours WHERE now_hours > then_hours
UNION ALL SELECT 'change:fewer', count(*) FROM hours WHERE now_hours < then_hours
UNION ALL SELECT 'ladder:people', count(*) FROM rungs, days WHERE times > 1 AND last_day >= since
UNION ALL SELECT 'ladder:up', count(*) FROM rungs, days WHERE times > 1 AND last_day >= since AND last_rung > first_rung
UNION ALL SELECT 'ladder:down', count(*) FROM rungs, days WHERE times > 1 AND last_day >= since AND last_rung < first_rung
UNION ALL SELECT 'kept:' || weeks || ':followed', count(*) FROM marks GROUP BY weeks
UNION ALL SELECT 'kept:' || weeks || ':still', count(*) FROM marks WHERE still GROUP BY weeks
UNION ALL SELECT 'source:' || coalesce(nullif(source, ''), 'unknown') || ':followed:' || weeks, count(*) FROM marks
    WHERE weeks IN (13, 26, 52) GROUP BY source, weeks
UNION ALL SELECT 'source:' || coalesce(nullif(source, ''), 'unknown') || ':still:' || weeks, count(*) FROM marks
    WHERE weeks IN (13, 26, 52) AND still GROUP BY source, weeks
UNION ALL SELECT 'moved:' || weeks || ':same', count(*) FROM marks WHERE weeks IN (13, 26, 52) AND still AND with_first GROUP BY weeks
UNION ALL SELECT 'complete:age', count(*) FROM entries, days
    WHERE came BETWEEN since AND until AND (birth_year IS NOT NULL OR birth_date IS NOT NULL)
UNION ALL SELECT 'complete:without', count(*) FROM entries, days WHERE came BETWEEN since AND until AND without_work_since IS NOT NULL
UNION ALL SELECT 'complete:told', count(*) FROM entries, days WHERE came BETWEEN since AND until
    AND EXISTS (SELECT FROM felt WHERE felt.who = entries.who)
UNION ALL SELECT 'complete:measured', count(*) FROM entries, days WHERE came BETWEEN since AND until
    AND EXISTS (SELECT FROM rungs WHERE rungs.who = entries.who)
UNION ALL SELECT 'wellbeing:' || question || ':people', count(*) FROM felt, days WHERE times > 1 AND last_day >= since GROUP BY question
UNION ALL SELECT 'wellbeing:' || question || ':now:high', count(*) FROM felt, days
    WHERE times > 1 AND last_day >= since AND EXISTS (SELECT FROM candidates_wellbeing w WHERE w.candidate_id = felt.who
        AND w.filled_on = felt.last_day AND (w.answers ->> felt.question)::int IN (4, 5)) GROUP BY question
UNION ALL SELECT 'positions:new', count(*) FROM employers_position, days WHERE bureau_id = %(bureau)s AND published_on BETWEEN since AND until
UNION ALL SELECT 'checks:' || decision, count(*) FROM employers_displacementcheck, days
    WHERE bureau_id = %(bureau)s AND (decided_at AT TIME ZONE 'Europe/Amsterdam')::date BETWEEN since AND until GROUP BY decision
UNION ALL SELECT 'saved:people', count(DISTINCT j.who) FROM jobs j JOIN entries e ON e.who = j.who AND e.benefit = 'social_assistance', days
    WHERE j.last_day >= since
      AND j.form IN ('participation_job', 'secondment', 'sheltered', 'basic_job', 'supported_job', 'regular_job')
