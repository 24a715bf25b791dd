-- How far people came in a period, per group; each person once per trait.
-- Parameters: bureau, since, until (inclusive). Known: entered by the last day and not closed before the first.
-- A proposal that was taken back the same day was none.
-- Who came further also came through what goes before it: a placement counts as introduced and as proposed.
-- One row per trait and group: trait, grp, known, proposed, introduced, placed.
WITH proposed AS (
    SELECT DISTINCT candidate_id FROM matching_match m
    WHERE bureau_id = %(bureau)s
      AND NOT EXISTS (SELECT FROM matching_matchevent e JOIN matching_matchevent made ON made.id = e.undoes_id
                      WHERE e.match_id = m.id AND made.from_state = '')
      AND (proposed_at AT TIME ZONE 'Europe/Amsterdam')::date BETWEEN %(since)s AND %(until)s
),
introduced AS (
    SELECT DISTINCT candidate_id FROM matching_introduction
    WHERE bureau_id = %(bureau)s
      AND (introduced_at AT TIME ZONE 'Europe/Amsterdam')::date BETWEEN %(since)s AND %(until)s
),
placed AS (
    SELECT DISTINCT candidate_id FROM matching_placement
    WHERE bureau_id = %(bureau)s AND starts_on BETWEEN %(since)s AND %(until)s
),
people AS (
    SELECT CASE WHEN placed.candidate_id IS NOT NULL THEN 3 WHEN introduced.candidate_id IS NOT NULL THEN 2
                WHEN proposed.candidate_id IS NOT NULL THEN 1 ELSE 0 END AS came,
           CASE WHEN c.birth_date IS NOT NULL THEN extract(year FROM age(%(until)s, c.birth_date))
                WHEN c.birth_year IS NOT NULL THEN extract(year FROM %(until)s::date) - c.birth_year END AS years_old,
           c.area_id, c.connector_id, c.source, c.resident_kind, c.benefit, %(until)s::date - c.entered_on AS days,
           told.dutch_level, told.conditions_needed
    FROM candidates_candidate c
    LEFT JOIN candidates_intake told ON told.candidate_id = c.id
    LEFT JOIN proposed ON proposed.candidate_id = c.id
    LEFT JOIN introduced ON introduced.candidate_id = c.id
    LEFT JOIN placed ON placed.candidate_id = c.id
    WHERE c.bureau_id = %(bureau)s AND c.leaving_on IS NULL AND c.entered_on <= %(until)s
      AND (c.closed_on IS NULL OR c.closed_on >= %(since)s)
)
SELECT trait, coalesce(nullif(grp, ''), 'unknown') AS grp, count(*) AS known,
       count(*) FILTER (WHERE came >= 1) AS proposed, count(*) FILTER (WHERE came >= 2) AS introduced,
       count(*) FILTER (WHERE came >= 3) AS placed
FROM people
CROSS JOIN LATERAL (VALUES
    ('all', 'all'),
    ('age', CASE WHEN years_old < 27 THEN '18' WHEN years_old < 40 THEN '27' WHEN years_old < 55 THEN '40'
                 WHEN years_old >= 55 THEN '55' END),
    ('area', area_id::text),
    ('dutch', dutch_level::text),
    ('needs', CASE WHEN conditions_needed IS NULL THEN NULL WHEN conditions_needed = '{}' THEN 'no' ELSE 'yes' END),
    ('time', CASE WHEN days < 91 THEN '0' WHEN days < 365 THEN '3' WHEN days < 730 THEN '12' ELSE '24' END),
    ('source', source),
    ('resident', resident_kind),
    ('benefit', benefit),
    ('connector', connector_id::text)
) AS t (trait, grp)
GROUP BY 1, 2
