"""Coaching that runs out, hours that wait for a name, and wage values that end: for the coach and the manager."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from matching.coaching import WARN_AT
from matching.day.frame import Asked, Facts, Matter, Source, day
from matching.day.people import short_name
from matching.models.job_coaching import NEAR_END
from matching.models.wage_values import NEAR_END as VALUE_NEAR_END

# A goal that is nearly used up is said for two weeks after the last line; a plan or a value that has a next one is not.
FOUND = f"""
SELECT g.id, p.placement_id, p.ends_on AS due, g.words, u.used * 100 / g.minutes AS percent,
    'coach_goal_near' AS kind
FROM matching_coachplan p JOIN candidates_candidate c ON c.id = p.candidate_id
JOIN matching_coachgoal g ON g.plan_id = p.id CROSS JOIN LATERAL (
    SELECT coalesce(sum(h.minutes + CASE WHEN p.travel_counts THEN h.travel_minutes ELSE 0 END), 0) AS used,
        max(h.noted_at) AS noted
    FROM matching_coachhours h WHERE h.goal_id = g.id AND h.void_at IS NULL) u
WHERE p.bureau_id = %(bureau)s AND ({{mine}} OR p.coach_id = %(me)s) AND %(role)s <> 'connector'
    AND p.starts_on <= %(today)s AND p.ends_on >= %(today)s
    AND u.used * 100 >= g.minutes * {WARN_AT} AND u.noted > %(now)s - interval '14 days'
UNION ALL
SELECT p.id, p.placement_id, p.ends_on, '', 0, 'coach_plan_ends'
FROM matching_coachplan p JOIN candidates_candidate c ON c.id = p.candidate_id
JOIN matching_placement w ON w.id = p.placement_id
WHERE p.bureau_id = %(bureau)s AND ({{mine}} OR p.coach_id = %(me)s) AND %(role)s <> 'connector'
    AND w.ended_on IS NULL AND p.ends_on >= %(today)s AND p.ends_on <= %(today)s + {NEAR_END.days}
    AND p.starts_on <= %(today)s AND NOT EXISTS (
        SELECT FROM matching_coachplan n WHERE n.placement_id = p.placement_id AND n.ends_on > p.ends_on)
UNION ALL
SELECT d.id, d.placement_id, d.made_at::date, CASE WHEN d.candidate_signed_at IS NULL THEN '' ELSE 'employer' END, 0,
    'coach_period_waits'
FROM matching_coachperiod d JOIN candidates_candidate c ON c.id = d.candidate_id
JOIN matching_coachplan p ON p.id = d.plan_id JOIN matching_placement w ON w.id = d.placement_id
WHERE d.bureau_id = %(bureau)s AND ({{mine}} OR p.coach_id = %(me)s) AND %(role)s <> 'connector'
    AND d.reopened_at IS NULL AND d.made_at < %(now)s - interval '7 days'
    AND (d.candidate_signed_at IS NULL OR (d.employer_signed_at IS NULL AND w.shared_name <> ''))
UNION ALL
SELECT v.id, v.placement_id, v.valid_until, '', 0, 'wage_value_ends'
FROM matching_wagevalue v JOIN candidates_candidate c ON c.id = v.candidate_id
JOIN matching_placement w ON w.id = v.placement_id
WHERE v.bureau_id = %(bureau)s AND {{mine}} AND %(role)s <> 'connector' AND v.void_at IS NULL
    AND w.ended_on IS NULL AND v.valid_until >= %(today)s AND v.valid_until <= %(today)s + {VALUE_NEAR_END.days}
    AND NOT EXISTS (
        SELECT FROM matching_wagevalue n WHERE n.placement_id = v.placement_id AND n.void_at IS NULL
            AND n.id <> v.id AND (n.valid_until IS NULL OR n.valid_until > v.valid_until))
"""  # noqa: S608 - numbers of ours
FACTS = """
'id', first.id, 'placement', w.id, 'due', first.due, 'words', first.words, 'percent', first.percent,
'employer', e.name, 'first_name', c.first_name, 'last_name', c.last_name
"""
JOINS = """
JOIN matching_placement w ON w.id = first.placement_id
JOIN candidates_candidate c ON c.id = w.candidate_id JOIN employers_employer e ON e.id = w.employer_id
"""


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    name, plan = short_name(facts), reverse("matching:coaching", args=[facts["placement"]])
    match kind:
        case "coach_goal_near":
            text = _("%(goal)s: %(percent)s %% gebruikt") % {
                "goal": facts["words"],
                "percent": facts["percent"],
            }
            return Matter(name, text, plan, _("Bekijk"), facts["employer"], plan)
        case "coach_plan_ends":
            text = _("tot en met %(day)s: vraag op tijd verlenging") % {"day": day(facts["due"])}
            return Matter(name, text, plan, _("Bekijk"), facts["employer"], plan)
        case "coach_period_waits":
            page = reverse("matching:coach_period", args=[facts["id"]])
            who = _("wacht op de werkgever") if facts["words"] else _("wacht op de kandidaat")
            return Matter(name, who, page, _("Bekijk"), facts["employer"], page)
    page = reverse("matching:wage_value", args=[facts["placement"]])
    text = _("tot en met %(day)s: vraag een nieuwe meting") % {"day": day(facts["due"])}
    return Matter(name, text, page, _("Bekijk"), facts["employer"], page)


COACHING = Source(FOUND, "due, id", FACTS, JOINS, _told, person="c.id")
