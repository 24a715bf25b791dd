"""What employers say about somebody at work, and what they do not say: then somebody calls."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from matching.day.frame import Asked, Facts, Matter, Source, day
from matching.day.people import short_name

# An introduction without an answer stands with the proposals; here is what comes after the start. A question of work
# that ended, of hours confirmed otherwise, or of a week in which a colleague spoke with them, asks for nothing.
# Who asks for a call stands with the early signals (signals.py).
FOUND = """
SELECT q.id, coalesce(q.answered_at, q.asked_at) AS since, CASE
    WHEN q.hours_right = 'no' THEN 'hours_wrong'
    WHEN q.answered_at IS NULL AND q.period_id IS NULL AND p.ended_on IS NULL AND s.confirmed_at IS NULL
        AND q.asked_at < %(now)s -
        (SELECT make_interval(days => b.answer_days) FROM bureaus_bureau b WHERE b.id = %(bureau)s)
        AND NOT EXISTS (SELECT FROM matching_checkin k WHERE k.placement_id = q.placement_id AND k.week = q.week
            AND k.done_on >= q.asked_at::date) THEN 'employer_quiet'
    END AS kind
FROM matching_employerquestion q JOIN candidates_candidate c ON c.id = q.candidate_id
JOIN matching_placement p ON p.id = q.placement_id LEFT JOIN matching_hoursstep s ON s.id = q.step_id
WHERE q.bureau_id = %(bureau)s AND {mine} AND q.settled_at IS NULL AND q.asked_at > %(now)s - interval '180 days'
"""
FACTS = """
'id', q.id, 'placement', q.placement_id, 'week', q.week, 'words', q.words, 'asked', q.asked_at::date, 'hours', s.hours,
'employer', e.name, 'first_name', c.first_name, 'last_name', c.last_name,
'call', (SELECT t.phone FROM employers_contact t WHERE t.employer_id = q.employer_id AND t.phone <> ''
    ORDER BY t.name, t.id LIMIT 1)
"""
JOINS = """
JOIN matching_employerquestion q ON q.id = first.id JOIN candidates_candidate c ON c.id = q.candidate_id
JOIN employers_employer e ON e.id = q.employer_id LEFT JOIN matching_hoursstep s ON s.id = q.step_id
"""


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    page = reverse("matching:placement", args=[facts["placement"]]) + "#werkgever"
    said = f"“{facts['words']}”" if facts["words"] else ""
    if kind == "employer_quiet":
        said = _("gevraagd op %(day)s") % {"day": day(facts["asked"])}
    did = _("Gedaan") if asked.may_propose else ""
    if not asked.may_propose or kind == "hours_wrong" or not facts["call"]:
        return Matter(short_name(facts), facts["employer"], page, _("Bekijk"), said, page, did=did)
    note = f"{said} {facts['call']}".strip()
    url = f"tel:{facts['call'].replace(' ', '')}"
    return Matter(short_name(facts), facts["employer"], url, _("Bel"), note, page, did=_("Ik heb gebeld"))


EMPLOYERS = Source(FOUND, "since, id", FACTS, JOINS, _told, person="q.candidate_id")
