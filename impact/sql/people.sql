-- Every count of people in a report, in one statement and so at one moment.
-- Parameters: bureau, since, until (inclusive), soft, paid (work forms), pause (days), cuts (dates that split the
-- period, for comparison with earlier reports), weeks, threads and stairs (week marks), feelings (questions about
-- wellbeing), only (one candidate, or NULL).
-- Sectors: employers carry SBI divisions (two digits); a report tells the section (a letter) they belong to.
-- One row per cell: name, unit (which part of the period; NULL for what is not an event), people.
WITH sections (section, first, last) AS (
    VALUES ('A', 1, 3), ('B', 6, 9), ('C', 10, 33), ('D', 35, 35), ('E', 36, 39), ('F', 41, 43), ('G', 45, 47),
           ('H', 49, 53), ('I', 55, 56), ('J', 58, 63), ('K', 64, 66), ('L', 68, 68), ('M', 69, 75), ('N', 77, 82),
           ('O', 84, 84), ('P', 85, 85), ('Q', 86, 88), ('R', 90, 93), ('S', 94, 96), ('T', 97, 98), ('U', 99, 99)
),
met AS (
    SELECT i.candidate_id, min((coalesce(i.starts_at, i.introduced_at) AT TIME ZONE 'Europe/Amsterdam')::date) AS met_on
    FROM matching_introduction i
    JOIN matching_match m ON m.id = i.match_id
    WHERE i.bureau_id = %(bureau)s
      AND (m.state IN ('met', 'placed')
           OR EXISTS (SELECT FROM matching_matchevent e WHERE e.match_id = m.id AND e.to_state = 'met'))
    GROUP BY i.candidate_id
),
placed AS (
    SELECT p.id, p.candidate_id, p.employer_id, p.starts_on, p.form, p.in_neighbourhood, w.kind AS employer_kind, w.sector,
           coalesce(p.ended_on, 'infinity'::date) AS last_day,
           p.form = ANY (%(soft)s::text[]) AS soft, p.form = ANY (%(paid)s::text[]) AS paid
    FROM matching_placement p
    JOIN employers_employer w ON w.id = p.employer_id
    WHERE p.bureau_id = %(bureau)s AND p.starts_on <= %(until)s
),
work AS (
    SELECT *, max(last_day) OVER (
        PARTITION BY candidate_id ORDER BY starts_on, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS worked_until
    FROM placed WHERE NOT soft
),
spells AS (
    SELECT *, count(*) FILTER (WHERE starts_on > worked_until + %(pause)s) OVER (
        PARTITION BY candidate_id ORDER BY starts_on, id
    ) AS spell
    FROM work
),
first_work AS (
    SELECT DISTINCT ON (candidate_id) candidate_id, employer_id, starts_on AS started_on, form, paid, employer_kind,
           coalesce((SELECT section FROM sections
                     WHERE section = sector OR (sector ~ '^\d{1,2}$' AND sector::int BETWEEN first AND last)), 'unknown') AS sector,
           CASE in_neighbourhood WHEN true THEN 'yes' WHEN false THEN 'no' ELSE 'unknown' END AS inside
    FROM work ORDER BY candidate_id, starts_on, id
),
lasting AS (
    SELECT candidate_id,
           max(last_day) FILTER (WHERE spell = 0) AS kept_until,
           max(last_day) AS last_day,
           min(starts_on) FILTER (WHERE paid) AS paid_on,
           bool_or(last_day >= %(since)s) AS worked
    FROM spells GROUP BY candidate_id
),
-- Whether somebody works at the first employer that many weeks on; in a pause the last job before it counts.
threads AS (
    SELECT f.candidate_id, week, f.started_on + 7 * week AS mark,
           max(s.last_day) FILTER (WHERE s.employer_id = f.employer_id)
               >= least(f.started_on + 7 * week, max(s.last_day)) AS same
    FROM first_work f
    JOIN spells s ON s.candidate_id = f.candidate_id AND s.spell = 0
    CROSS JOIN unnest(%(threads)s::int[]) AS week
    WHERE s.starts_on <= f.started_on + 7 * week
    GROUP BY f.candidate_id, f.started_on, f.employer_id, week
),
begun AS (
    SELECT candidate_id, min(starts_on) FILTER (WHERE form = 'volunteering') AS volunteering_on,
           min(starts_on) FILTER (WHERE form = 'activation') AS activation_on, min(starts_on) AS any_on
    FROM placed GROUP BY candidate_id
),
measured AS (
    SELECT candidate_id, count(*) AS times, max(measured_on) AS last_on,
           (array_agg(rung ORDER BY measured_on))[1] AS rung_start,
           (array_agg(rung ORDER BY measured_on DESC))[1] AS rung_now
    FROM candidates_measurement
    WHERE bureau_id = %(bureau)s AND measured_on <= %(until)s
    GROUP BY candidate_id
),
felt AS (
    SELECT w.candidate_id, a.question, count(*) AS times, max(w.filled_on) AS last_on,
           (array_agg(a.answer::int ORDER BY w.filled_on))[1] AS at_start,
           (array_agg(a.answer::int ORDER BY w.filled_on DESC))[1] AS at_last
    FROM candidates_wellbeing w
    CROSS JOIN LATERAL jsonb_each_text(w.answers) AS a (question, answer)
    WHERE w.bureau_id = %(bureau)s AND w.filled_on <= %(until)s
      AND a.question = ANY (%(feelings)s::text[]) AND a.answer ~ '^[1-5]$'
    GROUP BY w.candidate_id, a.question
),
told AS (
    SELECT DISTINCT candidate_id FROM felt
),
hours AS (
    SELECT f.candidate_id,
           sum(h.hours) FILTER (WHERE h.during @> f.started_on) AS at_start,
           sum(h.hours) FILTER (WHERE h.during @> least(%(until)s, l.last_day)) AS at_last
    FROM first_work f
    JOIN lasting l USING (candidate_id)
    JOIN work w USING (candidate_id)
    JOIN matching_hoursstep h ON h.placement_id = w.id
    GROUP BY f.candidate_id
),
back AS (
    SELECT DISTINCT candidate_id FROM (
        SELECT h.candidate_id, lower(h.during) AS from_day, h.hours,
               lag(h.hours) OVER (PARTITION BY h.placement_id ORDER BY h.during) AS before
        FROM matching_hoursstep h JOIN work w ON w.id = h.placement_id
    ) steps
    WHERE hours < before AND from_day BETWEEN %(since)s AND %(until)s
),
people AS (
    SELECT c.id, e.entered_on, i.completed_on AS intake_on,
           least(met.met_on, begun.any_on) AS introduced_on,
           f.started_on, f.form, f.employer_kind, f.sector, f.inside,
           begun.volunteering_on, begun.activation_on, l.kept_until, l.paid_on, coalesce(l.worked, false) AS worked,
           m.rung_start, m.rung_now, m.times AS measured, m.last_on AS measured_on,
           h.at_start, h.at_last, back.candidate_id IS NOT NULL AS stepped_back, told.candidate_id IS NOT NULL AS told,
           c.benefit, c.resident_kind, coalesce(nullif(c.source, ''), 'unknown') AS source,
           coalesce(o.kind, 'unknown') AS via,
           coalesce(a.code, 'unknown') AS area,
           CASE WHEN c.birth_date IS NOT NULL THEN extract(year FROM age(e.entered_on, c.birth_date))
                WHEN c.birth_year IS NOT NULL THEN extract(year FROM e.entered_on) - c.birth_year END AS years_old,
           extract(year FROM age(e.entered_on, c.without_work_since)) AS years_without
    FROM candidates_candidate c
    LEFT JOIN candidates_intake i ON i.candidate_id = c.id
    CROSS JOIN LATERAL (
        SELECT least(c.entered_on, i.completed_on,
                     (SELECT min(held_on) FROM candidates_firstconversation k WHERE k.candidate_id = c.id)) AS entered_on
    ) e
    LEFT JOIN candidates_organisation o ON o.id = c.source_organisation_id
    LEFT JOIN bureaus_area a ON a.id = c.area_id
    LEFT JOIN met ON met.candidate_id = c.id
    LEFT JOIN begun ON begun.candidate_id = c.id
    LEFT JOIN first_work f ON f.candidate_id = c.id
    LEFT JOIN lasting l ON l.candidate_id = c.id
    LEFT JOIN measured m ON m.candidate_id = c.id
    LEFT JOIN hours h ON h.candidate_id = c.id
    LEFT JOIN back ON back.candidate_id = c.id
    LEFT JOIN told ON told.candidate_id = c.id
    WHERE c.bureau_id = %(bureau)s AND e.entered_on <= %(until)s
      AND (%(only)s::bigint IS NULL OR c.id = %(only)s)
),
events AS (
    SELECT cell, width_bucket(on_day, %(cuts)s::date[]) AS unit, count(*) AS people
    FROM people p
    CROSS JOIN LATERAL (VALUES
        ('funnel:entered', entered_on), ('funnel:intake', intake_on),
        ('funnel:introduced', introduced_on), ('funnel:started', started_on),
        ('source:' || source || ':entered', entered_on), ('source:' || source || ':intake', intake_on),
        ('source:' || source || ':introduced', introduced_on), ('source:' || source || ':started', started_on),
        (CASE WHEN source IN ('organisation', 'referral') THEN 'via:' || via END, entered_on),
        ('age:' || CASE WHEN years_old IS NULL THEN 'unknown' WHEN years_old < 27 THEN '18' WHEN years_old < 40 THEN '27'
                        WHEN years_old < 55 THEN '40' ELSE '55' END, entered_on),
        ('area:' || area, entered_on),
        ('without:' || CASE WHEN years_without IS NULL THEN 'unknown' WHEN years_without < 1 THEN '0'
                            WHEN years_without < 2 THEN '1' WHEN years_without < 5 THEN '2' ELSE '5' END, entered_on),
        ('resident:' || resident_kind, entered_on),
        ('form:' || form, started_on), ('inside:' || inside, started_on),
        ('employer:' || employer_kind, started_on), ('sector:' || sector, started_on),
        ('begin:volunteering', volunteering_on), ('begin:activation', activation_on)
    ) AS e (cell, on_day)
    WHERE cell IS NOT NULL AND on_day BETWEEN %(since)s AND %(until)s
    GROUP BY 1, 2
    UNION ALL
    SELECT 'kept:' || week || ':' || what, width_bucket(p.started_on + 7 * week, %(cuts)s::date[]), count(*)
    FROM people p
    CROSS JOIN unnest(%(weeks)s::int[]) AS week
    CROSS JOIN LATERAL (VALUES ('followed', true), ('still', p.kept_until >= p.started_on + 7 * week)) AS k (what, counts)
    WHERE counts AND p.started_on + 7 * week BETWEEN %(since)s AND %(until)s
    GROUP BY 1, 2
    UNION ALL
    SELECT cell, width_bucket(t.mark, %(cuts)s::date[]), count(*)
    FROM people p
    JOIN threads t ON t.candidate_id = p.id
    CROSS JOIN LATERAL (VALUES
        ('source:' || source || ':followed:' || week),
        (CASE WHEN p.kept_until >= t.mark THEN 'source:' || source || ':still:' || week END),
        (CASE WHEN p.kept_until >= t.mark THEN 'moved:' || week || ':' || CASE WHEN same THEN 'same' ELSE 'other' END END)
    ) AS k (cell)
    WHERE cell IS NOT NULL AND t.mark BETWEEN %(since)s AND %(until)s
    GROUP BY 1, 2
),
states AS (
    SELECT cell, count(*) AS people
    FROM people p
    CROSS JOIN LATERAL (VALUES
        (CASE WHEN measured > 1 AND measured_on >= %(since)s THEN 'ladder:' || rung_start || ':' || rung_now END),
        (CASE WHEN entered_on >= %(since)s THEN 'measured:' || CASE WHEN measured > 0 THEN 'yes' ELSE 'no' END END),
        (CASE WHEN entered_on >= %(since)s THEN 'told:' || CASE WHEN told THEN 'yes' ELSE 'no' END END),
        (CASE WHEN worked THEN 'worked' END),
        (CASE WHEN worked THEN 'hours:start:' || CASE
            WHEN at_start IS NULL THEN 'unknown' WHEN at_start < 8 THEN '0' WHEN at_start < 16 THEN '8'
            WHEN at_start < 24 THEN '16' WHEN at_start < 32 THEN '24' ELSE '32' END END),
        (CASE WHEN worked THEN 'hours:last:' || CASE
            WHEN at_last IS NULL THEN 'unknown' WHEN at_last < 8 THEN '0' WHEN at_last < 16 THEN '8'
            WHEN at_last < 24 THEN '16' WHEN at_last < 32 THEN '24' ELSE '32' END END),
        (CASE WHEN worked THEN 'change:' || CASE
            WHEN at_start IS NULL OR at_last IS NULL THEN 'unknown' WHEN at_last > at_start THEN 'more'
            WHEN at_last = at_start THEN 'same' ELSE 'fewer' END END),
        (CASE WHEN worked AND stepped_back THEN 'back' END)
    ) AS e (cell)
    WHERE cell IS NOT NULL
    GROUP BY 1
    UNION ALL
    SELECT 'wellbeing:' || question || ':' || half || ':' || CASE
               WHEN answer < 3 THEN 'low' WHEN answer = 3 THEN 'middle' ELSE 'high' END, count(*)
    FROM felt
    JOIN people p ON p.id = felt.candidate_id
    CROSS JOIN LATERAL (VALUES ('start', felt.at_start), ('now', felt.at_last)) AS h (half, answer)
    WHERE times > 1 AND last_on >= %(since)s
    GROUP BY 1
    UNION ALL
    SELECT 'assignment:' || a.id, count(*)
    FROM impact_impactassignment a
    JOIN people p ON CASE a.result
        WHEN 'entered' THEN p.entered_on WHEN 'at_work' THEN p.started_on WHEN 'paid_work' THEN p.paid_on
        WHEN 'sustained' THEN CASE WHEN p.kept_until >= p.started_on + 182 THEN p.started_on + 182 END
    END BETWEEN a.since AND least(a.until, %(until)s)
    WHERE a.bureau_id = %(bureau)s AND a.since <= %(until)s AND a.until >= %(since)s
    GROUP BY 1
)
SELECT cell, unit, people, NULL::numeric AS mean FROM events
UNION ALL SELECT cell, NULL, people, NULL FROM states
UNION ALL SELECT 'hours:start', NULL, count(at_start), avg(at_start) FROM people WHERE worked
UNION ALL SELECT 'hours:last', NULL, count(at_last), avg(at_last) FROM people WHERE worked
UNION ALL (
    SELECT 'stairs:' || week, NULL, count(*), avg(total)
    FROM unnest(%(stairs)s::int[]) AS week
    CROSS JOIN LATERAL (
        SELECT p.id, sum(h.hours) AS total
        FROM people p
        JOIN work w ON w.candidate_id = p.id
        JOIN matching_hoursstep h ON h.placement_id = w.id AND h.during @> p.started_on + 7 * week
        WHERE p.worked AND p.started_on + 7 * week <= %(until)s AND p.kept_until >= p.started_on + 7 * week
        GROUP BY p.id
    ) per_person
    GROUP BY week
)
