"""Goals set, reached and let go, and steps done."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.enums import GoalState
from candidates.timeline.base import Happening, Kind, Known, Told, day_of


def _planned(known: Known) -> Iterator[Happening]:
    for goal in known.goals:
        yield Happening("goal", day_of(goal.created_at), goal.pk, goal.title, "", "", goal.by_id)
        if goal.ended_on:
            sort = "reached" if goal.state == GoalState.REACHED else "dropped"
            yield Happening(sort, goal.ended_on, goal.pk, goal.title)
        for step in goal.steps.all():
            if step.done_on:
                yield Happening(
                    "step", step.done_on, step.pk, step.what, goal.title, step.note, step.done_by_id
                )


def _goal(title: str, _other: str) -> Told:
    return _("Doel: %(goal)s") % {"goal": title}, "flag", "quiet"


def _reached(title: str, _other: str) -> Told:
    return _("Doel bereikt: %(goal)s") % {"goal": title}, "star", "ok"


def _dropped(title: str, _other: str) -> Told:
    return _("Doel losgelaten: %(goal)s") % {"goal": title}, "flag", "quiet"


def _step(what: str, _goal: str) -> Told:
    return _("Gedaan: %(step)s") % {"step": what}, "check", "ok"


PLAN = Kind(
    gettext_lazy("Plan"),
    {"goal": _goal, "reached": _reached, "dropped": _dropped, "step": _step},
    known=_planned,
)
