"""Work that somebody does or did, with the hours as they went up, down or stayed level: one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.ui.charts.steps import Staircase, path_chart
from candidates.choices import label, work_forms
from candidates.models import Candidate


@dataclass(frozen=True)
class HoursLevel:
    """Hours a week from a first to a last day (None while it lasts), and why, in the candidate's words."""

    first: date
    last: date | None
    hours: Decimal
    reason: str
    by: int | None


@dataclass(frozen=True)
class Work:
    """One placement with its staircase of hours."""

    placement: Any
    form: str
    steps: tuple[HoursLevel, ...]

    @property
    def hours(self) -> Decimal | None:
        """Hours a week today."""
        today = timezone.localdate()
        return next(
            (s.hours for s in self.steps if s.first <= today and (s.last is None or s.last >= today)), None
        )

    @property
    def levels(self) -> list[tuple[date, date | None, Decimal]]:
        """The steps up to today, as a chart takes them."""
        today = timezone.localdate()
        return [(step.first, step.last, step.hours) for step in self.steps if step.first <= today]


@dataclass(frozen=True)
class WorkPath:
    """Work that went on, from the first employer to the newest, as one path."""

    parts: tuple[Work, ...]

    @property
    def newest(self) -> Work:
        return self.parts[-1]

    @property
    def first_day(self) -> date:
        day: date = self.parts[0].placement.starts_on
        return day

    @property
    def chart(self) -> Staircase | None:
        """The staircase until today, or until the last day, across employers."""
        today, newest = timezone.localdate(), self.newest.placement
        if not any(one.levels for one in self.parts):
            return None
        return path_chart(
            [(str(one.placement.employer), one.levels) for one in self.parts],
            chart_id=f"uren-{newest.pk}",
            title=_("Uren per week bij %(employer)s") % {"employer": newest.employer},
            until=min(newest.ended_on or today, today),
        )


def paths_of(work: list[Work]) -> list[WorkPath]:
    """Work by path: what went on into what; the newest path first, as the work itself is."""
    by_previous = {one.placement.previous_id: one for one in work if one.placement.previous_id}
    known = {one.placement.pk for one in work}
    found = []
    for first in work:
        if first.placement.previous_id in known:
            continue
        parts = [first]
        while (following := by_previous.get(parts[-1].placement.pk)) is not None:
            parts.append(following)
        found.append(WorkPath(tuple(parts)))
    return sorted(found, key=lambda path: path.newest.placement.starts_on, reverse=True)


def work_of(candidate: Candidate) -> list[Work]:
    """Placements, newest first, each with its hours."""
    steps = (
        apps.get_model("matching", "HoursStep")
        ._default_manager.filter(placement=OuterRef("pk"))
        .order_by("during")
        .values(
            json=JSONObject(
                first=F("during__startswith"),
                until=F("during__endswith"),
                hours="hours",
                reason="reason",
                by="by_id",
            )
        )
    )
    rows = candidate.placements.select_related("employer", "position").annotate(steps=ArraySubquery(steps))
    return [
        Work(one, label(work_forms(), one.form), tuple(_level(step) for step in one.steps)) for one in rows
    ]


def _level(step: dict[str, Any]) -> HoursLevel:
    until = date.fromisoformat(step["until"]) - timedelta(days=1) if step["until"] else None
    return HoursLevel(
        date.fromisoformat(step["first"]), until, Decimal(str(step["hours"])), step["reason"], step["by"]
    )
