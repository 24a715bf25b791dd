"""What was granted against what was used, and the hours of a period as they are put down to be signed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from buurtbaan.ui.formats import NBSP
from matching.models import CoachGoal, CoachHours, CoachPlan
from matching.rules.canonical import to_bytes

HOUR = 60
WARN_AT = 80
"""Percent of what was granted from which somebody is warned."""


def duration(minutes: int) -> str:
    """1 uur 30 min, 45 min, 12 uur."""
    hours, rest = divmod(abs(minutes), HOUR)
    parts = [_("%(n)s uur") % {"n": hours}] if hours else []
    if rest or not hours:
        parts.append(_("%(n)s min") % {"n": rest})
    return ("−" if minutes < 0 else "") + " ".join(part.replace(" ", NBSP) for part in parts)


@dataclass(frozen=True)
class Grant:
    """One goal: minutes granted and minutes used."""

    words: str
    granted: int
    used: int
    pk: int = 0

    @property
    def percent(self) -> int:
        """How much of it is used, in whole percents, rounded down so that 100 means all of it."""
        return self.used * 100 // self.granted

    @property
    def left(self) -> int:
        return self.granted - self.used

    @property
    def over(self) -> int:
        """Minutes more than granted, or 0."""
        return max(0, -self.left)

    @property
    def state(self) -> str:
        """fine, near (from 80 %), full or over."""
        if self.over:
            return "over"
        if self.left == 0:
            return "full"
        return "near" if self.percent >= WARN_AT else "fine"


def grants(plan: CoachPlan) -> list[Grant]:
    """Every goal of a plan with what went into it; one query."""
    return [grant_of(plan, goal) for goal in CoachGoal.objects.filter(plan=plan).with_used()]


def grant_of(plan: CoachPlan, goal: Any) -> Grant:
    """The same for a goal that was read `with_used`."""
    used = goal.used + (goal.travelled if plan.travel_counts else 0)
    return Grant(goal.words, goal.minutes, used, goal.pk)


def content_of(plan: CoachPlan, since: date, until: date, *, version: int = 1) -> dict[str, Any]:
    """Everything that is signed about a period. What the candidate said in private is not among it."""
    lines = list(CoachHours.objects.filter(plan=plan).holding().order_by("worked_on", "pk"))
    inside = [line for line in lines if since <= line.worked_on <= until]
    before = [line for line in lines if line.worked_on < since]
    return {
        "version": version,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "plan": _plan(plan),
        "goals": [_goal(plan, goal, before, inside) for goal in plan.goals.all()],
        "lines": [_line(line) for line in inside],
        "minutes": sum(line.minutes for line in inside),
        "travel_minutes": sum(line.travel_minutes for line in inside),
    }


def sealed(content: dict[str, Any]) -> str:
    """The sha256 of the content as canonical JSON."""
    return hashlib.sha256(to_bytes(content)).hexdigest()


def _plan(plan: CoachPlan) -> dict[str, Any]:
    return {
        "granted_by": plan.granted_by,
        "grantor": plan.grantor,
        "protocol": plan.protocol,
        "reference": plan.reference,
        "provider": plan.provider,
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "travel_counts": plan.travel_counts,
    }


def _goal(
    plan: CoachPlan, goal: CoachGoal, before: list[CoachHours], inside: list[CoachHours]
) -> dict[str, Any]:
    def spent(lines: list[CoachHours]) -> int:
        mine = [line for line in lines if line.goal_id == goal.pk]
        return sum(line.minutes + (line.travel_minutes if plan.travel_counts else 0) for line in mine)

    return {
        "id": goal.pk,
        "words": goal.words,
        "granted": goal.minutes,
        "before": spent(before),
        "inside": spent(inside),
    }


def _line(line: CoachHours) -> dict[str, Any]:
    return {
        "id": line.pk,
        "on": line.worked_on.isoformat(),
        "goal": line.goal_id,
        "minutes": line.minutes,
        "travel_minutes": line.travel_minutes,
        "done": line.done,
        "by": line.by_name,
    }
