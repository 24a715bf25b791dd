"""The search behind `disclosure`: what to hide, and the tables that prove that it is enough.

A proof is found by moving people about: raise one hidden count, mend the sums that no longer add up by moving
other counts, and so on until all is in order again. Counts that stand still may be hidden at a price.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from impact.disclosure import PRINTED, Number, Part, Protection, Table, Unprotectable, Web

HIDE_PART = 1_000
HIDE_TOTAL = 1_000_000
BROAD = 400
DEEP = 4_000
LESS_DEEP = 400
"""How many steps a search may take: for the cheapest way, for any way, and for what we can do without."""

Change = dict[int, int]
"""As a Table, by group."""


class State(NamedTuple):
    """A change under way: its price, how far from done, its place in the queue, what is off, what moved."""

    cost: float
    left: int
    order: int
    off: dict[int, int]
    change: Change


class Guard:
    """Hide what is small, then prove or hide more, until every hidden number is proven."""

    def __init__(
        self, web: Web, threshold: int, known: Iterable[Table], imagine: Callable[[str], Iterable[Table]]
    ) -> None:
        self.web, self.threshold, self.imagine = web, threshold, imagine
        self.shape = Shape(web)
        self.low: dict[int, Change] = defaultdict(dict)
        self.high: dict[int, Change] = defaultdict(dict)
        self.given_up: frozenset[int] = frozenset()
        self.may_hide, self.may_hide_totals = True, True
        self.prices: dict[int, float | None] = {}
        self.hidden = frozenset(name for name, number in web.numbers.items() if self._primary(number))
        for table in known:
            self._start_from(table)

    def _primary(self, number: Number) -> bool:
        small = 0 < number.value < self.threshold
        return number.part in PRINTED and (small or number.sensitive)

    def _start_from(self, table: Table) -> bool:
        """Use a table that proves something, once what it leaves unmended in this web is mended too."""
        change: Change = {}
        off: dict[int, int] = {}
        for name, by in table.items():
            group = self.shape.group[name]
            if group not in change and by:
                change[group] = by
                off = self.shape.off_balance(off, group, by)
        if any(
            self._price(group) is None or self._impossible({}, {}, group, by) for group, by in change.items()
        ):
            return False
        mended = self._narrow({}, State(0, len(off), 0, off, change))
        if mended is None:
            return False
        self._take({}, mended[1])
        return True

    def run(self) -> Protection:
        self._prove_all()
        self._show_again()
        for group in self._small_differences():
            self._try_to_blur(group)
        for name in sorted(name for name, number in self.web.numbers.items() if number.pointing):
            self._try_to_hide(name)
        tables = {id(table): table for table in (*self.low.values(), *self.high.values()) if table}
        members = self.shape.members
        return Protection(
            self.web,
            self.threshold,
            self.hidden,
            [{name: by for group, by in t.items() if by for name in members[group]} for t in tables.values()],
            frozenset(name for group in self.given_up for name in members[group]),
        )

    def _prove_all(self) -> None:
        while todo := self._unproven():
            for group in todo:
                self._prove(group)

    def _unproven(self) -> list[int]:
        names = (name for name in self.web.numbers if self._kept(name))
        groups = dict.fromkeys(self.shape.group[name] for name in names)
        return [group for group in groups if self._range(group) < self.threshold]

    def _kept(self, name: str) -> bool:
        return name in self.hidden or self.web.numbers[name].part is Part.WITHHELD

    def _range(self, group: int) -> int:
        return self.high[group].get(group, 0) - self.low[group].get(group, 0)

    def _show_again(self) -> None:
        """Show what turned out to be hidden for nothing: totals first, then the largest counts."""
        numbers = self.web.numbers
        spare = [name for name in sorted(self.hidden) if not self._primary(numbers[name])]
        spare.sort(key=lambda name: (numbers[name].part is Part.TOTAL, numbers[name].value), reverse=True)
        for name in spare:
            with self._attempt(may_hide=False):
                self._without(name)

    def _without(self, name: str) -> None:
        """Make every other proof without `name`; raises Unprotectable."""
        group = self.shape.group[name]
        tables = {id(table): table for table in (*self.low.values(), *self.high.values())}
        self._hide_exactly(self.hidden - {name})
        self.low, self.high = defaultdict(dict), defaultdict(dict)
        for table in tables.values():
            if not table.get(group):
                self._remember(table)
        self._prove_all()

    def _small_differences(self) -> list[int]:
        """Counts that no report prints, but that a subtraction would give away."""
        groups = dict.fromkeys(
            self.shape.group[name]
            for name, number in self.web.numbers.items()
            if number.part is Part.DERIVED and 0 < number.value < self.threshold
        )
        return [group for group in groups if self._range(group) < self.threshold]

    def _try_to_blur(self, group: int) -> None:
        """Hide what gives a small difference away, unless that would take headlines or cannot be done."""
        with self._attempt(may_hide_totals=False) as done:
            self._prove(group)
            self._prove_all()
            done.append(group)
        if not done:
            self.given_up = self.given_up | {group}

    def _try_to_hide(self, name: str) -> None:
        """Hide a count that points at a few people beside an earlier report, unless that would take headlines."""
        if name in self.hidden:
            return
        with self._attempt(may_hide_totals=False) as done:
            self._hide_exactly(self.hidden | {name})
            self._prove_all()
            done.append(self.shape.group[name])
        if not done:
            self.given_up = self.given_up | {self.shape.group[name]}

    @contextmanager
    def _attempt(self, *, may_hide: bool = True, may_hide_totals: bool = True) -> Iterator[list[int]]:
        """Try something with fewer means; when it fails, all is as it was."""
        before = self.hidden, defaultdict(dict, self.low), defaultdict(dict, self.high)
        self.may_hide, self.may_hide_totals = may_hide, may_hide_totals
        self.prices.clear()
        try:
            yield []
        except Unprotectable:
            self.hidden, self.low, self.high = before
        self.may_hide, self.may_hide_totals = True, True
        self.prices.clear()

    def _hide_exactly(self, names: frozenset[str]) -> None:
        self.hidden = names
        self.prices.clear()

    def _prove(self, group: int) -> None:
        """Widen what a group could be until it spans the threshold, hiding the cheapest others on the way."""
        while (need := self.threshold - self._range(group)) > 0:
            best = min(self._moves(group, need), key=lambda move: move[0], default=None)
            if best is None and self.may_hide and self.may_hide_totals:
                if self._imagined(group):
                    continue
                best = min(self._moves(group, need, DEEP), key=lambda move: move[0], default=None)
            if best is None:
                raise Unprotectable(", ".join(self.shape.members[group]))
            self._take(best[1], best[2])

    def _imagined(self, group: int) -> bool:
        """Last of all: people who might have been there too, if every total they are in is hidden."""
        tables = (table for name in self.shape.members[group] for table in self.imagine(name))
        before = self._range(group)
        return any(self._start_from(table) and self._range(group) > before for table in tables)

    def _moves(self, group: int, need: int, deep: int = LESS_DEEP) -> list[tuple[float, Change, Change]]:
        """Ways up and down, each as far as it goes in one move; what hides nothing costs least."""
        found = []
        for up in (True, False):
            base = self.high[group] if up else self.low[group]
            for amount in _halves(need):
                move = self._cheapest(base, group, amount if up else -amount, deep)
                if move is not None:
                    found.append((move[0] + need - amount, base, move[1]))
                    if move[0] < HIDE_PART:
                        break
        return found

    def _take(self, base: Change, change: Change) -> None:
        moved = {name for group in change for name in self.shape.members[group]}
        fresh = {name for name in moved - self.hidden if self.web.numbers[name].part in PRINTED}
        if fresh:
            self._hide_exactly(self.hidden | fresh)
        both = base.keys() | change.keys()
        self._remember({group: base.get(group, 0) + change.get(group, 0) for group in both})

    def _remember(self, table: Change) -> None:
        """A table that agrees with all that is printed shows for each group how far it could be off."""
        for group, by in table.items():
            if by > self.high[group].get(group, 0):
                self.high[group] = table
            if by < self.low[group].get(group, 0):
                self.low[group] = table

    def _price(self, group: int) -> float | None:
        """What it costs to let a group move; None where it stands for good."""
        if group not in self.prices:
            prices = [self._price_of(name) for name in self.shape.members[group]]
            self.prices[group] = None if None in prices else sum(price for price in prices if price)
        return self.prices[group]

    def _price_of(self, name: str) -> float | None:
        number = self.web.numbers[name]
        if number.part is Part.RELEASED:
            return None
        if number.part not in PRINTED or name in self.hidden:
            return 0
        if not self.may_hide or (number.part is Part.TOTAL and not self.may_hide_totals):
            return None
        return HIDE_TOTAL if number.part is Part.TOTAL else HIDE_PART + min(number.value, 500)

    def _cheapest(self, base: Change, group: int, by: int, deep: int) -> tuple[float, Change] | None:
        """A change of whole people that moves `group`, keeps everything known, and hides as little as it can.

        First the cheapest of all (Dijkstra); where there are too many ways to look at, the first that is found
        by taking the cheapest repair each time, and stepping back where that leads nowhere.
        """
        if self._price(group) is None or self._impossible(base, {}, group, by):
            return None
        first = State(0, 0, 0, self.shape.off_balance({}, group, by), {group: by})
        return self._broad(base, first) or self._narrow(base, first, deep)

    def _broad(self, base: Change, first: State) -> tuple[float, Change] | None:
        queue, seen, order = [first], dict[frozenset[tuple[int, int]], float](), 0
        while queue and order < BROAD:
            state = heapq.heappop(queue)
            broken = {} if state.off else self._broken(base, state.change)
            if not state.off and not broken:
                return state.cost, state.change
            key = frozenset((state.off or broken).items())
            if seen.get(key, state.cost + 1) <= state.cost:
                continue
            seen[key] = state.cost
            for after in self._after(base, state, broken):
                order += 1
                heapq.heappush(queue, after._replace(order=order))
        return None

    def _narrow(self, base: Change, first: State, deep: int = DEEP) -> tuple[float, Change] | None:
        stack, seen = [iter([first])], set[frozenset[tuple[int, int]]]()
        while stack and len(seen) < deep:
            state = next(stack[-1], None)
            if state is None:
                stack.pop()
                continue
            broken = {} if state.off else self._broken(base, state.change)
            if not state.off and not broken:
                return state.cost, state.change
            key = frozenset((*(state.off or broken).items(), (-1, len(state.change))))
            if key not in seen:
                seen.add(key)
                stack.append(iter(sorted(self._after(base, state, broken))))
        return None

    def _after(self, base: Change, state: State, broken: dict[int, int]) -> list[State]:
        """Every change that mends one thing more."""
        found: list[State] = []
        for group, by in self._repairs(base, state, broken):
            price = self._price(group)
            if price is not None:
                off = self.shape.off_balance(state.off, group, by)
                change = state.change | {group: state.change.get(group, 0) + by}
                cost = state.cost + (0 if group in state.change else price)
                found.append(State(cost, len(off) + len(broken), len(found), off, change))
        return found

    def _repairs(self, base: Change, state: State, broken: dict[int, int]) -> list[tuple[int, int]]:
        """Ways to mend one equation, the shortest first, or else one order."""
        off = state.off
        if off:
            place = min(off, key=lambda place: (len(self.shape.equations[place]), place))
            ways = [(group, -off[place] * sign) for group, sign in self.shape.equations[place]]
        else:
            place, lack = min(broken.items())
            larger, smaller, _ = self.shape.orders[place]
            ways = [(larger, lack), (smaller, -lack)]
        return [(group, by) for group, by in ways if not self._impossible(base, state.change, group, by)]

    def _broken(self, base: Change, change: Change) -> dict[int, int]:
        """Orders that no longer hold, by place, and how much they lack."""
        lacking = {}
        for place in {place for group in change for place in self.shape.ordered[group]}:
            larger, smaller, room = self.shape.orders[place]
            for table in (base, change):
                room += table.get(larger, 0) - table.get(smaller, 0)
            if room < 0:
                lacking[place] = -room
        return lacking

    def _impossible(self, base: Change, change: Change, group: int, by: int) -> bool:
        """Within one change a group goes one way only, and never below nobody."""
        so_far = change.get(group, 0)
        return so_far * by < 0 or self.shape.least[group] + base.get(group, 0) + so_far + by < 0


class Shape:
    """The web with numbers that must be equal, by an equation of two, taken together as groups."""

    def __init__(self, web: Web) -> None:
        first = {name: name for name in web.numbers}

        def lead(name: str) -> str:
            while first[name] != name:
                first[name] = first[first[name]]
                name = first[name]
            return name

        for equation in web.equations:
            if sorted(equation.values()) == [-1, 1]:
                one, other = map(lead, equation)
                first[other] = one
        leads = {name: place for place, name in enumerate(dict.fromkeys(map(lead, web.numbers)))}
        self.group = {name: leads[lead(name)] for name in web.numbers}
        self.members: list[list[str]] = [[] for _ in leads]
        for name, group in self.group.items():
            self.members[group].append(name)
        self.least = [min(web.numbers[name].value for name in names) for names in self.members]
        self._equations(web)
        self._orders(web)

    def _equations(self, web: Web) -> None:
        self.equations: list[list[tuple[int, int]]] = []
        self.within: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for equation in web.equations:
            total: dict[int, int] = defaultdict(int)
            for name, sign in equation.items():
                total[self.group[name]] += sign
            signs = [(group, sign) for group, sign in total.items() if sign]
            for group, sign in signs:
                self.within[group].append((len(self.equations), sign))
            self.equations.append(signs)

    def _orders(self, web: Web) -> None:
        value, group = web.numbers, self.group
        self.orders = [(group[a], group[b], value[a].value - value[b].value) for a, b in web.orders]
        self.ordered: dict[int, list[int]] = defaultdict(list)
        for place, (larger, smaller, _) in enumerate(self.orders):
            self.ordered[larger].append(place)
            self.ordered[smaller].append(place)

    def off_balance(self, off: dict[int, int], group: int, by: int) -> dict[int, int]:
        """Which equations no longer add up, and by how much, once a group moves."""
        rest = dict(off)
        for equation, sign in self.within[group]:
            left = rest.pop(equation, 0) + sign * by
            if left:
                rest[equation] = left
        return rest


def _halves(amount: int) -> list[int]:
    found = []
    while amount:
        found.append(amount)
        amount //= 2
    return found
