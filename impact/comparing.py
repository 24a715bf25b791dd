"""Two released reports side by side: what was published of each, and the difference where both numbers are shown.

Nothing is worked out that was not published: a difference with a hidden number is hidden, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from impact.documents import HIDDEN_MARK, NOTHING, shown
from impact.indicators import INDICATORS, Indicator
from impact.models import Release

LEFT_OUT = ("ladder", "flow", "exceptions")
"""Tables whose lines do not mean the same in two reports, or that are told in fewer lines elsewhere."""
MINUS = "−"
SILENT = ({"0"}, {NOTHING}, {"0", NOTHING}, {HIDDEN_MARK})
"""What says nothing side by side: nobody in both, not measured, or hidden in both."""


@dataclass(frozen=True)
class Line:
    label: str
    before: str
    after: str
    difference: str


@dataclass(frozen=True)
class Group:
    """One table of both reports."""

    id: str
    title: str
    indicator: Indicator | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Comparison:
    """notes: what to keep in mind while reading it."""

    groups: tuple[Group, ...]
    notes: tuple[str, ...]


def compare(before: Release, after: Release) -> Comparison:
    """The lines that both reports have, in the order of the later one."""
    earlier = {table["id"]: table for table in before.published.get("tables", [])}
    groups = [
        group
        for table in after.published.get("tables", [])
        if table["id"] in earlier and table["id"].split("-")[0] not in LEFT_OUT
        for group in [_group(before.published, earlier[table["id"]], after.published, table)]
        if group.lines
    ]
    return Comparison(tuple(groups), tuple(_notes(before, after)))


def _group(old: dict[str, Any], was: dict[str, Any], new: dict[str, Any], now: dict[str, Any]) -> Group:
    known = {(row, column): name for row, column, _label, name in _cells(was)}
    lines = [
        _line(label, old["figures"][known[row, column]], new["figures"][name])
        for row, column, label, name in _cells(now)
        if (row, column) in known
    ]
    told = tuple(line for line in lines if {line.before, line.after} not in SILENT)
    return Group(now["id"], now["title"], INDICATORS.get(now["indicator"]), told)


def _cells(table: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Row, column, words for both, and the figure's name."""
    several = len(table["columns"]) > 1
    for (row, label), names in zip(table["rows"], table["cells"], strict=True):
        for (column, words), name in zip(table["columns"], names, strict=True):
            yield row, column, f"{label}: {words}" if several else label, name


def _line(label: str, before: dict[str, Any], after: dict[str, Any]) -> Line:
    return Line(label, shown(before), shown(after), _difference(before, after))


def _difference(before: dict[str, Any], after: dict[str, Any]) -> str:
    if "hidden" in (before["status"], after["status"]):
        return HIDDEN_MARK
    if before["value"] is None or after["value"] is None or before["unit"] != after["unit"]:
        return NOTHING
    change = Decimal(str(after["value"])) - Decimal(str(before["value"]))
    sign = "+" if change > 0 else MINUS if change < 0 else ""
    return sign + shown({**after, "value": str(abs(change))})


def _notes(before: Release, after: Release) -> Iterator[str]:
    days = [(one.until - one.since).days + 1 for one in (before, after)]
    if abs(days[0] - days[1]) > 3:
        said = _(
            "De periodes zijn niet even lang: %(one)s en %(two)s dagen. In een langere tellen meer mensen mee."
        )
        yield said % {"one": days[0], "two": days[1]}
    if before.until >= after.since and after.until >= before.since:
        yield _("De periodes vallen deels samen. Dezelfde mensen tellen dan in allebei mee.")
    if before.bureau_id != after.bureau_id:
        yield _("Dit zijn twee bureaus. Hun wijken verschillen, en dus ook wie er binnenkomt.")
    versions = [one.published.get("versions", {}).get("definitions") for one in (before, after)]
    if versions[0] != versions[1]:
        yield _("Tussen deze rapporten is de uitleg van een of meer cijfers veranderd.")
