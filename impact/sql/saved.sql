-- People with social assistance in paid work within the period, and how many days that was: whole days, and days
-- weighed by hours (a full week of work counts as 1).
SELECT count(DISTINCT p.candidate_id) AS people,
       coalesce(sum(d.days), 0) AS days,
       coalesce(sum(w.days), 0) AS weighed
FROM (
    SELECT p.candidate_id, range_agg(daterange(greatest(p.starts_on, %(since)s), least(p.ended_on, %(until)s), '[]')) AS spells
    FROM matching_placement p
    JOIN candidates_candidate c ON c.id = p.candidate_id AND c.benefit = 'social_assistance'
    WHERE p.bureau_id = %(bureau)s AND p.form = ANY (%(paid)s::text[])
      AND (%(only)s::bigint IS NULL OR c.id = %(only)s)
      AND p.starts_on <= %(until)s AND (p.ended_on IS NULL OR p.ended_on >= %(since)s)
    GROUP BY p.candidate_id
) p
CROSS JOIN LATERAL (SELECT sum(upper(r) - lower(r)) AS days FROM unnest(p.spells) AS r) d
CROSS JOIN LATERAL (
    SELECT sum((upper(r) - lower(r)) * least(h.hours / %(full_week)s, 1)) AS days
    FROM matching_placement q
    JOIN matching_hoursstep h ON h.placement_id = q.id
    CROSS JOIN unnest(p.spells * datemultirange(h.during)) AS r
    WHERE q.candidate_id = p.candidate_id AND q.form = ANY (%(paid)s::text[])
) w
