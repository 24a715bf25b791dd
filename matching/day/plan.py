"""Steps of a plan whose day has passed, and people who have not been measured for half a year."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from candidates.enums import StepOwner
from matching.day.frame import Asked, Facts, Matter, Source, day
from matching.day.people import short_name
from matching.links import file_of

READ = "(c.coach_id = %(me)s OR c.connector_id = %(me)s OR %(role)s = 'manager')"
"""A plan and a measurement are read by who holds the file, and by the manager."""
LATE = f"""
SELECT s.id, s.candidate_id, s.due_on, 'step_late' AS kind
FROM candidates_step s JOIN candidates_goal g ON g.id = s.goal_id AND g.state = 'open'
JOIN candidates_candidate c ON c.id = s.candidate_id
WHERE s.bureau_id = %(bureau)s AND s.done_on IS NULL AND s.due_on < %(today)s AND c.stage <> 'closed'
    AND {READ} AND {{mine}}
"""  # noqa: S608 - a constant of ours
STEP = """
'candidate', c.id, 'first_name', c.first_name, 'last_name', c.last_name, 'what', s.what, 'owner', s.owner,
'owner_name', s.owner_name, 'due_on', s.due_on
"""
STEP_JOINS = """
JOIN candidates_step s ON s.id = first.id JOIN candidates_candidate c ON c.id = s.candidate_id
"""


def _late(_asked: Asked, _kind: str, facts: Facts) -> Matter:
    whose = facts["owner_name"] or str(StepOwner(facts["owner"]).label)
    note = _("%(who)s, was voor %(day)s") % {"who": whose, "day": day(facts["due_on"])}
    page = reverse("candidates:plan", args=[facts["candidate"]])
    return Matter(short_name(facts), facts["what"], page, _("Bekijk het plan"), note, page)


LATE_STEPS = Source(LATE, "due_on, id", STEP, STEP_JOINS, _late, person="c.id")

DUE = f"""
SELECT c.id, c.entered_on, 'measure' AS kind FROM candidates_candidate c
WHERE c.bureau_id = %(bureau)s AND c.stage NOT IN ('met', 'paused', 'closed') AND c.entered_on < %(today)s - 30
    AND NOT EXISTS (SELECT FROM candidates_measurement m WHERE m.candidate_id = c.id
        AND m.measured_on >= %(today)s - 182) AND {READ} AND {{mine}}
"""  # noqa: S608 - a constant of ours
PERSON = """
'id', c.id, 'first_name', c.first_name, 'last_name', c.last_name,
'last', (SELECT max(m.measured_on) FROM candidates_measurement m WHERE m.candidate_id = c.id)
"""


def _measure(_asked: Asked, _kind: str, facts: Facts) -> Matter:
    text = _("Nog geen meting.")
    if facts["last"]:
        text = _("Laatste meting op %(day)s.") % {"day": day(facts["last"])}
    url = reverse("candidates:measurement_add", args=[facts["id"]])
    return Matter(short_name(facts), text, url, _("Meet samen"), "", file_of(facts["id"]))


MEASURES = Source(
    DUE, "entered_on, id", PERSON, "JOIN candidates_candidate c ON c.id = first.id", _measure, person="c.id"
)
