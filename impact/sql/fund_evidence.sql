-- Minutes of conversations that are claimed on funds, and how many of those stand on evidence of the same fund: signed,
-- or waiting for a second person. An hour that was written down longer afterwards is covered as far as it was signed.
-- Parameters: bureau, since, until (inclusive); fund or none for every fund. One row per fund, person and quarter.
-- first: fund_talks
SELECT s.fund_id, s.candidate_id, date_trunc('quarter', s.day)::date AS quarter, sum(s.minutes),
       coalesce(sum(least(s.minutes, h.minutes)) FILTER (WHERE e.state = 'signed'), 0),
       coalesce(sum(least(s.minutes, h.minutes)) FILTER (WHERE e.state = 'prepared'), 0)
FROM spoken s
LEFT JOIN impact_evidencehour h ON h.conversation_id = s.id
LEFT JOIN impact_evidencesheet e ON e.id = h.sheet_id AND e.fund_id = s.fund_id
WHERE s.minutes > 0 AND (%(fund)s::bigint IS NULL OR s.fund_id = %(fund)s::bigint)
GROUP BY 1, 2, 3
ORDER BY 3 DESC, 2
