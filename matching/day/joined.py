"""Who signed up by oneself and has nobody yet: for the whole bureau, whoever is first."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from matching.day.frame import Asked, Facts, Matter, Source, day

FOUND = """
SELECT c.id, c.entered_on, 'signed_up' AS kind FROM candidates_candidate c
WHERE c.bureau_id = %(bureau)s AND c.source = 'online' AND c.stage = 'met'
    AND c.coach_id IS NULL AND c.connector_id IS NULL
"""
FACTS = "'first_name', c.first_name, 'since', c.entered_on"
JOINS = "JOIN candidates_candidate c ON c.id = first.id"


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    text = _("Schreef zich in op %(day)s. Heeft nog niemand.") % {"day": day(facts["since"])}
    return Matter(facts["first_name"], text, reverse("candidates:signups"), _("Neem aan"))


SIGNED_UP = Source(FOUND, "entered_on, id", FACTS, JOINS, _told, person="c.id")
