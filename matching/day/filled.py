"""Work whose last place was taken while others were still proposed for it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.day.frame import Asked, Facts, Matter, Source

FOUND = """
SELECT p.id, 'filled' AS kind, p.title, e.name AS employer, count(*) AS people, min(m.since) AS since
FROM matching_match m JOIN candidates_candidate c ON c.id = m.candidate_id
JOIN employers_position p ON p.id = m.position_id JOIN employers_employer e ON e.id = p.employer_id
WHERE m.bureau_id = %(bureau)s AND {mine} AND p.status = 'filled' AND m.waits_for_place_at IS NULL
    AND m.state IN ('proposed', 'candidate_agreed', 'introduced', 'meeting_planned', 'met')
GROUP BY p.id, p.title, e.name
"""
FACTS = "'id', first.id, 'work', first.title, 'employer', first.employer, 'people', first.people"


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    page = reverse("matching:position_filled", args=[facts["id"]])
    if not asked.may_propose:
        page = f"{reverse('matching:match_list')}?werkplek={facts['id']}"
    text = ngettext(
        "bij %(employer)s: nog %(n)s voorstel loopt",
        "bij %(employer)s: nog %(n)s voorstellen lopen",
        facts["people"],
    ) % {"employer": facts["employer"], "n": facts["people"]}
    act = _("Kies wat er gebeurt") if asked.may_propose else _("Bekijk")
    return Matter(facts["work"], text, page, act, page=page)


FILLED = Source(FOUND, "since, id", FACTS, "", _told)
