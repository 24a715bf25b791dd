"""Squares and dots: the ladder from start to now, and people as dots."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from buurtbaan.ui.charts.base import (
    GRID,
    HIDDEN,
    INK,
    PAPER,
    QUIET,
    SAND_DARK,
    TEAL,
    TEAL_SOFT,
    TERRACOTTA,
    WIDTH,
    DataTable,
    Drawing,
    lines_of,
    not_shown,
)
from buurtbaan.ui.formats import number


@dataclass(frozen=True)
class LadderMatrix:
    """People by the rung where they started (rows) and where they are now (columns).

    Right of the diagonal is a step up. Left of it is a step back, in a neutral tint: it belongs to the road.
    """

    id: str
    title: str
    description: str
    rungs: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    width: float = WIDTH

    def draw(self) -> Drawing:
        left, top, high = 132.0, 44.0, 46.0
        wide = (self.width - left) / len(self.rungs)
        drawing = Drawing(self.width, top + high * len(self.rungs) + 4)
        drawing.text(self.width, 15, _("trede nu →"), anchor="end", fill=QUIET, size=14)
        drawing.text(0, top - 10, _("trede bij de start ↓"), fill=QUIET, size=14)
        for column in range(len(self.rungs)):
            drawing.text(left + wide * (column + 0.5), top - 10, str(column + 1), anchor="middle", weight=700)
        for row, name in enumerate(self.rungs):
            y = top + high * row
            lines = lines_of(f"{row + 1}  {name}", left - 6, 13)[:3]
            for index, line in enumerate(lines):
                drawing.text(0, y + high / 2 + 4 + (index - (len(lines) - 1) / 2) * 14.5, line, size=13)
            for column, count in enumerate(self.counts[row]):
                self._cell(drawing, left + wide * column, y, wide, high, count, column - row)
        return drawing

    def _cell(
        self, drawing: Drawing, x: float, y: float, wide: float, high: float, count: int | None, move: int
    ) -> None:
        fill = PAPER
        if count is None:
            fill = HIDDEN
        elif count:
            fill = TEAL if move > 0 else TEAL_SOFT if move == 0 else SAND_DARK
        drawing.rect(x + 1.5, y + 1.5, wide - 3, high - 3, fill, QUIET if move == 0 else GRID)
        if count is None:
            return
        ink = PAPER if count and move > 0 else INK if count else QUIET
        size, weight = (17, 700) if count else (13, 400)
        middle = x + wide / 2, y + high / 2 + (6 if count else 5)
        drawing.text(*middle, number(count), anchor="middle", size=size, weight=weight, fill=ink)

    def table(self) -> DataTable:
        head = (_("Start ↓ nu →"), *(str(index + 1) for index in range(len(self.rungs))))
        rows = tuple(
            (
                f"{index + 1} {name}",
                *(not_shown() if count is None else number(count) for count in self.counts[index]),
            )
            for index, name in enumerate(self.rungs)
        )
        return DataTable(self.title, head, rows)


@dataclass(frozen=True)
class People:
    """A crowd of dots of which some are filled: 27 of 50. Above `most`, one dot stands for several people."""

    id: str
    title: str
    description: str
    total: int
    filled: int
    width: float = WIDTH
    most: int = 100
    per_row: int = 10

    def draw(self) -> Drawing:
        each = self.people_per_dot
        dots, full = -(-self.total // each), round(self.filled / each)
        cell = self.width / self.per_row
        rows = max(1, -(-dots // self.per_row))
        drawing = Drawing(self.width, rows * cell + (24 if each > 1 else 0))
        for index in range(dots):
            x, y = (index % self.per_row + 0.5) * cell, (index // self.per_row + 0.5) * cell
            on = index < full
            drawing.dot(x, y, cell * 0.36, TERRACOTTA if on else PAPER, TERRACOTTA if on else QUIET)
        if each > 1:
            drawing.text(
                0, rows * cell + 18, _("één stip is %(n)s mensen") % {"n": each}, fill=QUIET, size=14
            )
        return drawing

    @property
    def people_per_dot(self) -> int:
        for each in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000):
            if self.total <= each * self.most:
                return each
        return -(-self.total // self.most)

    def table(self) -> DataTable:
        rows = ((_("Alle mensen"), number(self.total)), (_("Daarvan"), number(self.filled)))
        return DataTable(self.title, (_("Wie"), _("Mensen")), rows)


__all__ = ["LadderMatrix", "People"]
