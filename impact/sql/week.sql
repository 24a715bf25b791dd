-- What the manager's week shows besides people on their way, in one statement.
-- Parameters: bureau, today, year, silent (days without contact), near (days in which something must be ready).
-- Rows: part, key, label, n, m, day.
SELECT 'coach' AS part, coalesce(c.coach_id::text, '') AS key, coalesce(u.name, '') AS label, count(*)::numeric AS n,
       (count(*) FILTER (WHERE coalesce(c.last_contact_on, c.entered_on) <= %(today)s - %(silent)s))::numeric AS m,
       NULL::date AS day
FROM candidates_candidate c
LEFT JOIN bureaus_membership m ON m.id = c.coach_id
LEFT JOIN bureaus_user u ON u.id = m.user_id
WHERE c.bureau_id = %(bureau)s AND c.stage <> 'closed' AND c.leaving_on IS NULL
GROUP BY 2, 3
UNION ALL
SELECT 'flow', direction, '', sum(amount), NULL, NULL FROM impact_fundingflow
WHERE bureau_id = %(bureau)s AND year = %(year)s GROUP BY 2
UNION ALL
SELECT 'waits', 'check', '', count(*), NULL, NULL FROM employers_displacementcheck
WHERE bureau_id = %(bureau)s AND decision = ''
UNION ALL
SELECT 'waits', 'report', '', count(*), NULL, NULL FROM impact_impactreport
WHERE bureau_id = %(bureau)s AND state = 'ready'
UNION ALL
SELECT 'deadline', 'fund', f.name || ': ' || d.what, f.id, NULL, d.due_on
FROM candidates_funddeadline d JOIN candidates_fund f ON f.id = d.fund_id
WHERE d.bureau_id = %(bureau)s AND d.done_on IS NULL AND d.due_on <= %(today)s + %(near)s
UNION ALL
SELECT 'deadline', 'assignment', name, id, NULL, until FROM impact_impactassignment
WHERE bureau_id = %(bureau)s AND until BETWEEN %(today)s AND %(today)s + %(near)s
UNION ALL
SELECT 'deadline', 'subscription', e.name || ': ' || s.service, s.id, NULL, s.ends_on
FROM employers_subscription s JOIN employers_employer e ON e.id = s.employer_id
WHERE s.bureau_id = %(bureau)s AND s.stopped_on IS NULL AND s.ends_on BETWEEN %(today)s AND %(today)s + %(near)s
  AND NOT EXISTS (SELECT FROM employers_subscription n WHERE n.follows_id = s.id)
UNION ALL
SELECT 'deadline', 'social_return', e.name || ': ' || o.contract, o.id, NULL, o.ends_on
FROM employers_socialreturn o JOIN employers_employer e ON e.id = o.employer_id
WHERE o.bureau_id = %(bureau)s AND o.settled_on IS NULL AND o.ends_on BETWEEN %(today)s AND %(today)s + %(near)s
ORDER BY 1, 6, 4 DESC, 3
