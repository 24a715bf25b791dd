"""Goals and steps: set, changed, ticked, put in another order, ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.enums import GoalState, StepOwner
from candidates.models import Candidate, Goal, Step
from candidates.services.locking import locked

MOST_GOALS, MOST_STEPS = 30, 40
"""More is no plan any more; it also keeps the page of a plan small."""
Ordered = TypeVar("Ordered", Goal, Step)


@transaction.atomic
def add_goal(
    *, candidate: Candidate, title: str, by: Membership, why: str = "", target_on: date | None = None
) -> Goal:
    """A new goal, after the others. Raises NotAllowedNow when there are too many to see the wood for the trees."""
    candidate = locked(candidate)
    goals = candidate.goals.all()
    if goals.count() >= MOST_GOALS:
        raise NotAllowedNow(_("Er staan al %(n)s doelen. Rond er eerst een af.") % {"n": MOST_GOALS})
    return Goal.objects.create(
        bureau_id=candidate.bureau_id, candidate=candidate, title=title, why=why, target_on=target_on,
        position=_last(goals), by=by,
    )  # fmt: skip


@transaction.atomic
def change_goal(*, goal: Goal, title: str, why: str, target_on: date | None, by: Membership) -> Goal:
    """Other words for a goal, or another day."""
    goal = _locked(goal)
    goal.title, goal.why, goal.target_on = title, why, target_on
    goal.save(update_fields=["title", "why", "target_on"])
    return goal


@transaction.atomic
def end_goal(*, goal: Goal, state: str, by: Membership, on: date | None = None) -> Goal:
    """A goal is reached or let go; with state `open` it is taken up again."""
    goal = _locked(goal)
    if goal.state == state:
        return goal
    goal.state = GoalState(state)
    goal.ended_on = None if state == GoalState.OPEN else (on or timezone.localdate())
    goal.save(update_fields=["state", "ended_on"])
    return goal


@transaction.atomic
def add_step(
    *,
    goal: Goal,
    what: str,
    by: Membership,
    owner: str = StepOwner.CANDIDATE,
    owner_name: str = "",
    due_on: date | None = None,
    note: str = "",
) -> Step:
    """A new step for an open goal, after the others.

    owner_name: only for somebody from outside. Raises NotAllowedNow for a goal that ended, or with too many steps.
    """
    goal = _locked(goal)
    if not goal.is_open:
        raise NotAllowedNow(_("Dit doel is afgerond. Pak het eerst weer op."))
    if goal.steps.count() >= MOST_STEPS:
        raise NotAllowedNow(_("Dit doel heeft al %(n)s stappen. Maak een nieuw doel.") % {"n": MOST_STEPS})
    return Step.objects.create(
        bureau_id=goal.bureau_id, candidate_id=goal.candidate_id, goal=goal, what=what, owner=owner,
        owner_name=_name(owner, owner_name), due_on=due_on, note=note, position=_last(goal.steps.all()), by=by,
    )  # fmt: skip


@transaction.atomic
def change_step(
    *, step: Step, what: str, owner: str, owner_name: str, due_on: date | None, note: str, by: Membership
) -> Step:
    """Other words, another person or another day for a step."""
    step = _locked(step)
    step.what, step.owner, step.owner_name = what, owner, _name(owner, owner_name)
    step.due_on, step.note = due_on, note
    step.save(update_fields=["what", "owner", "owner_name", "due_on", "note"])
    return step


@transaction.atomic
def remove_step(*, step: Step, by: Membership) -> None:
    """A step that was a mistake; what was done stays. Raises NotAllowedNow for a step that is done."""
    step = _locked(step)
    if step.done_on:
        raise NotAllowedNow(_("Deze stap is gedaan en hoort bij het verhaal. Zet haar eerst terug."))
    step.delete()


@transaction.atomic
def tick_step(*, step: Step, by: Membership, on: date | None = None) -> Step:
    """A step is done; ticked twice, the first tick stays.

    Raises NotAllowedNow for a day that is still to come.
    """
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise NotAllowedNow(_("Kies een dag die al geweest is."))
    step = _locked(step)
    if step.done_on is None:
        step.done_on, step.done_by = day, by
        step.save(update_fields=["done_on", "done_by"])
    return step


@transaction.atomic
def untick_step(*, step: Step, by: Membership) -> Step:
    """It was not done after all."""
    step = _locked(step)
    step.done_on, step.done_by = None, None
    step.save(update_fields=["done_on", "done_by"])
    return step


@transaction.atomic
def move_goal(*, goal: Goal, up: bool, by: Membership) -> None:
    """One place up or down among the goals of the same state."""
    locked(goal.candidate)
    _move(list(Goal.objects.filter(candidate=goal.candidate_id, state=goal.state)), goal, up=up)


@transaction.atomic
def move_step(*, step: Step, up: bool, by: Membership) -> None:
    """One place up or down within the goal."""
    _locked(step.goal)
    _move(list(Step.objects.filter(goal=step.goal_id)), step, up=up)


def _move(rows: Sequence[Ordered], row: Ordered, *, up: bool) -> None:
    """Put `row` one place further and number all anew; at the end nothing happens."""
    ordered = list(rows)
    here = next(at for at, one in enumerate(ordered) if one.pk == row.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(ordered):
        return
    ordered[here], ordered[there] = ordered[there], ordered[here]
    for at, one in enumerate(ordered, start=1):
        if one.position != at:
            one.position = at
            one.save(update_fields=["position"])


def _locked(row: Ordered) -> Ordered:
    """The row as it is now, held until the transaction ends."""
    model: Any = type(row)
    held: Ordered = model.objects.select_for_update(of=("self",)).get(pk=row.pk)
    return held


def _last(rows: Any) -> int:
    return int(rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _name(owner: str, name: str) -> str:
    return name.strip() if owner == StepOwner.OTHER else ""
