"""How a relation stands, and how the employers of a bureau helped in a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.functional import Promise

from buurtbaan.bureaus.models import Membership
from employers.models import Contribution, Employer
from employers.relation_enums import WAY_HELP, WAY_ICONS, Unit, Way


def silent_days(employer: Employer) -> int | None:
    """Days since we spoke; None where we never did, as far as we know."""
    last = employer.last_contact_on
    return None if last is None else (timezone.localdate() - last).days


@dataclass
class Help:
    """How often somebody helped in one way, and what of it is known in euros, hours and pieces."""

    way: str
    times: int = 0
    sums: dict[str, Decimal] = field(default_factory=dict)

    @property
    def label(self) -> str | Promise:
        return Way(self.way).label

    @property
    def icon(self) -> str:
        return WAY_ICONS[Way(self.way)]

    @property
    def about(self) -> str | Promise:
        return WAY_HELP[Way(self.way)]

    @property
    def euro(self) -> Decimal | None:
        return self.sums.get(Unit.EURO)

    @property
    def hours(self) -> Decimal | None:
        return self.sums.get(Unit.HOURS)

    @property
    def pieces(self) -> Decimal | None:
        return self.sums.get(Unit.PIECES)

    def add(self, times: int, unit: str, amount: Decimal | None) -> None:
        """Count some more; an amount that nobody knows adds nothing to a sum."""
        self.times += times
        if amount is not None:
            self.sums[unit] = self.sums.get(unit, Decimal(0)) + amount


@dataclass
class Row:
    """One employer over the five ways."""

    employer: int
    name: str
    ways: dict[str, Help] = field(default_factory=lambda: _five())

    @property
    def cells(self) -> list[Help]:
        return list(self.ways.values())

    @property
    def times(self) -> int:
        return sum(one.times for one in self.cells)

    @property
    def kinds(self) -> int:
        """In how many of the five ways they helped."""
        return sum(1 for one in self.cells if one.times)

    @property
    def total(self) -> Help:
        return _added("", self.cells)


@dataclass
class Total(Help):
    """All employers in one way."""

    companies: int = 0


@dataclass
class Overview:
    year: int
    rows: list[Row]
    totals: list[Total]
    everything: Help

    @property
    def companies(self) -> int:
        return len(self.rows)


def _five() -> dict[str, Help]:
    return {way.value: Help(way.value) for way in Way}


def _added(way: str, parts: Iterable[Help]) -> Help:
    whole = Help(way)
    for part in parts:
        whole.times += part.times
        for unit, amount in part.sums.items():
            whole.sums[unit] = whole.sums.get(unit, Decimal(0)) + amount
    return whole


def helps(contributions: Iterable[Contribution]) -> list[Help]:
    """The five ways of one employer, also those in which nothing happened."""
    found = _five()
    for one in contributions:
        found[one.way].add(1, one.unit, one.amount)
    return list(found.values())


def years(membership: Membership) -> list[int]:
    """The years with a contribution, and this one; the newest first."""
    rows = Contribution.objects.visible_to(membership).kept()
    known = rows.order_by().annotate(year=ExtractYear("on")).values_list("year", flat=True).distinct()
    return sorted({*known, timezone.localdate().year}, reverse=True)


def overview(membership: Membership, year: int, order: str = "") -> Overview:
    """Who helped in a year, in which ways; in one query however many there are."""
    rows: dict[int, Row] = {}
    for key, name, way, unit, times, amount in _grouped(membership, year):
        rows.setdefault(key, Row(key, name)).ways[way].add(times, unit, amount)
    found = _sorted(list(rows.values()), order)
    totals = []
    for way in Way:
        sums = _added(way.value, (row.ways[way.value] for row in found))
        companies = sum(1 for row in found if row.ways[way.value].times)
        totals.append(Total(way.value, sums.times, sums.sums, companies))
    return Overview(year, found, totals, _added("", totals))


def _grouped(membership: Membership, year: int) -> Any:
    rows = of_year(Contribution.objects.visible_to(membership).kept(), year).order_by()
    keys = rows.values("employer", "employer__name", "way", "unit").annotate(n=Count("pk"), s=Sum("amount"))
    return keys.values_list("employer", "employer__name", "way", "unit", "n", "s")


def of_year(rows: Any, year: int) -> Any:
    """The contributions of one calendar year."""
    return rows.filter(on__gte=date(year, 1, 1), on__lte=date(year, 12, 31))


ORDERS = frozenset({"name", "total", *Way.values})


def _sorted(rows: list[Row], order: str) -> list[Row]:
    """By name, by how often in all, or in one way; equal ones by name."""
    rows.sort(key=lambda row: (row.name.lower(), row.employer))
    key, down = order.removeprefix("-"), order.startswith("-")
    if key not in ORDERS:
        return rows
    if key == "name":
        return rows[::-1] if down else rows
    return sorted(rows, key=lambda row: _weight(row, key), reverse=down)


def _weight(row: Row, key: str) -> tuple[int, Decimal]:
    asked = row.total if key == "total" else row.ways[key]
    return asked.times, asked.euro or Decimal(0)
