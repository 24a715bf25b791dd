"""Money through the neighbourhood: where it comes from, through one house, to whom."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from buurtbaan.ui.charts.base import FILLS, INK, QUIET, WIDTH, DataTable, Drawing, lines_of
from buurtbaan.ui.formats import euro

MOST = 7
"""Streams on a side; the smallest go together."""
SMALL, LINE = 13.0, 16.0
GAP, ROOM = 12.0, 190.0
"""Units between two streams, and the height of all streams of a side together."""
BAR, SIDE = 9.0, 132.0
"""How wide an end is, and how much room the words beside it have."""
STEPS = 10


@dataclass(frozen=True)
class Stream:
    """One amount on one side."""

    label: str
    amount: Decimal


@dataclass(frozen=True)
class _Spot:
    """Where a stream ends: its place in the column, and its place at the house."""

    stream: Stream
    words: list[str]
    slot: float
    height: float
    y: float


@dataclass(frozen=True)
class MoneyFlow:
    """Streams from the left into a house and out to the right, as broad as the amounts are large.

    gap: what came in and is not accounted for; negative when more went out. It is drawn as a stream of its own.
    """

    id: str
    title: str
    description: str
    house: str
    ins: tuple[Stream, ...]
    outs: tuple[Stream, ...]
    width: float = WIDTH

    @property
    def gap(self) -> Decimal:
        return _sum(self.ins) - _sum(self.outs)

    def _sides(self) -> tuple[list[Stream], list[Stream]]:
        ins, outs = _largest(self.ins), _largest(self.outs)
        if self.gap > 0:
            outs.append(Stream(_("nog niet opgeschreven"), self.gap))
        elif self.gap < 0:
            ins.append(Stream(_("nog niet opgeschreven"), -self.gap))
        return ins, outs

    def draw(self) -> Drawing:
        ins, outs = self._sides()
        whole = max(_sum(tuple(ins)), _sum(tuple(outs))) or Decimal(1)
        left, right = _spots(ins, whole), _spots(outs, whole)
        height = max([spot.slot + spot.height for spot in (*left, *right)], default=ROOM) + 30
        drawing = Drawing(self.width, max(height, ROOM + 44))
        middle = self.width / 2
        top = 34 + max(0.0, (drawing.height - 34 - ROOM) / 2 - 8)
        for spots, side in ((left, -1), (right, 1)):
            at = top
            for number, spot in enumerate(spots):
                thick = ROOM * float(spot.stream.amount / whole)
                fill = (
                    "hidden"
                    if spot.stream.label == _("nog niet opgeschreven")
                    else FILLS[number % len(FILLS)]
                )
                self._stream(drawing, spot, side, middle, at, thick, fill)
                at += thick
        drawing.rect(middle - 11, top, 22, ROOM, "dark")
        for number, line in enumerate(lines_of(self.house, 150, SMALL)[:2]):
            drawing.text(middle, 12 + number * LINE, line, anchor="middle", size=SMALL, weight=700)
        return drawing

    def _stream(
        self, drawing: Drawing, spot: _Spot, side: int, middle: float, at: float, thick: float, fill: str
    ) -> None:
        outer = middle + side * (middle - SIDE)
        inner = middle + side * 11
        drawing.path(_band(outer, spot.y, inner, at, max(thick, 1.5)), fill="soft")
        bar = outer - BAR if side < 0 else outer
        drawing.rect(bar, spot.y, BAR, max(thick, 1.5), fill, QUIET)
        anchor, x = ("end", outer - BAR - 5) if side < 0 else ("start", outer + BAR + 5)
        for number, line in enumerate(spot.words):
            y = spot.slot + LINE * (number + 1) - 3
            drawing.text(x, y, line, anchor=anchor, size=SMALL, fill=INK)
        y = spot.slot + LINE * (len(spot.words) + 1) - 3
        drawing.text(x, y, euro(spot.stream.amount), anchor=anchor, size=SMALL, weight=700)

    def table(self) -> DataTable:
        into, out = _("Komt van"), _("Gaat naar")
        rows = [(into, s.label, euro(s.amount)) for s in self.ins]
        rows.append((into, _("Totaal in"), euro(_sum(self.ins))))
        rows += [(out, s.label, euro(s.amount)) for s in self.outs]
        rows.append((out, _("Totaal uit"), euro(_sum(self.outs))))
        return DataTable(self.title, (_("In of uit"), _("Wie of wat"), _("Bedrag")), tuple(rows))


def _sum(streams: tuple[Stream, ...]) -> Decimal:
    return sum((stream.amount for stream in streams), Decimal(0))


def _largest(streams: tuple[Stream, ...]) -> list[Stream]:
    """The largest first; too many, and the smallest become one."""
    found = sorted((s for s in streams if s.amount > 0), key=lambda s: (-s.amount, s.label))
    if len(found) <= MOST:
        return found
    rest = found[MOST - 1 :]
    return [*found[: MOST - 1], Stream(_("%(n)s andere") % {"n": len(rest)}, _sum(tuple(rest)))]


def _spots(streams: list[Stream], whole: Decimal) -> list[_Spot]:
    """Places down a column: each stream gets room for its words, or for its own height if that is more."""
    found, y = [], 34.0
    for stream in streams:
        words = lines_of(stream.label, SIDE - BAR - 4, SMALL)[:3]
        thick = max(ROOM * float(stream.amount / whole), 1.5)
        height = max(LINE * (len(words) + 1), thick)
        found.append(
            _Spot(stream, words, y + (height - LINE * (len(words) + 1)) / 2, height, y + (height - thick) / 2)
        )
        y += height + GAP
    return found


def _band(x1: float, y1: float, x2: float, y2: float, thick: float) -> list[tuple[float, float]]:
    """The outline of a stream that leaves level and arrives level."""
    upper = []
    for step in range(STEPS + 1):
        t = step / STEPS
        ease = t * t * (3 - 2 * t)
        upper.append((x1 + (x2 - x1) * t, y1 + (y2 - y1) * ease))
    return [*upper, *((x, y + thick) for x, y in reversed(upper))]
