"""What people say themselves: this is not right in my file, and I would like to take part."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from candidates.enums import CorrectionPart
from matching.day.frame import Asked, Facts, Matter, Source, day
from matching.day.people import short_name
from matching.links import file_of

FOUND = """
SELECT k.id, k.said_at, 'correction' AS kind FROM candidates_correction k
JOIN candidates_candidate c ON c.id = k.candidate_id
WHERE k.bureau_id = %(bureau)s AND k.answered_at IS NULL AND {mine}
"""
FACTS = """
'id', k.id, 'candidate', c.id, 'first_name', c.first_name, 'last_name', c.last_name, 'text', k.text, 'part', k.part,
'said', (k.said_at AT TIME ZONE 'Europe/Amsterdam')::date, 'mine', c.connector_id = %(me)s OR c.coach_id = %(me)s
"""
JOINS = """
JOIN candidates_correction k ON k.id = first.id JOIN candidates_candidate c ON c.id = k.candidate_id
"""


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    page = file_of(facts["candidate"])
    answer = reverse("candidates:correction_answer", args=[facts["candidate"], facts["id"]])
    may = facts["mine"] or asked.membership.role == "manager"
    return Matter(
        short_name(facts),
        Truncator(facts["text"]).chars(90) if may else str(CorrectionPart(facts["part"]).label),
        answer if may else page,
        _("Geef antwoord") if may else _("Bekijk"),
        _("gezegd op %(day)s") % {"day": day(facts["said"])},
        page,
    )


CORRECTIONS = Source(FOUND, "said_at, id", FACTS, JOINS, _told, person="c.id")
