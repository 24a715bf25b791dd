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

from buurtbaan.ui.charts.steps import Staircase, staircase
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
    def chart(self) -> Staircase | None:
        """The staircase until today, or until the last day."""
        today = timezone.localdate()
        drawn = [(step.first, step.last, step.hours) for step in self.steps if step.first <= today]
        if not drawn:
            return None
        return staircase(
            drawn,
            chart_id=f"uren-{self.placement.pk}",
            title=_("Uren per week bij %(employer)s") % {"employer": self.placement.employer},
            until=min(self.placement.ended_on or today, today),
        )


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
