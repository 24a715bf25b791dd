"""What a report says about money besides assignments, flows and savings, as it is measured.

Amounts about people carry how many people they are about, so that `publishing` can leave them out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q, Sum

from candidates.enums import BudgetKind
from candidates.models import BudgetLine, Fund
from employers.earnings import earned_in
from employers.models import SocialReturnLine
from impact.enums import FlowDirection, Stakeholder
from impact.figures import Amount, Flow
from impact.models import CashbookEntry
from impact.money.hours import hours_per_fund
from impact.money.sums import hundreds

PARTS = ("funds", "budget", "cashbook", "sroi")
NOTHING = Decimal(0)
WHOLE = Decimal(1)


def amounts(
    bureau_id: int, since: date, until: date, parts: Collection[str] = PARTS
) -> tuple[list[Amount], int]:
    """All of them for a period, and how many people have a training budget that was used or filled in it.

    parts: which, by the first word of their names.
    """
    days = (bureau_id, since, until)
    budgets, people = _budgets(*days) if "budget" in parts else ([], 0)
    return [
        *(_funds(*days) if "funds" in parts else ()),
        *budgets,
        *(_cashbook(*days) if "cashbook" in parts else ()),
        *(_social_return(*days) if "sroi" in parts else ()),
    ], people


def earned_flows(bureau_id: int, years: Iterable[int]) -> Iterator[Flow]:
    """What the bureau earned by working, as flows; each euro is kept with the employers and nowhere else."""
    for earned in earned_in(bureau_id, list(years)):
        year = earned.year
        found = (
            (FlowDirection.IN, "@subscriptions", earned.subscriptions),
            (FlowDirection.IN, "@commissions", earned.commissions),
            (FlowDirection.IN, "@projects", earned.projects.income),
            (FlowDirection.OUT, "@projects", earned.projects.cost),
        )
        for direction, source, amount in found:
            if amount:
                yield Flow(year, direction.value, source, amount)


def _funds(bureau_id: int, since: date, until: date) -> Iterator[Amount]:
    """Hours on each fund on which any were claimed; where one is left out, so is the total."""
    found = hours_per_fund(bureau_id, since, until)
    used = [
        fund for fund in Fund.objects.filter(bureau=bureau_id).order_by("name", "pk") if found[fund.pk].all
    ]
    for fund in used:
        hours = found[fund.pk]
        yield Amount(f"funds:{fund.pk}", fund.name, hours.all, "hours", hours.people)
    if used:
        hours_in_all = sum((found[fund.pk].all for fund in used), NOTHING)
        fewest = min((found[fund.pk].people for fund in used if found[fund.pk].people), default=0)
        yield Amount("funds:total", "", hours_in_all, "hours", fewest)


def _budgets(bureau_id: int, since: date, until: date) -> tuple[list[Amount], int]:
    """Training budgets, to whole hundreds: earned and spent in the period, and what is left at its end; and of whom."""
    lines = BudgetLine.objects.filter(bureau=bureau_id, on__lte=until)
    within = Q(on__gte=since)
    spent = Q(kind=BudgetKind.COURSE) | Q(corrects__kind=BudgetKind.COURSE)
    sums = lines.aggregate(
        people=Count("candidate", filter=within, distinct=True),
        earned=Sum("amount", filter=within & ~spent),
        spent=Sum("amount", filter=within & spent),
        left=Sum("amount"),
        people_earned=Count("candidate", filter=within & ~spent, distinct=True),
        people_spent=Count("candidate", filter=within & spent, distinct=True),
        people_left=Count("candidate", distinct=True),
    )
    people = sums["people"]
    found = []
    for name, sign in (("earned", 1), ("spent", -1), ("left", 1)):
        value = hundreds(sign * (sums[name] or NOTHING)) if people else None
        found.append(Amount(f"budget:{name}", "", value, "euro", sums[f"people_{name}"]))
    return found, people


def _cashbook(bureau_id: int, since: date, until: date) -> Iterator[Amount]:
    """Activities, costs and values per kind of people; a line about which nothing is known adds nothing."""
    lines = CashbookEntry.objects.filter(bureau=bureau_id, on__range=(since, until)).holding()
    sums = lines.order_by().values_list("stakeholder").annotate(Count("pk"), Sum("cost"), Sum("value"))
    found = {code: (count, _whole(cost), _whole(value)) for code, count, cost, value in sums}
    for code, (count, cost, value) in ((c, found[c]) for c in Stakeholder.values if c in found):
        yield Amount(f"cashbook:{code}:count", "", count, "count")
        yield Amount(f"cashbook:{code}:cost", "", cost)
        yield Amount(f"cashbook:{code}:value", "", value)
    if found:
        in_all = [sum((row[place] or NOTHING for row in found.values()), NOTHING) for place in range(3)]
        yield Amount("cashbook:total:count", "", int(in_all[0]), "count")
        yield Amount("cashbook:total:cost", "", in_all[1])
        yield Amount("cashbook:total:value", "", in_all[2])


def _whole(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(WHOLE, ROUND_HALF_UP)


def _social_return(bureau_id: int, since: date, until: date) -> Iterator[Amount]:
    """Thought-up values of effort, apart from everything else; a line for a job stands for one person."""
    lines = SocialReturnLine.objects.filter(bureau=bureau_id, on__range=(since, until))
    approved, job = Q(approved_on__lte=until), Q(fte__isnull=False)
    sums = lines.aggregate(
        efforts=Count("pk"), people_noted=Count("pk", filter=job), noted=Sum("amount"),
        agreed=Sum("amount", filter=approved), people_agreed=Count("pk", filter=approved & job),
        people_open=Count("pk", filter=~approved & job), unknown=Count("pk", filter=Q(amount=None)),
    )  # fmt: skip
    if not sums["efforts"]:
        return
    for name in ("noted", "agreed"):
        value = hundreds(sums[name] or NOTHING)
        about = (sums[f"people_{name}"], sums["people_open"])
        yield Amount(f"sroi:{name}", "", value, "euro", min((n for n in about if n), default=0))
    yield Amount("sroi:unknown", "", sums["unknown"], "count")
