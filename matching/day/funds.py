"""What a fund wants to have on a day, for the manager: four weeks before, and as long as it is late."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.day.frame import Asked, Facts, Matter, Source, day

WARN_DAYS = 28
FOUND = f"""
SELECT d.id, d.due_on, 'fund_deadline' AS kind
FROM candidates_funddeadline d
WHERE d.bureau_id = %(bureau)s AND %(role)s = 'manager' AND d.done_on IS NULL AND d.due_on <= %(today)s + {WARN_DAYS}
"""  # noqa: S608 - a constant of ours
FACTS = "'fund', f.id, 'name', f.name, 'what', d.what, 'due', d.due_on"
JOINS = "JOIN candidates_funddeadline d ON d.id = first.id JOIN candidates_fund f ON f.id = d.fund_id"


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    page = reverse("impact:fund", args=[facts["fund"]])
    left = (date.fromisoformat(facts["due"]) - asked.today).days
    text = _("%(what)s, uiterlijk %(day)s") % {"what": facts["what"], "day": day(facts["due"])}
    note = ngettext("nog %(days)s dag", "nog %(days)s dagen", left) % {"days": left} if left > 0 else ""
    if left <= 0:
        note = _("vandaag") if left == 0 else _("te laat")
    return Matter(facts["name"], text, page, _("Maak het af"), note, page)


FUNDS = Source(FOUND, "due_on, id", FACTS, JOINS, _told)
