"""A plan ready to draw: open goals first, each with what is left to do and what is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.enums import StepOwner
from candidates.models import Goal, Step


@dataclass(frozen=True)
class StepLine:
    """One step as its reader sees it; `mine` is true where the candidate takes it."""

    step: Step
    who: str
    late: bool
    mine: bool


@dataclass(frozen=True)
class GoalLines:
    """One goal with its steps: to do in order, done with the newest first."""

    goal: Goal
    to_do: list[StepLine]
    done: list[StepLine]

    @property
    def steps(self) -> int:
        return len(self.to_do) + len(self.done)


@dataclass(frozen=True)
class Plan:
    """Goals that are open, and those that ended."""

    open: list[GoalLines]
    ended: list[GoalLines]

    def __bool__(self) -> bool:
        return bool(self.open or self.ended)


def plan_of(goals: Iterable[Goal], *, own: bool = False, on: date | None = None) -> Plan:
    """The goals in their order. own: told to the candidate, so that "kandidaat" is "ik"."""
    day = on or timezone.localdate()
    lines = [_lines(goal, own, day) for goal in goals]
    ended = [one for one in lines if not one.goal.is_open]
    ended.sort(key=lambda one: (one.goal.ended_on or day, one.goal.pk), reverse=True)
    return Plan([one for one in lines if one.goal.is_open], ended)


def _lines(goal: Goal, own: bool, day: date) -> GoalLines:
    steps = [
        StepLine(step, whose(step, own), step.is_late(day), step.owner == StepOwner.CANDIDATE)
        for step in goal.steps.all()
    ]
    done = [one for one in steps if one.step.done_on]
    done.sort(key=lambda one: (one.step.done_on or day, one.step.pk), reverse=True)
    return GoalLines(goal, [one for one in steps if not one.step.done_on], done)


def whose(step: Step, own: bool) -> str:
    """Who takes a step, in a word for the reader."""
    if not own:
        return step.whose
    match step.owner:
        case StepOwner.CANDIDATE:
            return _("ik")
        case StepOwner.COACH:
            return _("mijn coach")
        case StepOwner.CONNECTOR:
            return _("mijn verbinder")
    return step.owner_name
