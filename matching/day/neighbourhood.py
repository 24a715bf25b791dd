"""The neighbourhood around the people: gatherings of this week, who was signed up, and neighbours who ask for help."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from candidates.enums import HelpKind
from matching.day.frame import Asked, Facts, Matter, Source, day, moment

FOUND = """
SELECT g.id, g.starts_at AS due, 'gathering' AS kind FROM candidates_gathering g
WHERE g.bureau_id = %(bureau)s AND g.cancelled_on IS NULL
    AND g.starts_at BETWEEN %(now)s - interval '3 hours' AND %(now)s + interval '7 days'
UNION ALL
SELECT r.id, r.created_at, 'referred' FROM candidates_inwardreferral r
WHERE r.bureau_id = %(bureau)s AND r.state = 'new' AND r.candidate_id IS NULL AND r.forgotten_on IS NULL
UNION ALL
SELECT h.id, coalesce(h.wanted_on::timestamptz, h.created_at + interval '30 days'), 'help_asked'
FROM candidates_helprequest h WHERE h.bureau_id = %(bureau)s AND h.state = 'open'
"""
FACTS = """
'id', first.id, 'due', first.due, 'name', coalesce(g.title, r.person_name, left(h.text, 90)),
'place', coalesce(g.place, o.name, h.place), 'kind', h.kind, 'wanted', h.wanted_on, 'received', r.received_on
"""
JOINS = """
LEFT JOIN candidates_gathering g ON first.kind = 'gathering' AND g.id = first.id
LEFT JOIN candidates_inwardreferral r ON first.kind = 'referred' AND r.id = first.id
LEFT JOIN candidates_helprequest h ON first.kind = 'help_asked' AND h.id = first.id
LEFT JOIN candidates_organisation o ON o.id = r.organisation_id
"""


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    pk, place = [facts["id"]], facts["place"] or ""
    if kind == "gathering":
        page = reverse("neighbourhood:gathering", args=pk)
        starts = moment(facts["due"])
        door = reverse("neighbourhood:gathering_attendance", args=pk)
        today = starts.date() == asked.today
        words = f"{date_format(starts, 'l j F, H:i')}, {place}"
        return Matter(
            facts["name"], words, door if today else page, _("Wie is er?") if today else _("Bekijk"), "", page
        )
    if kind == "referred":
        page = reverse("neighbourhood:referral", args=pk)
        words = _("aangemeld op %(day)s") % {"day": day(facts["received"])}
        return Matter(facts["name"], words, page, _("Bel"), place, page)
    page = reverse("neighbourhood:help_request", args=pk)
    words = ", ".join(filter(None, [str(HelpKind(facts["kind"]).label), place, day(facts["wanted"])]))
    return Matter(
        facts["name"], words, reverse("neighbourhood:help_find", args=pk), _("Wie helpt?"), "", page
    )


NEIGHBOURHOOD = Source(FOUND, "due, id", FACTS, JOINS, _told)
