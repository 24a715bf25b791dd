"""Which counts must stay out of a report, so that nobody can work out a small one.

The rule. A count of people from 1 up to the threshold is not shown (primary). Further counts are hidden with
it (complementary) until every hidden count could be `threshold` or more apart from itself: for each one there
are two complete tables, both in whole people and both in agreement with everything that is printed, in which
that count differs by the threshold or more. Those two tables are the proof; nobody can tell them apart from
the printed figures. `hiding` looks for them, this module checks them. tau-Argus, which CBS uses, is the
reference for the method.

Zero. "Nobody" is not about a person and is shown, but a zero may be hidden as a complement, so that a hidden
count is never known to be at least 1.

Linked tables, totals and earlier reports are one web of equations, each a sum that must be 0. What is printed
stands still; what is hidden, or never printed, may move. A percentage or an average is shown only where the
counts that it is made of are shown, so it tells nothing more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

Table = dict[str, int]
"""A complete table, written down as how far each number is from the truth; others are true."""


class Part(Enum):
    """What a number is to the report."""

    TOTAL = "total"  # a headline: exact when it is itself safe, and hidden last
    CELL = "cell"  # a number in a breakdown
    LOOSE = "loose"  # never printed and harmless, such as a total of part of the period
    DERIVED = "derived"  # never printed, but a difference with an earlier report would give it away
    RELEASED = "released"  # printed in an earlier report: it can no longer be hidden
    WITHHELD = "withheld"  # hidden in an earlier report, and to be kept so


PRINTED = {Part.TOTAL, Part.CELL}


class Number(NamedTuple):
    """A true count and what it is; `sensitive` hides it whatever its size, `pointing` wherever that can be done."""

    value: int
    part: Part = Part.CELL
    sensitive: bool = False
    pointing: bool = False


class Unprotectable(Exception):
    """A count cannot be kept secret: what was printed before already gives it away, or no proof was found."""


@dataclass
class Web:
    """Numbers by name; equations, each of which maps names to +1 or -1 and adds up to 0; and orders."""

    numbers: dict[str, Number] = field(default_factory=dict)
    equations: list[dict[str, int]] = field(default_factory=list)
    orders: list[tuple[str, str]] = field(default_factory=list)

    def add(
        self,
        name: str,
        value: int,
        part: Part = Part.CELL,
        *,
        sensitive: bool = False,
        pointing: bool = False,
    ) -> str:
        self.numbers[name] = Number(value, part, sensitive, pointing)
        return name

    def sums_to(self, total: str, parts: Iterable[str]) -> None:
        """`total` is the sum of `parts`, and everybody knows it."""
        self.balance({total: 1, **dict.fromkeys(parts, -1)})

    def balance(self, signs: Mapping[str, int]) -> None:
        if any(sign not in (1, -1) for sign in signs.values()):
            raise ValueError("An equation adds and subtracts; it does not multiply.")
        self.equations.append(dict(signs))

    def at_least(self, larger: str, smaller: str) -> None:
        """Everybody may assume that `smaller` never exceeds `larger`; left out where that is not so."""
        if self.numbers[larger].value >= self.numbers[smaller].value:
            self.orders.append((larger, smaller))

    def agrees(self, table: Table, hidden: frozenset[str] | set[str]) -> bool:
        """Whether a table agrees with everything that is known when `hidden` is hidden."""
        touched: dict[int, int] = defaultdict(int)
        for name, by in table.items():
            number = self.numbers[name]
            stands = number.part is Part.RELEASED or (number.part in PRINTED and name not in hidden)
            if (by and stands) or number.value + by < 0:
                return False
            for place, sign in self._within[name]:
                touched[place] += sign * by
        return not any(touched.values()) and all(
            self._still_ordered(table, pair) for name in table for pair in self._ordered[name]
        )

    def _still_ordered(self, table: Table, pair: tuple[str, str]) -> bool:
        larger, smaller = (self.numbers[name].value + table.get(name, 0) for name in pair)
        return larger >= smaller

    def index(self) -> None:
        """Note in which equations and orders each number stands; once the web is complete."""
        self._within: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._ordered: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for place, equation in enumerate(self.equations):
            for name, sign in equation.items():
                self._within[name].append((place, sign))
        for pair in self.orders:
            for name in pair:
                self._ordered[name].append(pair)


@dataclass
class Protection:
    """What stays hidden, and the tables that prove it.

    open: small differences with an earlier report that could not be hidden any more, such as those of a total.
    """

    web: Web
    threshold: int
    hidden: frozenset[str]
    tables: list[Table]
    open: frozenset[str] = frozenset()

    def verify(self) -> None:
        """Check every proof again from what is printed alone; raises Unprotectable."""
        low: dict[str, int] = defaultdict(int)
        high: dict[str, int] = defaultdict(int)
        for table in self.tables:
            if not self.web.agrees(table, self.hidden):
                raise Unprotectable("a table that does not agree")
            for name, by in table.items():
                low[name], high[name] = min(low[name], by), max(high[name], by)
        kept = [name for name, number in self.web.numbers.items() if number.part is Part.WITHHELD]
        for name in [*self.hidden, *kept]:
            if high[name] - low[name] < self.threshold:
                raise Unprotectable(name)


def _nobody(name: str) -> Iterable[Table]:
    return ()


def protect(
    web: Web,
    *,
    threshold: int,
    known: Iterable[Table] = (),
    imagine: Callable[[str], Iterable[Table]] = _nobody,
) -> Protection:
    """Choose what to hide. The same web always gives the same answer. Raises Unprotectable.

    known: tables that proved the reports released before, in the names of this web. imagine: for a number, tables
    with people who were not there but might have been.
    """
    from impact.hiding import Guard

    web.index()
    protection = Guard(web, threshold, known, imagine).run()
    protection.verify()
    return protection
