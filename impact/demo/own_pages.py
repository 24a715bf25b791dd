"""What the person with an own page finds there: a meeting that is planned, and a coach's hours to sign.

In no figure of a report: who works and meets somebody else is counted as at work.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from candidates.models import Candidate
from employers.enums import WorkForm
from impact.demo.coaching import Line, plan_at, put_down
from impact.demo.story import Cast, propose
from matching.enums import MatchState
from matching.models import Introduction, Placement

GOALS = (("Rustig blijven als het druk wordt", 10),)
LINES: tuple[Line, ...] = (
    # days ago, goal, minutes, on the road, what was done, in the person's words
    (61, 0, 90, 20, "Meegelopen in de drukste ochtend.", "Ik schrok wel even van al die mensen."),
    (47, 0, 60, 20, "Samen een plek gezocht om even stil te zijn.", ""),
    (33, 0, 60, 0, "Gebeld na een drukke dag.", "Ik ben gewoon even naar buiten gegaan."),
    (9, 0, 60, 20, "Ochtend meegelopen, vooral op afstand.", ""),
)


def furnish(cast: Cast) -> None:
    """The first candidate has the own page."""
    person = Candidate.objects.select_related("coach__user").filter(bureau=cast.bureau).order_by("pk")[0]
    running = Placement.objects.filter(candidate=person, ended_on=None).order_by("pk").last()
    if running is None:
        return
    known = set(Placement.objects.filter(candidate=person).values_list("employer_id", flat=True))
    others = (
        one for one in cast.positions if one.form != WorkForm.VOLUNTEERING and one.employer_id not in known
    )
    elsewhere = (one for one in others if one.hours_min is not None and one.hours_min <= 8)
    if position := next(elsewhere, None):
        on = cast.today - timedelta(days=4)
        match = propose(cast, person, position, on, MatchState.MEETING_PLANNED)
        uid = uuid.uuid5(uuid.NAMESPACE_URL, f"{cast.bureau.slug}/{match.pk}")
        Introduction.objects.filter(match=match).update(calendar_uid=uid)
    put_down(cast, plan_at(cast, running, GOALS, LINES), 30)
