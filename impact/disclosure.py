"""Which counts must stay out of a report, so that nobody can work out a small one.

The rule. A count of people from 1 up to the threshold is not shown (primary). Further counts are hidden with it
(complementary) until every hidden count could be at least `threshold` apart from itself: for each one this module
holds two complete tables, both in whole people and both in agreement with everything that is printed, in which that
count differs by the threshold or more. Those two tables are the proof; nobody with the printed figures alone can
tell them apart. tau-Argus, which CBS uses, is the reference for the method.

Zero. "Nobody" is not about a person and is shown, but a zero may be hidden as a complement, so that a hidden count
is never known to be at least 1.

Linked tables, totals and earlier reports are one web of equations, each a sum that must be 0. What is printed stands
still; what is hidden, or never printed, may move. A percentage or an average is shown only where the counts that it
is made of are shown, so it tells nothing more.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

HIDE_PART = 1_000
HIDE_TOTAL = 1_000_000
MOST_STEPS = 20_000


class Part(Enum):
    """What a number is to the report."""

    TOTAL = "total"  # a headline: exact when it is itself safe, and hidden last
    CELL = "cell"  # a number in a breakdown
    LOOSE = "loose"  # never printed and harmless, such as the distance between two stages
    DERIVED = "derived"  # never printed, but a difference with an earlier report gives it away
    RELEASED = "released"  # printed in an earlier report: it can no longer be hidden
    WITHHELD = "withheld"  # hidden in an earlier report, and to be kept so


PRINTED = {Part.TOTAL, Part.CELL}
UNPRINTED = {Part.LOOSE, Part.DERIVED, Part.WITHHELD}


class Number(NamedTuple):
    """A true count and what it is; `sensitive` hides it whatever its size."""

    value: int
    part: Part = Part.CELL
    sensitive: bool = False


@dataclass
class Web:
    """Numbers by name, and the equations between them: each maps names to +1 or -1 and adds up to 0."""

    numbers: dict[str, Number] = field(default_factory=dict)
    equations: list[dict[str, int]] = field(default_factory=list)

    def add(self, name: str, value: int, part: Part = Part.CELL, *, sensitive: bool = False) -> str:
        self.numbers[name] = Number(value, part, sensitive)
        return name

    def sums_to(self, total: str, parts: Iterable[str]) -> None:
        """`total` is the sum of `parts`, and everybody knows it."""
        self.balance({total: 1, **{name: -1 for name in parts}})

    def balance(self, signs: Mapping[str, int]) -> None:
        if any(sign not in (1, -1) for sign in signs.values()):
            raise ValueError("An equation adds and subtracts; it does not multiply.")
        self.equations.append(dict(signs))

    def at_least(self, larger: str, smaller: str) -> None:
        """Everybody may assume that `smaller` never exceeds `larger`; left out where that is not so."""
        distance = self.numbers[larger].value - self.numbers[smaller].value
        if distance >= 0:
            loose = self.add(f"{larger}-{smaller}", distance, Part.LOOSE)
            self.sums_to(larger, [smaller, loose])


class Unprotectable(Exception):
    """A count cannot be kept secret: what earlier reports printed already gives it away."""


@dataclass
class Protection:
    """What stays hidden, and for each hidden number the two tables that nobody can tell apart.

    open: differences with an earlier report that are small and cannot be hidden any more.
    """

    web: Web
    threshold: int
    hidden: frozenset[str]
    low: dict[str, dict[str, int]]
    high: dict[str, dict[str, int]]
    open: frozenset[str] = frozenset()

    def verify(self) -> None:
        """Check every proof again from the printed numbers alone; raises Unprotectable."""
        kept = [name for name, number in self.web.numbers.items() if number.part is Part.WITHHELD]
        for name in [*self.hidden, *kept]:
            low, high = self.low.get(name, {}), self.high.get(name, {})
            if high.get(name, 0) - low.get(name, 0) < self.threshold:
                raise Unprotectable(name)
            for table in (low, high):
                self._agrees(table)

    def _agrees(self, change: dict[str, int]) -> None:
        for name, by in change.items():
            number = self.web.numbers[name]
            stands = number.part is Part.RELEASED or (number.part in PRINTED and name not in self.hidden)
            if (by and stands) or number.value + by < 0:
                raise Unprotectable(name)
        if any(sum(sign * change.get(name, 0) for name, sign in eq.items()) for eq in self.web.equations):
            raise Unprotectable("an equation does not hold")


def protect(web: Web, *, threshold: int) -> Protection:
    """Choose what to hide. The same web always gives the same answer. Raises Unprotectable."""
    return _Guard(web, threshold).run()


class _Step(NamedTuple):
    """One number of a move, after another."""

    cell: int
    by: int
    before: _Step | None


class _Guard:
    """The search: hide what is small, then prove or hide more, until every hidden number is proven."""

    def __init__(self, web: Web, threshold: int) -> None:
        self.web, self.threshold = web, threshold
        self.names = list(web.numbers)
        index = {name: place for place, name in enumerate(self.names)}
        self.numbers = list(web.numbers.values())
        self.equations = [[(index[name], sign) for name, sign in eq.items()] for eq in web.equations]
        self.within: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for place, equation in enumerate(self.equations):
            for cell, sign in equation:
                self.within[cell].append((place, sign))
        self.hidden = {cell for cell, number in enumerate(self.numbers) if self._primary(number)}
        self.low: dict[int, dict[int, int]] = defaultdict(dict)
        self.high: dict[int, dict[int, int]] = defaultdict(dict)
        self.given_up: frozenset[int] = frozenset()
        self.frozen = False

    def _primary(self, number: Number) -> bool:
        small = 0 < number.value < self.threshold
        return number.part in PRINTED and (small or number.sensitive)

    def run(self) -> Protection:
        while todo := self._unproven():
            for cell in todo:
                self._prove(cell)
        self._show_again()
        proven = Protection(
            self.web,
            self.threshold,
            frozenset(self.names[cell] for cell in self.hidden),
            {self.names[cell]: self._named(change) for cell, change in self.low.items()},
            {self.names[cell]: self._named(change) for cell, change in self.high.items()},
            frozenset(self.names[cell] for cell in self.given_up),
        )
        proven.verify()
        return proven

    def _show_again(self) -> None:
        """Show what turned out to be hidden for nothing: totals first, then the largest counts."""
        spare = [cell for cell in self.hidden if not self._primary(self.numbers[cell])]
        worth = {cell: (self.numbers[cell].part is Part.TOTAL, self.numbers[cell].value) for cell in spare}
        for cell in sorted(spare, key=lambda cell: (worth[cell], -cell), reverse=True):
            self._try_without(cell)

    def _try_without(self, cell: int) -> None:
        """Show `cell` when every other proof can be made without it; otherwise leave all as it was."""
        before = self.hidden, self.low, self.high, self.given_up
        self.hidden = self.hidden - {cell}
        kept = [table for table in (*self.low.values(), *self.high.values()) if not table.get(cell)]
        self.low, self.high = defaultdict(dict), defaultdict(dict)
        for table in kept:
            self._remember(table)
        self.frozen = True
        try:
            for other in self._unproven():
                self._prove(other)
        except Unprotectable:
            self.hidden, self.low, self.high, self.given_up = before
        if self.given_up != before[3]:
            self.hidden, self.low, self.high, self.given_up = before
        self.frozen = False

    def _named(self, change: dict[int, int]) -> dict[str, int]:
        return {self.names[cell]: by for cell, by in change.items()}

    def _range(self, cell: int) -> int:
        return self.high[cell].get(cell, 0) - self.low[cell].get(cell, 0)

    def _unproven(self) -> list[int]:
        wanted = [
            cell
            for cell, number in enumerate(self.numbers)
            if cell in self.hidden
            or number.part is Part.WITHHELD
            or (number.part is Part.DERIVED and 0 < number.value < self.threshold)
        ]
        return [c for c in wanted if c not in self.given_up and self._range(c) < self.threshold]

    def _prove(self, cell: int) -> None:
        """Widen what `cell` could be until it spans the threshold, hiding the cheapest others on the way."""
        soft = self.numbers[cell].part is Part.DERIVED
        while (need := self.threshold - self._range(cell)) > 0:
            best = min(self._moves(cell, need, soft=soft), key=lambda move: move[0], default=None)
            if best is None and soft:
                self.given_up = self.given_up | {cell}
                return
            if best is None:
                raise Unprotectable(self.names[cell])
            self._take(cell, best[1], best[2])

    def _moves(self, cell: int, need: int, *, soft: bool) -> list[tuple[float, dict[int, int], bool]]:
        """Ways up and down, each as far as it goes in one move; what hides nothing costs least."""
        found = []
        for up in (True, False):
            base = self.high[cell] if up else self.low[cell]
            for amount in _halves(need):
                move = self._cheapest(base, cell, amount if up else -amount, totals=not soft)
                if move is not None:
                    found.append((move[0] + need - amount, move[1], up))
                    if move[0] < HIDE_PART:
                        break
        return found

    def _take(self, cell: int, change: dict[int, int], up: bool) -> None:
        table = dict(self.high[cell] if up else self.low[cell])
        for other, by in change.items():
            table[other] = table.get(other, 0) + by
            if self.numbers[other].part in PRINTED:
                self.hidden = self.hidden | {other}
        self._remember(table)

    def _remember(self, table: dict[int, int]) -> None:
        """A table that agrees with all that is printed shows for each number how far it could be off."""
        for other, by in table.items():
            if by > self.high[other].get(other, 0):
                self.high[other] = table
            if by < self.low[other].get(other, 0):
                self.low[other] = table

    def _cost(self, cell: int, *, totals: bool) -> float | None:
        """What it costs to let a number move; None where it stands for good."""
        number = self.numbers[cell]
        if number.part in UNPRINTED or cell in self.hidden:
            return 1
        if self.frozen:
            return None
        if number.part is Part.CELL:
            return HIDE_PART + min(number.value, 500)
        return HIDE_TOTAL if number.part is Part.TOTAL and totals else None

    def _cheapest(
        self, base: dict[int, int], cell: int, by: int, *, totals: bool
    ) -> tuple[float, dict[int, int]] | None:
        """The cheapest change of whole people that moves `cell` and keeps every equation (Dijkstra)."""
        if self.numbers[cell].value + base.get(cell, 0) + by < 0:
            return None
        start = self._off_balance({}, cell, by)
        queue: list[tuple[float, int, dict[int, int], _Step]] = [(0, 0, start, _Step(cell, by, None))]
        seen: dict[frozenset[tuple[int, int]], float] = {}
        order = 0
        while queue and order < MOST_STEPS:
            cost, _, off, step = heapq.heappop(queue)
            if not off:
                return cost, _change(step)
            key = frozenset(off.items())
            if seen.get(key, cost + 1) <= cost:
                continue
            seen[key] = cost
            equation = min(off)
            for other, sign in self.equations[equation]:
                price = self._cost(other, totals=totals)
                shift = -off[equation] * sign
                if price is None or self._impossible(base, step, other, shift):
                    continue
                order += 1
                rest = self._off_balance(off, other, shift)
                heapq.heappush(queue, (cost + price, order, rest, _Step(other, shift, step)))
        return None

    def _off_balance(self, off: dict[int, int], cell: int, by: int) -> dict[int, int]:
        """Which equations no longer add up, and by how much, once `cell` moves."""
        rest = dict(off)
        for equation, sign in self.within[cell]:
            left = rest.pop(equation, 0) + sign * by
            if left:
                rest[equation] = left
        return rest

    def _impossible(self, base: dict[int, int], step: _Step | None, cell: int, by: int) -> bool:
        """A number moves once per change and never below nobody."""
        if self.numbers[cell].value + base.get(cell, 0) + by < 0:
            return True
        while step is not None:
            if step.cell == cell:
                return True
            step = step.before
        return False


def _change(step: _Step | None) -> dict[int, int]:
    change: dict[int, int] = {}
    while step is not None:
        change[step.cell] = step.by
        step = step.before
    return change


def _halves(amount: int) -> list[int]:
    found = []
    while amount:
        found.append(amount)
        amount //= 2
    return found
