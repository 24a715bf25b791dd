"""Lengths to compare: bars, pairs of bars, the funnel, and parts of a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from buurtbaan.ui.charts.base import (
    FILLS,
    GRID,
    HIDDEN,
    INK,
    PAPER,
    QUIET,
    SIZE,
    TEAL,
    WIDTH,
    DataTable,
    Drawing,
    lines_of,
    not_shown,
    width_of,
)
from buurtbaan.ui.formats import number

STUB = 22.0
"""The length of a bar whose count is not shown: the same for each, so that it says nothing."""


@dataclass(frozen=True)
class Bar:
    """One length. `value` None means not shown; `text` replaces the plain number at its end."""

    label: str
    value: Decimal | int | None
    text: str = ""
    fill: str = "teal"

    @property
    def words(self) -> str:
        if self.value is None:
            return self.text or not_shown()
        return self.text or number(self.value)


def _longest(values: Sequence[Decimal | int | None]) -> float:
    return max((float(value) for value in values if value is not None), default=0.0) or 1.0


@dataclass(frozen=True)
class Bars:
    """Horizontal bars with the label above each and the number at its end."""

    id: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    label: str = ""
    unit: str = ""
    width: float = WIDTH

    def draw(self) -> Drawing:
        row = 46.0
        drawing = Drawing(self.width, row * len(self.bars) + 4)
        room = self.width - max((width_of(bar.words) for bar in self.bars), default=0) - 10
        longest = _longest([bar.value for bar in self.bars])
        for index, bar in enumerate(self.bars):
            _bar(drawing, bar, y=index * row, room=room, longest=longest)
        return drawing

    def table(self) -> DataTable:
        heads = (self.label or _("Onderdeel"), self.unit or _("Aantal"))
        return DataTable(self.title, heads, tuple((bar.label, bar.words) for bar in self.bars))


def _bar(drawing: Drawing, bar: Bar, *, y: float, room: float, longest: float, height: float = 18) -> None:
    length = STUB if bar.value is None else room * float(bar.value) / longest
    drawing.text(0, y + 15, bar.label, fill=INK)
    drawing.line(0, y + 22, 0, y + 22 + height, stroke=QUIET)
    if length:
        drawing.rect(0, y + 22, max(length, 1.5), height, HIDDEN if bar.value is None else bar.fill)
    quiet = bar.value is None
    drawing.text(
        length + 8, y + 22 + height - 4, bar.words, weight=400 if quiet else 700, fill=QUIET if quiet else INK
    )


@dataclass(frozen=True)
class Pair:
    """The same thing at two moments."""

    label: str
    before: Decimal | int | None
    after: Decimal | int | None


@dataclass(frozen=True)
class PairedBars:
    """Two bars per row, such as hours at the start and hours now; the first striped, the second full."""

    id: str
    title: str
    description: str
    pairs: tuple[Pair, ...]
    before: str
    after: str
    label: str = ""
    width: float = WIDTH

    def draw(self) -> Drawing:
        top, row = 30.0, 46.0
        drawing = Drawing(self.width, top + row * len(self.pairs))
        left = max((width_of(pair.label) for pair in self.pairs), default=0) + 8
        longest = _longest([value for pair in self.pairs for value in (pair.before, pair.after)])
        self._legend(drawing, left)
        for index, pair in enumerate(self.pairs):
            y = top + index * row
            drawing.text(left - 8, y + 23, pair.label, anchor="end")
            drawing.line(left, y, left, y + 36, stroke=QUIET)
            _half(drawing, left, y, pair.before, "stripes", longest, self.width)
            _half(drawing, left, y + 19, pair.after, "teal", longest, self.width)
        return drawing

    def _legend(self, drawing: Drawing, left: float) -> None:
        drawing.rect(left, 5, 14, 14, "stripes", TEAL)
        drawing.text(left + 20, 17, self.before, fill=QUIET)
        start = left + 20 + width_of(self.before) + 18
        drawing.rect(start, 5, 14, 14, "teal", TEAL)
        drawing.text(start + 20, 17, self.after, fill=QUIET)

    def table(self) -> DataTable:
        words = [(p.label, Bar("", p.before).words, Bar("", p.after).words) for p in self.pairs]
        return DataTable(self.title, (self.label or _("Onderdeel"), self.before, self.after), tuple(words))


def _half(
    drawing: Drawing,
    left: float,
    y: float,
    value: Decimal | int | None,
    fill: str,
    longest: float,
    width: float,
) -> None:
    room = width - left - width_of(not_shown()) - 12
    length = STUB if value is None else room * float(value) / longest
    if length:
        drawing.rect(
            left,
            y,
            max(length, 1.5),
            17,
            HIDDEN if value is None else fill,
            TEAL if value is not None else "",
        )
    text = Bar("", value).words
    drawing.text(
        left + length + 7,
        y + 13.5,
        text,
        weight=400 if value is None else 700,
        fill=QUIET if value is None else INK,
    )


@dataclass(frozen=True)
class Funnel:
    """How many people came how far: one broad bar per stage, the next one hanging under it."""

    id: str
    title: str
    description: str
    stages: tuple[Bar, ...]
    width: float = WIDTH

    def draw(self) -> Drawing:
        height, gap = 40.0, 26.0
        drawing = Drawing(self.width, (height + gap) * len(self.stages) - 2)
        longest = _longest([stage.value for stage in self.stages])
        previous: float | None = None
        for index, stage in enumerate(self.stages):
            y = index * (height + gap)
            length = self._length(stage, longest)
            if previous is not None and stage.value is not None:
                top = y + gap - 6
                corners = [(0.0, top - gap), (previous, top - gap), (length, top), (0.0, top)]
                drawing.path(corners, fill="shade")
            previous = length if stage.value is not None else None
            self._stage(drawing, stage, y + gap - 6, length, height)
        return drawing

    def _length(self, stage: Bar, longest: float) -> float:
        return 0.0 if stage.value is None else (self.width - 90) * float(stage.value) / longest

    def _stage(self, drawing: Drawing, stage: Bar, y: float, length: float, height: float) -> None:
        drawing.text(4, y - 6, stage.label, fill=INK)
        drawing.line(0, y, 0, y + height, stroke=QUIET)
        if stage.value is None:
            drawing.rect(0, y, STUB, height, HIDDEN)
            drawing.text(STUB + 10, y + 26, stage.words, fill=QUIET)
            return
        drawing.rect(0, y, max(length, 1.5), height, stage.fill)
        inside = length > width_of(number(stage.value), 24) + 24
        x, fill = (length - 12, PAPER) if inside else (length + 10, INK)
        drawing.text(
            x,
            y + 28,
            number(stage.value),
            anchor="end" if inside else "start",
            size=24,
            weight=700,
            fill=fill,
        )
        if stage.text:
            beside = length + 10 if inside else length + 22 + width_of(number(stage.value), 24)
            drawing.text(beside, y + 26, stage.text, fill=QUIET)

    def table(self) -> DataTable:
        rows = tuple(
            (s.label, not_shown() if s.value is None else number(s.value), s.text or "–") for s in self.stages
        )
        return DataTable(self.title, (_("Stap"), _("Mensen"), _("Aandeel")), rows)


@dataclass(frozen=True)
class Mix:
    """Parts of a whole in one stacked bar, each named with its pattern and number under it."""

    id: str
    title: str
    description: str
    parts: tuple[Bar, ...]
    label: str = ""
    unit: str = ""
    width: float = WIDTH

    def draw(self) -> Drawing:
        bar, row = 44.0, 27.0
        drawing = Drawing(self.width, bar + 18 + row * len(self.parts))
        total = sum(float(part.value) for part in self.parts if part.value is not None)
        stubs = STUB * sum(part.value is None for part in self.parts)
        x = 0.0
        for index, part in enumerate(self.parts):
            share = STUB if part.value is None else (self.width - stubs) * float(part.value) / (total or 1)
            fill = HIDDEN if part.value is None else FILLS[index % len(FILLS)]
            if share:
                drawing.rect(x, 0, share, bar, fill, PAPER)
            x += share
            self._named(drawing, part, fill, bar + 18 + index * row)
        return drawing

    def _named(self, drawing: Drawing, part: Bar, fill: str, y: float) -> None:
        drawing.rect(0, y, 20, 17, fill, QUIET)
        drawing.text(30, y + 13.5, part.label)
        quiet = part.value is None
        drawing.text(
            self.width,
            y + 13.5,
            part.words,
            anchor="end",
            weight=400 if quiet else 700,
            fill=QUIET if quiet else INK,
        )
        drawing.line(0, y + 22, self.width, y + 22, stroke=GRID, width=0.7)

    def table(self) -> DataTable:
        heads = (self.label or _("Onderdeel"), self.unit or _("Aantal"))
        return DataTable(self.title, heads, tuple((part.label, part.words) for part in self.parts))


@dataclass(frozen=True)
class Range:
    """An amount that lies between two others: the part that is sure, and the part that may be."""

    id: str
    title: str
    description: str
    low: Decimal
    high: Decimal
    low_text: str
    high_text: str
    width: float = WIDTH

    def draw(self) -> Drawing:
        drawing = Drawing(self.width, 92)
        top = float(self.high) or 1.0
        room = self.width - 4
        low = room * max(float(self.low), 0) / top
        drawing.rect(0, 30, low, 30, "teal")
        drawing.rect(low, 30, room - low, 30, "stripes", TEAL)
        drawing.line(0, 24, 0, 66, stroke=QUIET)
        anchor = "start" if low < self.width / 2 else "end"
        drawing.line(low, 60, low, 72, stroke=QUIET)
        drawing.text(
            low if anchor == "end" else max(low, 0),
            87,
            self._words(_("ten minste"), self.low_text),
            anchor=anchor,
            weight=700,
        )
        drawing.text(room, 20, self._words(_("ten hoogste"), self.high_text), anchor="end", weight=700)
        return drawing

    def _words(self, word: str, amount: str) -> str:
        return f"{word} {amount}"

    def table(self) -> DataTable:
        rows = ((_("Ten minste"), self.low_text), (_("Ten hoogste"), self.high_text))
        return DataTable(self.title, (_("Grens"), _("Bedrag")), rows)


__all__ = ["SIZE", "Bar", "Bars", "Funnel", "Mix", "Pair", "PairedBars", "Range", "lines_of"]
