"""One figure of a report, counted once more from the data of this moment; for the bureau's manager alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from impact import snapshots
from impact.documents import NOTHING, shown
from impact.indicators import INDICATORS, VERSION, Indicator
from impact.models import ImpactReport
from impact.publishing import exact
from impact.statements import SQL


@dataclass(frozen=True)
class Recount:
    """A figure as it stands in the report, as it was measured, and as it is now.

    told: what the municipality reads. then, now: exact, so for the manager. by: how much it differs; None where there
    is nothing to compare.
    """

    table: str
    row: str
    column: str
    indicator: Indicator | None
    told: str
    then: str
    now: str
    by: Decimal | None
    measured_at: datetime
    old_definitions: str

    @property
    def statement(self) -> str:
        """The name of what computes it."""
        name = self.indicator.statement if self.indicator else ""
        return f"impact/sql/{name}.sql" if name in SQL else f"impact/snapshots.py: _{name}"

    @property
    def sql(self) -> str:
        """The statement itself; empty where a figure is no more than a count of rows."""
        return SQL.get(self.indicator.statement, "") if self.indicator else ""


def figures_of(report: ImpactReport) -> set[str]:
    """Every figure that stands in a table of a report."""
    tables = (report.published or {}).get("tables", [])
    return {name for table in tables for names in table["cells"] for name in names}


def recount(report: ImpactReport, name: str) -> Recount:
    """Count one figure again over the report's days, in its manager's scope; the figure stands in a table of it."""
    published: dict[str, Any] = report.published or {}
    figure, place = published["figures"][name], _place(published, name)
    indicator = INDICATORS.get(place[3])
    needed = _needed(name, indicator.statement if indicator else "people")
    figures = snapshots.measure(report.bureau, since=report.since, until=report.until, statements=needed)
    now = exact(figures).get(name)
    kept = report.snapshot.figures.get("exact", {}) if report.snapshot else {}
    then = kept.get(name, figure["value"])
    old = published["versions"]["definitions"]
    return Recount(
        table=place[0],
        row=place[1],
        column=place[2],
        indicator=indicator,
        told=shown(figure),
        then=_text(then, figure["unit"]),
        now=_text(now, figure["unit"]),
        by=None if then is None or now is None else Decimal(now) - Decimal(str(then)),
        measured_at=figures.measured_at,
        old_definitions=old if old != VERSION else "",
    )


BESIDE = {"assignment": {"assignments"}, "area": {"areas"}}
"""What else a count of people needs, by the first word of its name."""


def _needed(name: str, statement: str) -> set[str]:
    """As little as tells this one figure."""
    first = name.split(":")[0]
    if statement == "money":
        return {"flows" if first == "flow" else first}
    return {statement} | BESIDE.get(first, set())


def _place(published: dict[str, Any], name: str) -> tuple[str, str, str, str]:
    """Title, row and column of the first table that has it, and the table's indicator."""
    for table in published["tables"]:
        for (_code, row), names in zip(table["rows"], table["cells"], strict=True):
            if name in names:
                return table["title"], row, table["columns"][names.index(name)][1], table["indicator"]
    return name, "", "", ""


def _text(value: Any, unit: str) -> str:
    return NOTHING if value is None else shown({"status": "shown", "value": value, "unit": unit})
