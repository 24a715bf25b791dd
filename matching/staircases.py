"""The staircase of a whole thread of work, and the words for how long it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtbaan.ui.charts import Staircase, path_chart
from matching.models import HoursStep, Placement
from matching.paths import Stretch, is_soft, stretch_of, thread_of, threads


@dataclass(frozen=True)
class Thread:
    """Work that went on, in order, with its staircase and the stretch in which it lies."""

    placements: list[Placement]
    stretch: Stretch

    @property
    def newest(self) -> Placement:
        return self.placements[-1]

    @property
    def is_running(self) -> bool:
        """Work that runs, or that will begin."""
        last = self.newest.ended_on
        return last is None or last >= timezone.localdate()

    @property
    def steps(self) -> list[HoursStep]:
        """All steps in order; they were read beforehand."""
        return [step for one in self.placements for step in one.hours_steps.all()]

    @property
    def now(self) -> HoursStep | None:
        today = timezone.localdate()
        return next((step for step in reversed(self.steps) if today in step.during), None)

    @property
    def words(self) -> str:
        """How long the work goes on, across employers: a sentence."""
        return going_on(self.stretch)

    def chart(self, chart_id: str, *, legend: bool = True) -> Staircase | None:
        """Every step of the thread, planned ones too. legend: the drawing itself says who the parts are."""
        if not self.steps:
            return None
        today = timezone.localdate()
        last = self.newest.ended_on or max(today, self.steps[-1].during.lower + timedelta(days=7))
        drawn = path_chart(
            [(str(one.employer), levels(one.hours_steps.all())) for one in self.placements],
            chart_id=chart_id, title=_("Uren per week"), until=last, today=today,
        )  # fmt: skip
        return replace(drawn, legend=legend)


def levels(steps: Sequence[HoursStep] | QuerySet[HoursStep]) -> list[tuple[date, date | None, Any]]:
    """Steps as a chart takes them."""
    return [(step.during.lower, last_day(step), step.hours) for step in steps]


def last_day(step: HoursStep) -> date | None:
    """The last day on which a step holds; None while it lasts."""
    return step.during.upper - timedelta(days=1) if step.during.upper else None


def with_steps(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Placements with all that a thread shows, in two queries."""
    steps = HoursStep.objects.order_by("during").select_related("by__user")
    rows = placements.select_related("employer", "position").order_by("starts_on", "pk")
    return rows.prefetch_related(Prefetch("hours_steps", steps))


def threads_of(placements: Sequence[Placement]) -> list[Thread]:
    """One person's placements by thread, the newest first."""
    return [Thread(thread, stretch_of(thread[-1], placements)) for thread in threads(placements)]


def one_thread(placement: Placement, among: Sequence[Placement]) -> Thread:
    """The thread of one placement among all of the person's."""
    return Thread(thread_of(placement, among), stretch_of(placement, among))


def going_on(stretch: Stretch) -> str:
    """Since when, how many weeks, and at how many employers."""
    today = timezone.localdate()
    if stretch.first > today:
        return _("Begint op %(day)s.") % {"day": date_format(stretch.first, "j F Y")}
    weeks = stretch.weeks(today)
    long = ngettext("%(n)s week", "%(n)s weken", weeks) % {"n": weeks}
    words = {"day": date_format(stretch.first, "j F Y"), "long": long, "n": stretch.employers}
    if stretch.last is not None and stretch.last < today:
        words["last"] = date_format(stretch.last, "j F Y")
        text = ngettext(
            "Van %(day)s tot en met %(last)s zonder onderbreking: %(long)s bij %(n)s werkgever.",
            "Van %(day)s tot en met %(last)s zonder onderbreking: %(long)s bij %(n)s werkgevers.",
            stretch.employers,
        )
    elif is_soft(stretch.placements[0]):
        text = ngettext(
            "Zonder onderbreking actief sinds %(day)s: %(long)s bij %(n)s werkgever.",
            "Zonder onderbreking actief sinds %(day)s: %(long)s bij %(n)s werkgevers.",
            stretch.employers,
        )
    else:
        text = ngettext(
            "Zonder onderbreking aan het werk sinds %(day)s: %(long)s bij %(n)s werkgever.",
            "Zonder onderbreking aan het werk sinds %(day)s: %(long)s bij %(n)s werkgevers.",
            stretch.employers,
        )
    return text % words
