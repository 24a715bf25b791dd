"""When an average may stand beside the counts it is made of, and a share beside its two.

An average of hours says something about the counts per class of hours, which may be hidden. It is shown only when
every table that proves those counts agrees with it too, so that an attacker who knows it is no better off; and only
when it is not nearly the average of an earlier report within the same days, from which the hours of the few who came
in between could be worked out. Over just as many people it stands only when it is still the same: otherwise times
the number of people it would tell by how much the few whose data were put right went up or down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from impact.disclosure import Protection, Table

ROUNDED = Decimal("0.05")
MOST = Decimal(40)
"""More hours a week than this nobody is taken to work; a bound that makes an attacker stronger, not weaker."""
EDGES = {
    "0": (Decimal(0), Decimal("7.9")),
    "8": (Decimal(8), Decimal("15.9")),
    "16": (Decimal(16), Decimal("23.9")),
    "24": (Decimal(24), Decimal("31.9")),
    "32": (Decimal(32), MOST),
}
SPREAD = {"hours:start": "hours:start", "hours:last": "hours:last", "stairs:0": "hours:start"}
"""Per average the counts by class of hours that it is the average of."""


class Before(Protocol):
    """What of an earlier report matters here."""

    @property
    def counts(self) -> Mapping[str, int]: ...
    @property
    def told(self) -> Mapping[str, Decimal]: ...


def classes(name: str) -> dict[str, tuple[Decimal, Decimal]]:
    """The counts behind an average, each with the fewest and the most hours in it; none where no count tells them."""
    return {f"{SPREAD[name]}:{key}": edges for key, edges in EDGES.items()} if name in SPREAD else {}


def agrees(mean: Decimal, people: Mapping[str, int], edges: Mapping[str, tuple[Decimal, Decimal]]) -> bool:
    """Whether so many people per class can have this average, rounded to a tenth."""
    count = sum(people.values())
    least = sum(people[name] * low for name, (low, _high) in edges.items())
    most = sum(people[name] * high for name, (_low, high) in edges.items())
    return least <= count * (mean + ROUNDED) and most >= count * (mean - ROUNDED)


def proven(name: str, mean: Decimal, guard: Protection) -> bool:
    """Whether every table that proves the hidden counts agrees with this average."""
    edges = classes(name)
    if not any(one in guard.hidden for one in edges):
        return True
    tables: list[Table] = [{}, *(table for table in guard.tables if edges.keys() & table.keys())]
    return all(
        agrees(mean, {one: guard.web.numbers[one].value + table.get(one, 0) for one in edges}, edges)
        for table in tables
    )


def nearly_told_before(name: str, people: int, before: Iterable[Before], threshold: int) -> bool:
    """Whether an earlier report within these days gives an average over nearly as many people."""
    return any(0 < abs(people - report.counts.get(name, 0)) < threshold for report in before)


def otherwise_told_before(
    counted: str, people: int, values: Mapping[str, Decimal | int | None], before: Iterable[Before]
) -> bool:
    """Whether an earlier report within these days printed another value of any of these over just as many people.

    counted: the name of how many people they are about. Without people there is nobody to tell about.
    """
    return people > 0 and any(
        people == report.counts.get(counted, 0)
        and any(report.told.get(name, value) != value for name, value in values.items())
        for report in before
    )


def may_stand(
    name: str, people: int, mean: Decimal, guard: Protection, before: Sequence[Before], threshold: int
) -> bool:
    """Whether an average of so many people may be published."""
    told = nearly_told_before(name, people, before, threshold)
    told = told or otherwise_told_before(name, people, {f"{name}:mean": mean}, before)
    return people >= threshold and not told and proven(name, mean, guard)
