-- After `people` of people.sql: how many people took which step of the funnel this week and this quarter, by source;
-- and on which days people reached what an assignment counts.
-- Parameters besides: week, quarter (first days). Rows: part, key, source or NULL, day or NULL, this week, this quarter.
SELECT 'step', s.step, p.source, NULL::date, count(*) FILTER (WHERE s.on_day >= %(week)s),
       count(*) FILTER (WHERE s.on_day >= %(quarter)s)
FROM people p
CROSS JOIN LATERAL (VALUES
    ('entered', p.entered_on), ('intake', p.intake_on), ('introduced', p.introduced_on), ('started', p.started_on)
) AS s (step, on_day)
WHERE s.on_day BETWEEN least(%(week)s, %(quarter)s) AND %(until)s
GROUP BY 2, 3
UNION ALL
SELECT 'reached', a.id::text, NULL, r.on_day, 0, count(*)
FROM impact_impactassignment a
CROSS JOIN people p
CROSS JOIN LATERAL (SELECT CASE a.result
    WHEN 'entered' THEN p.entered_on WHEN 'at_work' THEN p.started_on WHEN 'paid_work' THEN p.paid_on
    WHEN 'sustained' THEN CASE WHEN p.kept_until >= p.started_on + 182 THEN p.started_on + 182 END
END AS on_day) r
WHERE a.bureau_id = %(bureau)s AND r.on_day BETWEEN a.since AND least(a.until, %(until)s)
  AND (%(assignment)s::bigint IS NULL OR a.id = %(assignment)s)
GROUP BY 2, 4
ORDER BY 1, 2, 4
