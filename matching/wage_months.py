"""What a wage subsidy comes to per month, over steps in hours, wage values and figures that each have their days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from buurtbaan.rules.figures import SHARES, Book, full_name
from buurtbaan.rules.wage_subsidy import MONTHS, WEEKS, cents, subsidy

ONE_DAY = timedelta(days=1)
NEEDED = (("wage_subsidy", "holiday_share"), ("wage_subsidy", "cap_share"))
COSTS = ("wage_subsidy", "employer_cost_share")


@dataclass(frozen=True)
class Worked:
    """Hours a week from a day up to another, that one not included."""

    since: date
    until: date
    hours: Decimal


@dataclass(frozen=True)
class Valued:
    """A wage value as a percentage, over days of which the last is included; None is open."""

    since: date
    until: date | None
    percentage: Decimal


@dataclass
class Month:
    """The subsidy of one month in euros, unrounded until it is read.

    without_value: days worked for which nobody set a wage value. missing: figures that are not known for some days.
    """

    first: date
    bare: Decimal = Decimal(0)
    costs: Decimal | None = Decimal(0)
    without_value: int = 0
    missing: set[str] = field(default_factory=set)

    @property
    def amount(self) -> Decimal | None:
        """Without employer costs; None where a figure or every wage value is missing."""
        return None if self.missing or (self.without_value and not self.bare) else cents(self.bare)

    @property
    def with_costs(self) -> Decimal | None:
        """With employer costs; None where their share is not known for some days."""
        return None if self.costs is None or self.amount is None else cents(self.costs)

    @property
    def names(self) -> list[str]:
        return sorted(self.missing)


def months(worked: Sequence[Worked], valued: Iterable[Valued], book: Book, *, age: str) -> list[Month]:
    """Each month in which somebody worked. A month is a twelfth of 52 weeks; part of one counts by its days.

    valued: the newest first; the first that holds on a day counts. age: which minimum wage.
    """
    values = list(valued)
    found: dict[date, Month] = {}
    for one in worked:
        for since, until in pairwise(_bounds(one, values, book)):
            month = found.setdefault(since.replace(day=1), Month(since.replace(day=1)))
            _add(month, one.hours, since, (until - since).days, values, book, age)
    return [found[first] for first in sorted(found)]


def _bounds(one: Worked, values: list[Valued], book: Book) -> list[date]:
    """The days on which anything changes within a step in hours."""
    days = {one.since, one.until} | book.changes()
    days |= {value.since for value in values} | {value.until + ONE_DAY for value in values if value.until}
    first = one.since.replace(day=1)
    while first < one.until:
        days.add(first)
        first = (first + timedelta(days=31)).replace(day=1)
    return sorted(day for day in days if one.since <= day <= one.until)


def _add(
    month: Month, hours: Decimal, since: date, days: int, values: list[Valued], book: Book, age: str
) -> None:
    value = next((v for v in values if v.since <= since and (v.until is None or since <= v.until)), None)
    wage = book.on("minimum_wage", age, since)
    holiday, cap = (book.on(*pair, since) for pair in NEEDED)
    cost = book.on(*COSTS, since)
    if value is None:
        month.without_value += days
        return
    if wage is None or holiday is None or cap is None:
        known = {("minimum_wage", age): wage, NEEDED[0]: holiday, NEEDED[1]: cap}
        month.missing |= {full_name(*pair) for pair, rate in known.items() if rate is None}
        return
    made = subsidy(
        hourly=wage.value, holiday_share=holiday.value, cap_share=cap.value,
        value_share=value.percentage / SHARES, cost_share=cost.value if cost else None,
    )  # fmt: skip
    part = hours * WEEKS / MONTHS * days / monthrange(since.year, since.month)[1]
    month.bare += made.hour * part
    if made.hour_with_costs is None:
        month.costs = None
    elif month.costs is not None:
        month.costs += made.hour_with_costs * part
