"""Measuring: all figures of one bureau and period, set-wise in SQL and at one moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from buurtbaan.bureaus.models import Area, Bureau, Rate
from buurtbaan.scope import Scope, enter, scoped
from employers.enums import PAID_FORMS, CheckDecision
from employers.models import DisplacementCheck, Employer, Position
from impact.enums import AssignmentResult
from impact.figures import (
    FEELINGS,
    STAIRS,
    THREADS,
    UNKNOWN,
    WEEKS,
    Assignment,
    Figures,
    Flow,
    UsedRate,
    complete,
)
from impact.indicators import FULL_WEEK
from impact.models import FundingFlow, ImpactAssignment
from impact.money.report import PARTS, amounts, earned_flows
from impact.statements import rows
from matching.paths import PAUSE_DAYS, SOFT_FORMS

STATEMENTS = ("people", "areas", "places", "assignments", "flows", *PARTS, "saved")
"""What figures come from."""
RATES = (
    ("benefit_cost", "per_person_year_low"),
    ("benefit_cost", "per_person_year_high"),
    ("counterfactual", "share_low"),
    ("counterfactual", "share_high"),
)


@contextmanager
def one_moment(bureau: Bureau, *, reason: str) -> Iterator[None]:
    """A transaction in which every query sees the same state of the bureau's data."""
    scope = Scope.for_bureau(bureau, reason=reason)
    if connection.in_atomic_block:
        with scoped(scope):
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        enter(scope)
        yield


def measure(
    bureau: Bureau,
    *,
    since: date,
    until: date,
    cuts: Sequence[date] = (),
    statements: Collection[str] = STATEMENTS,
) -> Figures:
    """All figures of the period, both days included. Call it within `one_moment`.

    cuts: days within the period on which an earlier report began, or the day after it ended. statements: what to
    compute, where not every figure is wanted.
    """
    figures = Figures(
        bureau=bureau.name,
        slug=bureau.slug,
        municipality=bureau.municipality.name,
        municipality_code=bureau.municipality.code,
        threshold=bureau.municipality.suppression_threshold,
        since=since,
        until=until,
        measured_at=timezone.now().replace(microsecond=0),
    )
    if "people" in statements:
        _people(figures, bureau, sorted({since, *(day for day in cuts if since < day <= until)}))
    if "areas" in statements:
        _areas(figures, bureau)
    if "places" in statements:
        _places(figures, bureau)
    _money(figures, bureau, statements)
    if "saved" in statements:
        _savings(figures, bureau)
    complete(figures)
    return figures


def events(bureau: Bureau, *, since: date, until: date, cuts: Sequence[date]) -> list[dict[str, int]]:
    """The counts of people per part of a longer time, one dict for each cut; call it within `one_moment`."""
    units: list[dict[str, int]] = [{} for _ in cuts]
    for (name, unit), (people, _total) in _counts(parameters(bureau, since, until, cuts)).items():
        if unit is not None:
            units[unit - 1][name] = people
    return units


def _counts(values: dict[str, Any]) -> dict[tuple[str, int | None], tuple[int, Decimal]]:
    """People per count and part of the period, with the sum behind an average: who is here, and who was erased."""
    found: dict[tuple[str, int | None], tuple[int, Decimal]] = {}
    here = ((name, unit, people, (mean or 0) * people) for name, unit, people, mean in rows("people", values))
    gone = (row for row in rows("erased", values) if not row[0].startswith("saved:"))
    for name, unit, people, total in (*here, *gone):
        so_far = found.get((name, unit), (0, Decimal(0)))
        found[name, unit] = so_far[0] + people, so_far[1] + Decimal(total)
    return found


def parameters(
    bureau: Bureau, since: date, until: date, cuts: Sequence[date] = (), only: int | None = None
) -> dict[str, Any]:
    """What the statements in `sql/` ask for; only: one candidate's number."""
    return {
        "bureau": bureau.pk,
        "since": since,
        "until": until,
        "soft": list(SOFT_FORMS),
        "paid": sorted(PAID_FORMS),
        "pause": PAUSE_DAYS,
        "cuts": list(cuts),
        "weeks": list(WEEKS),
        "stairs": list(STAIRS),
        "threads": list(THREADS),
        "feelings": list(FEELINGS),
        "full_week": FULL_WEEK,
        "only": only,
    }


def _people(figures: Figures, bureau: Bureau, cuts: list[date]) -> None:
    figures.units = [{} for _ in cuts]
    counts = _counts(parameters(bureau, figures.since, figures.until, cuts))
    for (name, unit), (people, total) in counts.items():
        if name in ("hours:start", "hours:last") or name.startswith("stairs:"):
            figures.means[name] = (people, (total / people).quantize(Decimal("0.1")) if people else None)
        if unit is not None:
            figures.units[unit - 1][name] = people
        figures.counts[name] = figures.people(name) + people
    figures.sectors = sorted({*_codes(figures, "sector"), UNKNOWN})


def _areas(figures: Figures, bureau: Bureau) -> None:
    """The bureau's own areas, and others where people of these figures live."""
    own = Area.objects.filter(Q(bureaus=bureau) | Q(code__in=_codes(figures, "area"))).distinct()
    figures.areas = dict(own.order_by("name", "code").values_list("code", "name"))


def _codes(figures: Figures, family: str) -> list[str]:
    return [name.split(":")[1] for name in figures.counts if name.startswith(f"{family}:")]


def _places(figures: Figures, bureau: Bureau) -> None:
    """Positions, checks and employers: not about candidates, so exact."""
    period = (figures.since, figures.until)
    opened = Position.objects.filter(bureau=bureau, published_on__range=period)
    found = opened.aggregate(new=Count("pk"), places=Sum("places"))
    figures.positions = {"positions:new": found["new"], "positions:places": found["places"] or 0}
    decided = DisplacementCheck.objects.filter(bureau=bureau, decided_at__date__range=period).order_by("pk")
    told: Counter[str] = Counter()
    for decision, grounds in decided.values_list("decision", "grounds"):
        told[f"checks:{decision}"] += 1
        if decision == CheckDecision.EXCEPTION:
            told.update(f"exceptions:{ground}" for ground in grounds)
    figures.positions |= told
    working = Employer.objects.filter(
        Q(placements__ended_on__isnull=True) | Q(placements__ended_on__gte=figures.since),
        bureau=bureau,
        placements__starts_on__lte=figures.until,
    )
    names = list(working.distinct().order_by("name", "pk").values_list("name", "named_in_reports", "pk"))
    figures.positions["employers:all"] = len(names)
    figures.employers = list(dict.fromkeys(name for name, named, _pk in names if named))


def _money(figures: Figures, bureau: Bureau, parts: Collection[str]) -> None:
    """What was agreed, what came in and went out, and the other amounts."""
    if "assignments" in parts:
        touching = ImpactAssignment.objects.filter(
            bureau=bureau, since__lte=figures.until, until__gte=figures.since
        ).order_by("since", "pk")
        figures.assignments = [
            Assignment(a.pk, a.name, a.client, a.amount, a.result, a.target, a.since, a.until)
            for a in touching
        ]
    if "flows" in parts:
        years = range(figures.since.year, figures.until.year + 1)
        flows = FundingFlow.objects.filter(bureau=bureau, year__in=years).values(
            "year", "direction", "source"
        )
        booked = [
            Flow(row["year"], row["direction"], row["source"], row["n"])
            for row in flows.annotate(n=Sum("amount")).order_by("year", "direction", "source")
        ]
        every = [*booked, *earned_flows(bureau.pk, years)]
        figures.flows = sorted(every, key=lambda flow: (flow.year, flow.direction))
    if wanted := set(PARTS) & set(parts):
        figures.amounts, people = amounts(bureau.pk, figures.since, figures.until, wanted)
        figures.counts |= {f"about:{one.name}": one.people for one in figures.amounts if one.people}
        figures.counts["budget:people"] = people


def benefit_days(bureau: Bureau, since: date, until: date) -> tuple[int, Decimal, Decimal]:
    """People with social assistance in paid work, and their days: weighed by hours, and whole."""
    values = parameters(bureau, since, until, [since])
    people, days, weighed = rows("saved", values)[0]
    erased = {cell: (count, amount) for cell, _unit, count, amount in rows("erased", values)}
    days += erased.get("saved:days", (0, 0))[1]
    weighed += erased.get("saved:weighed", (0, 0))[1]
    people += erased.get("saved:people", (0, 0))[0]
    return people, Decimal(weighed).quantize(Decimal("0.1")), Decimal(days)


def _savings(figures: Figures, bureau: Bureau) -> None:
    people, weighed, days = benefit_days(bureau, figures.since, figures.until)
    figures.counts["saved:people"] = people
    figures.benefit_days = (weighed, days)
    places = [bureau.municipality.code, bureau.municipality.name, "NL"]
    chosen = Rate.objects.choose_each(RATES, on=figures.until, places=places)
    for kind, key in RATES:
        rate = chosen.get((kind, key))
        if rate is None:
            figures.missing.append(f"{kind}.{key}")
            continue
        figures.rates.append(
            UsedRate(kind, key, rate.amount, rate.unit, rate.place, rate.source, rate.valid_from, rate.note)
        )


def counts_people(result: str) -> bool:
    """Whether an assignment's result can be counted from the data."""
    return result != AssignmentResult.OTHER


def day_after(day: date) -> date:
    return day + timedelta(days=1)
