"""Amounts over longer times beside shorter ones: what is left after subtraction must be about enough people too.

Counts of people are guarded by `disclosure`. Amounts of money and hours are not in its tables; they add up over days,
so an amount stands only when every stretch of time that no earlier report covers, and every earlier report within
these days, is about nobody or about enough people. Nor does it stand beside another amount over the same days about
just as many: then somebody's data were put right, and the difference would say by how much.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from buurtbaan.bureaus.models import Bureau
from impact.averages import otherwise_told_before
from impact.figures import Figures
from impact.money.report import amounts
from impact.snapshots import benefit_days
from impact.web import Earlier, cuts_of

SAVED = "saved:people"
DAYS = ("saved:days:low", "saved:days:high")
"""Under which names an earlier report's days of benefit are kept beside what it told."""
DAY = timedelta(days=1)


def fewest_left(bureau: Bureau, since: date, until: date, reports: Sequence[Earlier]) -> dict[str, int]:
    """The smallest number of people, above nobody, behind each amount in a stretch that no report covers."""
    found: dict[str, int] = {}
    for first, last in _stretches(since, until, reports):
        for name, people in _people(bureau, first, last).items():
            if people:
                found[name] = min(people, found.get(name, people))
    return found


def _stretches(since: date, until: date, reports: Sequence[Earlier]) -> list[tuple[date, date]]:
    if not reports:
        return []
    cuts = cuts_of(reports, since, until)
    stretches = zip(cuts, [*(day - DAY for day in cuts[1:]), until], strict=True)
    return [
        (first, last)
        for first, last in stretches
        if not any(report.since <= first and last <= report.until for report in reports)
    ]


def _people(bureau: Bureau, since: date, until: date) -> dict[str, int]:
    about = {one.name: one.people or 0 for one in amounts(bureau.pk, since, until)[0]}
    return about | {SAVED: benefit_days(bureau, since, until)[0]}


def about(name: str) -> str:
    """Under which name the counts of a snapshot keep how many people an amount is about."""
    return name if name == SAVED else f"about:{name}"


def tells(
    figures: Figures,
    name: str,
    people: int,
    values: Mapping[str, Decimal | int | None],
    earlier: Sequence[Earlier],
) -> bool:
    """Whether an amount, beside these earlier reports within the same days, would tell about too few people.

    values: the amount, or what it can be worked out from, by name.
    """
    low = range(1, figures.threshold)
    before = [report.counts.get(about(name), 0) for report in earlier]
    near = any(count in low or abs(people - count) in low for count in before)
    hidden = any(name in report.hidden for report in earlier)
    same_days = [report for report in earlier if report.covers(figures)]
    put_right = otherwise_told_before(about(name), people, values, same_days)
    return people in low or figures.rest.get(name, 0) in low or near or hidden or put_right
