"""Who wants to stop, and whose closed file is near the end of its term."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from matching.day.frame import Asked, Facts, Matter, Source, day
from matching.day.people import short_name
from matching.links import file_of

FOUND = """
SELECT c.id, coalesce(c.leaving_on, c.retain_until) AS ends_on,
    CASE WHEN c.leaving_on IS NULL THEN 'retention' ELSE 'leaving' END AS kind
FROM candidates_candidate c
WHERE c.bureau_id = %(bureau)s AND {mine} AND (
    c.leaving_on IS NOT NULL AND (c.coach_id IS NULL OR c.coach_id = %(me)s)
    OR c.leaving_on IS NULL AND c.stage = 'closed' AND c.retain_until <= %(today)s + 60)
"""
FACTS = """
'id', c.id, 'first_name', c.first_name, 'last_name', c.last_name, 'phone', c.phone, 'leaving', c.leaving_on,
'until', c.retain_until
"""
JOINS = "JOIN candidates_candidate c ON c.id = first.id"


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    name, page = short_name(facts), file_of(facts["id"])
    if kind == "leaving":
        text = _("Wordt op %(day)s gewist, als het zo blijft.") % {"day": day(facts["leaving"])}
        phone = facts["phone"]
        url = f"tel:{phone.replace(' ', '')}" if phone else page
        return Matter(name, text, url, _("Bel") if phone else _("Bekijk"), phone, page)
    text = _("We bewaren het dossier tot %(day)s.") % {"day": day(facts["until"])}
    if asked.membership.role == "manager":
        return Matter(name, text, reverse("candidates:retention"), _("Bekijk"), "", page)
    return Matter(name, text, page, _("Bekijk"), "", page)


RETENTION = Source(FOUND, "ends_on, id", FACTS, JOINS, _told, person="c.id")
