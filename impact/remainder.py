"""What stays of somebody who is erased: figures by the month, each by itself (ADR 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from django.db import connection
from django.utils import timezone

from candidates.models import Candidate, Measurement, Wellbeing
from employers.enums import PAID_FORMS
from impact.enums import AssignmentResult
from impact.figures import STAIRS
from impact.models import ImpactAssignment
from impact.snapshots import parameters
from impact.statements import SQL, rows
from matching.models import HoursStep, Placement
from matching.paths import SOFT_FORMS

LONG_AGO = date(1990, 1, 1)


@dataclass(frozen=True)
class Kept:
    """One figure: an event in a month, or a state from month to month."""

    cell: str
    since: date
    until: date
    people: int = 1
    amount: Decimal = Decimal(0)
    event: bool = True


def keep(candidate: Candidate) -> None:
    """Part of an erasure (`settings.ERASURE_STEPS`): count the person once more, by the report's own statement.

    Runs while the person's rows are still there. Nothing of this goes into the audit trail: the moment would tell
    which figures belong together.
    """
    found = list(_figures(candidate))
    with connection.cursor() as cursor:
        for one in sorted(found, key=lambda kept: (kept.cell, kept.since)):
            cursor.execute(
                SQL["keep"],
                [candidate.bureau_id, one.cell, one.event, one.since, one.until, one.people, one.amount],
            )


def _figures(candidate: Candidate) -> Iterator[Kept]:
    today = timezone.localdate()
    months = list(_months(LONG_AGO, today))
    values = parameters(candidate.bureau, LONG_AGO, today, months, only=candidate.pk)
    counts = rows("people", values)
    happened = {cell: months[unit - 1] for cell, unit, _people, _mean in counts if unit is not None}
    yield from (Kept(cell, month, month) for cell, month in happened.items())
    spans = _spans(candidate, happened, today)
    for cell, unit, people, mean in counts:
        if unit is None and people and (span := spans.get(cell) or spans.get(cell.split(":")[0])):
            amount = Decimal(mean or 0) * people
            yield Kept(cell, *span, people, amount, event=False)
    yield from _saved(candidate, today)


def _spans(candidate: Candidate, happened: dict[str, date], today: date) -> dict[str, tuple[date, date]]:
    """From which month to which the states hold, by name or by the first word of it."""
    spans: dict[str, tuple[date, date]] = {}
    if entered := happened.get("funnel:entered"):
        spans |= dict.fromkeys(("measured", "told"), (entered, entered))
    if work := list(_work(candidate)):
        last = max(min(one.ended_on or today, today) for one in work)
        span = min(one.starts_on for one in work).replace(day=1), last.replace(day=1)
        spans |= dict.fromkeys(("worked", "hours", "change"), span)
        for week in STAIRS:
            mark = (min(one.starts_on for one in work) + timedelta(weeks=week)).replace(day=1)
            spans[f"stairs:{week}"] = mark, max(mark, span[1])
        if backs := [day.replace(day=1) for day in _backs(work) if day <= today]:
            spans["back"] = min(backs), max(backs)
    days = Measurement.objects.filter(candidate=candidate).order_by("measured_on")
    if len(rungs := list(days.values_list("measured_on", flat=True))) > 1:
        spans["ladder"] = rungs[1].replace(day=1), rungs[-1].replace(day=1)
    said = (
        Wellbeing.objects.filter(candidate=candidate)
        .order_by("filled_on")
        .values_list("filled_on", flat=True)
    )
    if len(answered := list(said)) > 1:
        spans["wellbeing"] = answered[1].replace(day=1), answered[-1].replace(day=1)
    for one in ImpactAssignment.objects.filter(bureau=candidate.bureau_id):
        if month := _reached(one, happened, list(_work(candidate))):
            spans[f"assignment:{one.pk}"] = month, max(month, one.until.replace(day=1))
    return spans


def _work(candidate: Candidate) -> Iterator[Placement]:
    yield from (
        Placement.objects.filter(candidate=candidate).exclude(form__in=SOFT_FORMS).order_by("starts_on")
    )


def _backs(work: list[Placement]) -> Iterator[date]:
    steps = HoursStep.objects.filter(placement__in=work).order_by("placement", "during")
    for before, after in pairwise(steps):
        if before.placement_id == after.placement_id and after.hours < before.hours:
            yield after.during.lower


def _reached(assignment: ImpactAssignment, happened: dict[str, date], work: list[Placement]) -> date | None:
    """The month in which somebody reached what an assignment counts."""
    match assignment.result:
        case AssignmentResult.ENTERED:
            return happened.get("funnel:entered")
        case AssignmentResult.AT_WORK:
            return happened.get("funnel:started")
        case AssignmentResult.PAID_WORK:
            return next((one.starts_on.replace(day=1) for one in work if one.form in PAID_FORMS), None)
        case AssignmentResult.SUSTAINED:
            return happened.get("kept:26:still")
    return None


def _saved(candidate: Candidate, today: date) -> Iterator[Kept]:
    """Days of paid work beside social assistance, month by month."""
    first = next((one.starts_on for one in _work(candidate) if one.form in PAID_FORMS), None)
    if first is None or candidate.benefit != "social_assistance":
        return
    worked = []
    for month, following in pairwise([*_months(first, today), _next(today)]):
        values = parameters(candidate.bureau, month, min(_last(following), today), only=candidate.pk)
        people, days, weighed = rows("saved", values)[0]
        if people:
            worked.append(month)
            yield Kept("saved:days", month, month, 0, Decimal(days))
            yield Kept("saved:weighed", month, month, 0, Decimal(weighed))
    if worked:
        yield Kept("saved:people", worked[0], worked[-1], event=False)


def _months(since: date, until: date) -> Iterator[date]:
    """The first days of the months from one day to another."""
    month = since.replace(day=1)
    while month <= until:
        yield month
        month = _next(month)


def _next(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _last(following: date) -> date:
    return date.fromordinal(following.toordinal() - 1)
