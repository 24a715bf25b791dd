"""How far people come, day by day: the funnel of a week and a quarter, and assignments on their way to their target.

The people and their days are those of the reports: the same statement counts them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from buurtbaan.bureaus.models import Bureau
from impact.enums import AssignmentResult
from impact.figures import STAGES
from impact.models import ImpactAssignment
from impact.publishing import forecast
from impact.snapshots import parameters
from impact.statements import SQL

PEOPLE = SQL["people"].split("\nevents AS (")[0].rstrip().removesuffix(",")
"""The part of the reports' statement that finds people and their days."""


def people_rows(name: str, bureau: Bureau, until: date, **values: Any) -> list[tuple[Any, ...]]:
    """What a statement of `sql/` gives that goes on from the reports' people."""
    since = values.pop("since", until)
    with connection.cursor() as cursor:
        cursor.execute(f"{PEOPLE}\n{SQL[name]}", parameters(bureau, since, until) | values)
        return cursor.fetchall()


@dataclass
class Steps:
    """People per step of the funnel, this week and this quarter; sources: by where they came from, this quarter."""

    week: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    quarter: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    sources: dict[str, int] = field(default_factory=dict)

    def add(self, step: str, source: str, week: int, quarter: int) -> None:
        self.week[step] += week
        self.quarter[step] += quarter
        if step == "entered" and quarter:
            self.sources[source] = self.sources.get(source, 0) + quarter


@dataclass(frozen=True)
class Progress:
    """One assignment on a day. points: each day on which the count went up, with the count so far."""

    assignment: ImpactAssignment
    on: date
    points: tuple[tuple[date, int], ...]

    @property
    def counts(self) -> bool:
        """Whether the result can be counted from the data."""
        return self.assignment.result != AssignmentResult.OTHER

    @property
    def result(self) -> int | None:
        if not self.counts or self.on < self.assignment.since:
            return None
        return self.points[-1][1] if self.points else 0

    @property
    def forecast(self) -> int | None:
        """The result at the end if things go on as they did; None when it is too early to say, or over."""
        return forecast(self.assignment, self.result, self.on)

    @property
    def expected(self) -> Decimal | None:
        """Where the straight line to the target stands today."""
        if not self.assignment.target:
            return None
        whole = (self.assignment.until - self.assignment.since).days + 1
        passed = min(max((self.on - self.assignment.since).days + 1, 0), whole)
        return (Decimal(self.assignment.target) * passed / whole).quantize(Decimal("0.1"))

    @property
    def behind(self) -> bool:
        """Whether less was reached than the straight line asks."""
        return self.result is not None and self.expected is not None and self.result < self.expected

    @property
    def state(self) -> str:
        """coming, unknown, reached, over, behind or on_way."""
        if self.on < self.assignment.since:
            return "coming"
        if self.result is None or not self.assignment.target:
            return "unknown"
        if self.result >= self.assignment.target:
            return "reached"
        if self.on > self.assignment.until:
            return "over"
        return "behind" if self.behind else "on_way"


def on_their_way(
    bureau: Bureau,
    assignments: list[ImpactAssignment],
    on: date,
    *,
    week: date | None = None,
    quarter: date | None = None,
    only: ImpactAssignment | None = None,
) -> tuple[Steps, list[Progress]]:
    """The funnel since the first day of a week and of a quarter, and how far each of these is, in one query."""
    steps, counted = Steps(), defaultdict[int, list[tuple[date, int]]](list)
    values = {"week": week or on, "quarter": quarter or on, "assignment": only.pk if only else None}
    for part, key, source, day, in_week, people in people_rows("steps", bureau, on, **values):
        if part == "step":
            steps.add(key, source, in_week, people)
        else:
            so_far = counted[int(key)]
            so_far.append((day, people + (so_far[-1][1] if so_far else 0)))
    return steps, [Progress(one, on, tuple(counted[one.pk])) for one in assignments]


def progress(
    bureau: Bureau, assignments: list[ImpactAssignment], on: date, *, only: ImpactAssignment | None = None
) -> list[Progress]:
    """How far each of these is on a day."""
    return on_their_way(bureau, assignments, on, only=only)[1] if assignments else []
