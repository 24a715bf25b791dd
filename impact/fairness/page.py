"""The tables and the signals of the page, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau
from impact.fairness.chance import RARELY, by_chance
from impact.fairness.counts import ALL, MIN_GROUP, STEPS, TRAITS, Counts, Group, Measured, measure
from impact.fairness.guard import name, shown

Text = str | Promise
STEP_WORDS: dict[str, Promise] = {
    "known": _("Bekend"),
    "proposed": _("Voorgesteld"),
    "introduced": _("Naar een werkgever"),
    "placed": _("Begonnen"),
}
STEP_SENTENCES: dict[str, Promise] = {
    "proposed": _("voorgesteld voor werk"),
    "introduced": _("na een voorstel bij een werkgever genoemd"),
    "placed": _("na een kennismaking begonnen"),
}


@dataclass(frozen=True)
class Cell:
    """A count, None where it is kept back, and its share of the step before, in whole percents."""

    label: Text
    count: int | None
    share: int | None


@dataclass(frozen=True)
class Line:
    """One group and how far its people came."""

    label: Text
    cells: list[Cell]
    signals: bool = False


@dataclass(frozen=True)
class Signal:
    """A group that differs from everybody else by more than chance explains; something to look at together."""

    trait: Text
    group: Text
    step: Text
    size: int
    share: int
    others: int

    @property
    def fewer(self) -> bool:
        return self.share < self.others


@dataclass(frozen=True)
class Table:
    """The groups of one trait; none where they are too small to tell apart."""

    trait: Text
    lines: list[Line]


@dataclass(frozen=True)
class Fairness:
    """Everything on the page."""

    total: Line
    tables: list[Table]
    signals: list[Signal]
    compared: int


@dataclass(frozen=True)
class Comparison:
    """One group beside all others, at one step."""

    trait: str
    group: Group
    step: int
    others: tuple[int, int]
    """Of how many others, how many came this far."""

    @property
    def own(self) -> tuple[int, int]:
        return self.group.counts[self.step - 1], self.group.counts[self.step]

    @property
    def share(self) -> float:
        return self.own[1] / self.own[0]

    @property
    def likely(self) -> float:
        (size, hits), (other_size, other_hits) = self.own, self.others
        return by_chance(hits, size, other_hits, other_size)


def fairness(bureau: Bureau, *, since: date, until: date) -> Fairness:
    """The numbers of a period with what may be shown of them; call it within a scope that sees the bureau."""
    measured = measure(bureau, since=since, until=until)
    visible = shown(measured, threshold=bureau.municipality.suppression_threshold)
    compared = list(_comparisons(measured, visible))
    limit = RARELY / len(compared) if compared else 0.0
    found = [one for one in compared if one.likely < limit]
    marked = {(one.trait, one.group.code) for one in found}
    tables = [
        Table(
            label, [_line(trait, one, visible, (trait, one.code) in marked) for one in measured.groups[trait]]
        )
        for trait, label in TRAITS.items()
    ]
    total = _line(ALL, Group(ALL, _("Iedereen"), measured.total), visible)
    return Fairness(total, tables, [_signal(one) for one in found], len(compared))


def _comparisons(measured: Measured, visible: frozenset[str]) -> Iterable[Comparison]:
    """Every group beside all others, at every step where both are large enough and both counts are shown.

    Of two groups each is the other's others: they are one comparison, told about the one that came less far.
    """
    for trait, groups in measured.groups.items():
        for step in range(1, len(STEPS)):
            beside = [_beside_others(trait, group, step, measured.total) for group in groups]
            found = [one for one in beside if _may_compare(one, visible)]
            yield from sorted(found, key=lambda one: one.share)[:1] if len(groups) == 2 else found


def _beside_others(trait: str, group: Group, step: int, total: Counts) -> Comparison:
    size, hits = group.counts[step - 1], group.counts[step]
    return Comparison(trait, group, step, (total[step - 1] - size, total[step] - hits))


def _may_compare(one: Comparison, visible: frozenset[str]) -> bool:
    """Both sides are large enough, and the page shows all four counts."""
    rows, steps = ((one.trait, one.group.code), (ALL, ALL)), STEPS[one.step - 1 : one.step + 1]
    told = all(name(*row, step) in visible for row in rows for step in steps)
    return told and min(one.own[0], one.others[0]) >= MIN_GROUP


def _signal(one: Comparison) -> Signal:
    (size, hits), (other_size, other_hits) = one.own, one.others
    return Signal(
        trait=TRAITS[one.trait],
        group=one.group.label,
        step=STEP_SENTENCES[STEPS[one.step]],
        size=size,
        share=_percent(hits, size),
        others=_percent(other_hits, other_size),
    )


def _line(trait: str, group: Group, visible: frozenset[str], signals: bool = False) -> Line:
    counts = [
        count if name(trait, group.code, step) in visible else None
        for step, count in zip(STEPS, group.counts, strict=True)
    ]
    cells = [
        Cell(STEP_WORDS[step], count, _percent(count, base) if count is not None and base else None)
        for step, base, count in zip(STEPS, [None, *counts], counts, strict=False)
    ]
    return Line(group.label, cells, signals)


def _percent(part: int, whole: int) -> int:
    """Whole percents, half a percent up."""
    return (200 * part + whole) // (2 * whole)
