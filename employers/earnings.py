"""Plain sums over subscriptions, commissions and own projects; each euro is kept in one place and counted once.

A month that a subscription covers in part counts by its days. A commission counts whole, in the year it starts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DecimalField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import ExtractYear

from employers.enums import INCOME_KINDS, CommissionOrigin, EmployerKind
from employers.models import Commission, ProjectLine, Subscription
from employers.models.subscriptions import month_after, month_of

CENT = Decimal("0.01")
NOTHING = Decimal(0)
MONEY = DecimalField()
EARNED = Case(When(kind__in=sorted(INCOME_KINDS), then=F("amount")), output_field=MONEY)
SPENT = Case(When(kind__in=sorted(INCOME_KINDS), then=None), default=F("amount"), output_field=MONEY)


def months_of(subscription: Subscription) -> Iterator[date]:
    """The first day of each month that a subscription touches."""
    month = month_of(subscription.starts_on)
    while month <= subscription.last_day:
        yield month
        month = month_after(month)


def part_of(subscription: Subscription, month: date) -> Decimal:
    """Which part of a month it covers, by days: 1 for a whole month, 0 for a month outside it."""
    end = month_after(month) - timedelta(days=1)
    first, last = max(subscription.starts_on, month), min(subscription.last_day, end)
    return Decimal(max((last - first).days + 1, 0)) / end.day


def sold_in(subscription: Subscription, month: date) -> Decimal:
    """Hours that were sold in a month."""
    return (subscription.hours_month * part_of(subscription, month)).quantize(CENT)


def price_in(subscription: Subscription, month: date) -> Decimal:
    """Euros that a month brings."""
    return (subscription.price_month * part_of(subscription, month)).quantize(CENT)


def subscription_income(subscriptions: QuerySet[Subscription], year: int) -> Decimal:
    """What these subscriptions bring in a year, as agreed, up to their last day."""
    return _income_by_year(subscriptions, [year])[year]


def _income_by_year(subscriptions: QuerySet[Subscription], years: Sequence[int]) -> dict[int, Decimal]:
    first, last = date(min(years), 1, 1), date(max(years), 12, 31)
    rows = list(subscriptions.overlapping(first, last))  # type: ignore[attr-defined]
    return {
        year: sum((price_in(row, date(year, month, 1)) for row in rows for month in range(1, 13)), NOTHING)
        for year in years
    }


@dataclass(frozen=True)
class Split:
    """Commissions of a year: how many and how much, in all and by where the work comes from."""

    counts: dict[str, int] = field(default_factory=dict)
    amounts: dict[str, Decimal] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    @property
    def amount(self) -> Decimal:
        return sum(self.amounts.values(), NOTHING)


def commission_split(commissions: QuerySet[Commission]) -> Split:
    """Numbers and euros by where the work comes from."""
    rows = list(commissions.order_by().values_list("origin").annotate(Count("pk"), Sum("amount")))
    counts, amounts = (
        dict.fromkeys(CommissionOrigin.values, 0),
        dict.fromkeys(CommissionOrigin.values, NOTHING),
    )
    for origin, count, amount in rows:
        counts[origin], amounts[origin] = count, amount
    return Split(counts, amounts)


@dataclass(frozen=True)
class Result:
    """What a project earned and spent in a year; `commissions` is part of `income`."""

    income: Decimal = NOTHING
    cost: Decimal = NOTHING
    commissions: Decimal = NOTHING

    @property
    def over(self) -> Decimal:
        """What is left; negative as long as the costs are not earned back."""
        return self.income - self.cost

    @property
    def to_go(self) -> Decimal:
        """What is still to be earned to break even."""
        return max(-self.over, NOTHING)

    @property
    def empty(self) -> bool:
        return not (self.income or self.cost)

    def __add__(self, other: Result) -> Result:
        return Result(
            self.income + other.income, self.cost + other.cost, self.commissions + other.commissions
        )


def project_years(projects: Iterable[int]) -> dict[int, dict[int, Result]]:
    """For each of these own projects the results by year, in two queries."""
    keys = list(projects)
    found: dict[int, dict[int, Result]] = defaultdict(lambda: defaultdict(Result))
    for project, year, earned, spent in _lines(keys):
        found[project][year] += Result(earned or NOTHING, spent or NOTHING)
    ordered = Commission.objects.filter(project__in=keys).order_by()
    for project, year, amount in ordered.values_list("project", "starts_on__year").annotate(Sum("amount")):
        found[project][year] += Result(amount, NOTHING, amount)
    return found


def _lines(keys: list[int]) -> Iterable[tuple[int, int, Decimal | None, Decimal | None]]:
    rows = ProjectLine.objects.filter(employer__in=keys).order_by()
    return rows.values_list("employer", "on__year").annotate(earned=Sum(EARNED), spent=Sum(SPENT))


@dataclass(frozen=True)
class Year:
    """What a bureau earned by working in a year, each euro once.

    commissions: those that no own project carries out; the others are in the projects' income.
    """

    year: int
    subscriptions: Decimal
    commissions: Decimal
    projects: Result


def year_of(bureau_id: int, year: int) -> Year:
    """The year's sums of a bureau, for whoever counts all its money."""
    return earned_in(bureau_id, [year])[0]


def earned_in(bureau_id: int, years: Sequence[int]) -> list[Year]:
    """The same for several years, in two queries."""
    own, subscriptions = EmployerKind.OWN_PROJECT, Subscription.objects.filter(bureau=bureau_id)
    within = (date(min(years), 1, 1), date(max(years), 12, 31))
    lines = ProjectLine.objects.filter(bureau=bureau_id, on__range=within, employer__kind=own)
    ordered = Commission.objects.filter(bureau=bureau_id, starts_on__range=within)
    loose, carried = (Sum("amount", filter=Q(**what)) for what in ({"project": None}, {"project__kind": own}))
    both = _by_year(lines, "on", Sum(EARNED), Sum(SPENT)).union(
        _by_year(ordered, "starts_on", loose, carried), all=True
    )
    found = {(what, year): (one or NOTHING, other or NOTHING) for what, year, one, other in both}
    paid = _income_by_year(subscriptions, years)
    made = []
    for year in years:
        income, cost = found.get(("on", year), (NOTHING, NOTHING))
        alone, with_project = found.get(("starts_on", year), (NOTHING, NOTHING))
        made.append(Year(year, paid[year], alone, Result(income + with_project, cost, with_project)))
    return made


def _by_year(rows: QuerySet[Any], day: str, one: Sum, other: Sum) -> QuerySet[Any, Any]:
    """Two sums per year of a day; each row begins with the day's name."""
    named = rows.order_by().annotate(told_by=Value(day), in_year=ExtractYear(day))
    return named.values_list("told_by", "in_year").annotate(one=one, other=other)
