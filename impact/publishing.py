"""From exact figures to what may be published: the one place where pages and files get their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from impact import averages, changes
from impact.canonical import plain
from impact.disclosure import Protection, protect
from impact.enums import AssignmentResult, FlowDirection
from impact.figures import KNOWN, WEEKS, Assignment, Figures, names
from impact.indicators import VERSION
from impact.layout import Table
from impact.models import ImpactAssignment
from impact.money.sums import YEAR, saved_range
from impact.rest import DAYS, SAVED, tells
from impact.tables import tables
from impact.web import Earlier, Unit, imagine, proofs, web_of

SCHEMA = "buurtbaan-impact/1"
RULE = "2026-3"
"""The version of the disclosure rule."""
SHOWN, HIDDEN, NONE = "shown", "hidden", "none"
LEAST = "least"
"""So many or more: only in a sum of reports, where one of them leaves a part of it out."""
BESIDE = {
    "budget": ("budget:earned", "budget:spent", "budget:left"),
    "sroi": ("sroi:noted", "sroi:agreed"),
}
"""Amounts of which one tells the others: where one is left out, all are."""
SHARE_OF = {
    **{f"kept:{week}:share": (f"kept:{week}:still", f"kept:{week}:followed") for week in WEEKS},
    **{f"complete:{key}:share": (f"complete:{key}", of) for key, (of, _unknown) in KNOWN.items()},
}
"""Each percentage with the two counts it is made of."""
FORECAST_FROM = Decimal("0.25")
"""A forecast needs at least a quarter of the assignment's time behind it."""


@dataclass
class Published:
    """The figures after disclosure control, and what of it the bureau's manager should know."""

    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    open: frozenset[str] = frozenset()

    def put(self, name: str, value: Decimal | int | None, unit: str, *, hidden: bool = False) -> None:
        status = HIDDEN if hidden else NONE if value is None else SHOWN
        self.figures[name] = {"value": value if status == SHOWN else None, "status": status, "unit": unit}

    def shown(self, name: str) -> Decimal | int | None:
        return self.figures[name]["value"]


def publish(
    figures: Figures,
    *,
    version: int = 1,
    earlier: Sequence[Earlier] = (),
    units: Sequence[Unit] = (),
    since_last: dict[str, Any] | None = None,
) -> tuple[dict[str, Any], Protection]:
    """What may leave the bureau, as plain JSON, in the active language; and the proof behind it.

    since_last: what `changes.since_last` found.

    Raises Unprotectable when no report can be made that keeps earlier hidden counts hidden.
    """
    web = web_of(figures, earlier, units)
    guard = protect(
        web,
        threshold=figures.threshold,
        known=proofs(web, figures, earlier, units),
        imagine=imagine(figures, earlier, units),
    )
    out = Published(open=guard.open)
    for name, number in guard.web.numbers.items():
        if number.part.name in ("TOTAL", "CELL"):
            out.put(name, number.value, "people", hidden=name in guard.hidden)
    _means(out, figures, guard, earlier)
    for name, value in figures.positions.items():
        out.put(name, value, "count")
    _assignments(out, figures)
    _flows(out, figures)
    _amounts(out, figures, earlier)
    _savings(out, figures, earlier)
    _shares(out)
    document = _document(out, figures, version)
    return plain({**document, "changes": changes.beside(since_last, out.figures)}), guard


def _document(out: Published, figures: Figures, version: int) -> dict[str, Any]:
    shown = [_filled(table, out) for table in tables(figures)]
    return {
        "schema": SCHEMA,
        "bureau": {"name": figures.bureau, "slug": figures.slug},
        "municipality": {"name": figures.municipality, "code": figures.municipality_code},
        "period": {"since": figures.since, "until": figures.until},
        "version": version,
        "language": get_language(),
        "measured_at": figures.measured_at,
        "versions": {"definitions": VERSION, "disclosure": RULE},
        "threshold": figures.threshold,
        "check_at": settings.SITE_ADDRESS + reverse("verify:verify_report"),
        "figures": out.figures,
        "tables": [vars(table) for table in shown],
        "employers": figures.employers,
        "assignments": [_facts(assignment) for assignment in figures.assignments],
        "rates": [vars(rate) for rate in figures.rates],
        "missing": figures.missing,
    }


def exact(figures: Figures) -> dict[str, Decimal | int | None]:
    """Every figure as it is, for the bureau's own manager and for its snapshot; never for anybody else."""
    out = Published()
    for name in names(figures):
        out.put(name, figures.people(name), "people")
    for name, (_people, mean) in figures.means.items():
        out.put(f"{name}:mean", mean, "hours")
    for name, value in figures.positions.items():
        out.put(name, value, "count")
    _assignments(out, figures)
    _flows(out, figures)
    _amounts(out, figures, None)
    _savings(out, figures, None)
    _shares(out)
    return {name: figure["value"] for name, figure in out.figures.items()}


def _filled(table: Table, out: Published) -> Table:
    """Every cell of a table is a figure; what was never measured is a figure without a value."""
    for row in table.cells:
        for name in row:
            if name not in out.figures:
                out.put(name, 0 if table.id == "places" else None, "count")
    return table


def _facts(assignment: Assignment) -> dict[str, Any]:
    return {name: getattr(assignment, name) for name in ("id", "name", "client", "counts", "since", "until")}


def _means(out: Published, figures: Figures, guard: Protection, earlier: Sequence[Earlier]) -> None:
    """An average stands only where the people behind it may be counted, are enough, and are not given away by it."""
    for name, (people, mean) in figures.means.items():
        guarded = "worked" if name.startswith("hours:") else name
        safe = (
            mean is not None
            and out.shown(guarded) is not None
            and averages.may_stand(name, people, mean, guard, earlier, figures.threshold)
        )
        out.put(f"{name}:mean", mean, "hours", hidden=people > 0 and not safe)


def _assignments(out: Published, figures: Figures) -> None:
    for assignment in figures.assignments:
        name = f"assignment:{assignment.id}"
        if assignment.counts == AssignmentResult.OTHER:
            out.put(name, None, "people")
        out.put(f"{name}:amount", assignment.amount, "euro")
        out.put(f"{name}:target", assignment.target, "people")
        result = out.shown(name)
        hidden = out.figures[name]["status"] == HIDDEN
        out.put(f"{name}:forecast", forecast(assignment, result, figures.until), "people", hidden=hidden)


def forecast(assignment: Assignment | ImpactAssignment, result: Decimal | int | None, on: date) -> int | None:
    """The result if things go on as they did, once enough of the time has passed."""
    whole = (assignment.until - assignment.since).days + 1
    passed = (min(assignment.until, on) - assignment.since).days + 1
    if result is None or Decimal(passed) / whole < FORECAST_FROM:
        return None
    return round(Decimal(result) * whole / passed)


def _flows(out: Published, figures: Figures) -> None:
    for year in {flow.year for flow in figures.flows}:
        for direction in FlowDirection.values:
            total = Decimal(0)
            for place, flow in enumerate(figures.flows):
                if (flow.year, flow.direction) == (year, direction):
                    out.put(f"flow:{year}:{place}", flow.amount, "euro")
                    total += flow.amount
            out.put(f"flow:{year}:{direction}", total, "euro")


def _amounts(out: Published, figures: Figures, earlier: Sequence[Earlier] | None) -> None:
    """An amount about too few people stays within the bureau, as their number does. earlier: None for all of them."""
    told = set()
    for one in figures.amounts:
        budget = one.name.startswith("budget:") and out.figures["budget:people"]["status"] == HIDDEN
        if budget or (
            earlier is not None and tells(figures, one.name, one.people or 0, {one.name: one.value}, earlier)
        ):
            told |= set(BESIDE.get(one.name.split(":")[0], ())) or {one.name}
    for one in figures.amounts:
        out.put(one.name, one.value, one.unit, hidden=one.name in told)


def _savings(out: Published, figures: Figures, earlier: Sequence[Earlier] | None) -> None:
    """Lowest and highest amount saved; without every rate, or with too few people, there is none."""
    people = figures.people("saved:people")
    days = dict(zip(DAYS, figures.benefit_days, strict=True))
    few = earlier is not None and people > 0 and tells(figures, SAVED, people, days, earlier)
    hidden = few or out.figures["saved:people"]["status"] == HIDDEN
    low_days, high_days = figures.benefit_days
    rates = {f"{rate.kind}.{rate.key}": rate.value for rate in figures.rates}
    years = [(days / YEAR).quantize(Decimal("0.1")) if people else None for days in (low_days, high_days)]
    out.put("saved:years:low", years[0], "years", hidden=hidden)
    out.put("saved:years:high", years[1], "years", hidden=hidden)
    low = high = None
    if people and not figures.missing:
        low, high = saved_range(low_days, high_days, rates)
    out.put("saved:low", low, "euro", hidden=hidden)
    out.put("saved:high", high, "euro", hidden=hidden)


def _shares(out: Published) -> None:
    """Percentages, made of two counts that are both shown; so they tell nothing more."""
    for name, (part, whole) in SHARE_OF.items():
        some, every = out.shown(part), out.shown(whole)
        share = round(100 * Decimal(some) / Decimal(every)) if every and some is not None else None
        hidden = some is None or every is None
        out.put(name, share, "percent", hidden=hidden)
