"""The tables of a sum: those of a report, with every area, sector and year that any of the reports has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from impact.enums import FlowDirection
from impact.figures import UNKNOWN, Amount, Figures, Flow
from impact.layout import Table
from impact.tables import tables
from impact.together.adding import ASSIGNED, Published

BUREAUS = "bureaus"
"""The table that lays the bureaus under each other."""
OWN = ("assignment",)
"""Tables of which the lines mean something for one bureau alone."""


@dataclass(frozen=True)
class Key:
    """A figure that says how a bureau does, and its definition. short: above a narrow column."""

    name: str
    words: Promise
    short: Promise
    indicator: str


KEYS = (
    Key("funnel:entered", gettext_lazy("Ingestapt"), gettext_lazy("Ingestapt"), "entered"),
    Key("funnel:started", gettext_lazy("Begonnen met werk"), gettext_lazy("Begonnen"), "started"),
    Key("worked", gettext_lazy("Aan het werk in de periode"), gettext_lazy("Aan het werk"), "worked"),
    Key("kept:26:still", gettext_lazy("Na 26 weken nog aan het werk"), gettext_lazy("Na 26 weken"), "kept"),
    Key("saved:low", gettext_lazy("Bespaard, ten minste"), gettext_lazy("Bespaard"), "saved"),
    Key(ASSIGNED, gettext_lazy("Impactopdrachten"), gettext_lazy("Opdrachten in euro"), "assignments"),
)


def of_bureau(slug: str, name: str) -> str:
    """How the figure of one bureau is called in the sum."""
    return f"bureau:{slug}:{name}"


def sum_tables(parts: Sequence[Published]) -> list[Table]:
    """In reading order and in the active language, whatever the language of the reports is."""
    found = [
        _in_and_out(table) if table.indicator == "flows" else table
        for table in tables(_frame(parts))
        if table.id not in OWN
    ]
    return [_by_bureau(parts), *found]


def _by_bureau(parts: Sequence[Published]) -> Table:
    """One line for each bureau, and under them what they are together."""
    bureaus = [(part["bureau"]["slug"], part["bureau"]["name"]) for part in parts]
    cells = [tuple(of_bureau(slug, key.name) for key in KEYS) for slug, _name in bureaus]
    return Table(
        BUREAUS,
        "",
        _("Per bureau"),
        _("Bureau"),
        (*bureaus, ("total", _("Samen"))),
        tuple((key.name, str(key.words)) for key in KEYS),
        (*cells, tuple(key.name for key in KEYS)),
        total=True,
    )


def _in_and_out(table: Table) -> Table:
    """Of the flows only what came in and went out: where from is said in each bureau's own words."""
    kept = [place for place, (code, _label) in enumerate(table.rows) if code in FlowDirection.values]
    return replace(table, rows=tuple(table.rows[p] for p in kept), cells=tuple(table.cells[p] for p in kept))


def _frame(parts: Sequence[Published]) -> Figures:
    """Figures without a number in them, that have the lines which any of the reports has."""
    names = {name for part in parts for name in part["figures"]}
    years = {int(name.split(":")[1]) for name in names if name.startswith("flow:")}
    return Figures(
        bureau="", slug="", municipality="", municipality_code="", threshold=0,
        since=date.min, until=date.max, measured_at=datetime(2026, 1, 1, tzinfo=UTC),
        areas={code: label for code, label in _lines(parts, "area") if code != UNKNOWN},
        sectors=[*sorted({code for code, _label in _lines(parts, "sector")} - {UNKNOWN}), UNKNOWN],
        positions={name: 0 for name in names if name.startswith("exceptions:")},
        flows=[Flow(year, way, "", Decimal(0)) for year in sorted(years) for way in FlowDirection.values],
        amounts=[*_amounts(names)],
        counts={"budget:people": int(any(_has(part, "budget") for part in parts))},
    )  # fmt: skip


def _amounts(names: set[str]) -> Iterator[Amount]:
    """The lines of the cash book and of social return, and one line for the hours on funds."""
    wanted = ("cashbook:", "sroi:")
    yield from (Amount(name, "", None) for name in sorted(names) if name.startswith(wanted))
    if "funds:total" in names:
        yield Amount("funds:total", "", None, "hours")


def _has(part: Published, table: str) -> bool:
    return any(one["id"] == table for one in part["tables"])


def _lines(parts: Sequence[Published], table: str) -> Iterator[tuple[str, str]]:
    """Codes and words of the lines of one table in all reports, without its total."""
    for part in parts:
        for one in part["tables"]:
            if one["id"] == table:
                rows = one["rows"][:-1] if one["total"] else one["rows"]
                yield from ((code, label) for code, label in rows)
