-- After `people` of people.sql: who took one step of the funnel in a period, or reached what an assignment counts.
-- Parameters besides: step ('' for an assignment), assignment (or NULL), source ('' for all). One row per person: id, day.
SELECT p.id, r.on_day
FROM people p
LEFT JOIN impact_impactassignment a ON a.id = %(assignment)s::bigint AND a.bureau_id = %(bureau)s
CROSS JOIN LATERAL (SELECT CASE coalesce(nullif(%(step)s, ''), a.result)
    WHEN 'entered' THEN p.entered_on WHEN 'intake' THEN p.intake_on WHEN 'introduced' THEN p.introduced_on
    WHEN 'started' THEN p.started_on WHEN 'at_work' THEN p.started_on WHEN 'paid_work' THEN p.paid_on
    WHEN 'sustained' THEN CASE WHEN p.kept_until >= p.started_on + 182 THEN p.started_on + 182 END
END AS on_day) r
WHERE r.on_day BETWEEN %(since)s AND %(until)s AND (%(source)s = '' OR p.source = %(source)s)
ORDER BY r.on_day DESC, p.id DESC
