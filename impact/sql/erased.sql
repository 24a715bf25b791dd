-- What people who were erased still count for in a period. An event belongs to the part of the period in which its
-- month begins; a state counts when any of its months lies in the period.
SELECT cell, CASE WHEN event THEN width_bucket(since, %(cuts)s::date[]) END AS unit, sum(people), sum(amount)
FROM impact_erasedfigure
WHERE bureau_id = %(bureau)s
  AND CASE WHEN event THEN since BETWEEN %(since)s AND %(until)s
           ELSE since <= %(until)s AND until >= date_trunc('month', %(since)s::date) END
GROUP BY 1, 2
