"""How a count grows towards a target: steps of what was reached, and the straight line to what was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.ui.charts.base import GRID, INK, QUIET, TEAL, TERRACOTTA, WIDTH, DataTable, Drawing, width_of

LEFT, TOP, FLOOR = 30.0, 26.0, 150.0
ROWS = 12
"""Days in the table at most; the others lie between them."""


@dataclass(frozen=True)
class TargetLine:
    """A staircase of what was reached over a straight line to the target.

    points: days on which the count went up, with the count so far. today: how far is known. forecast: where it ends
    if things go on as they did; None where nobody can say.
    """

    id: str
    title: str
    description: str
    since: date
    until: date
    today: date
    points: tuple[tuple[date, int], ...]
    target: int | None
    forecast: int | None = None
    width: float = WIDTH

    @property
    def reached(self) -> int:
        return self.points[-1][1] if self.points else 0

    @property
    def last(self) -> date:
        """The last day that is known."""
        return min(max(self.today, self.since), self.until)

    def draw(self) -> Drawing:
        drawing = Drawing(self.width, FLOOR + 30)
        most = max(self.target or 0, self.reached, self.forecast or 0, 1)
        self._frame(drawing, most)
        if self.target:
            drawing.path(
                [self._at(self.since, 0, most), self._at(self.until, self.target, most)], stroke=QUIET
            )
            self._name(drawing, self.until, self.target, most, _("doel %(n)s") % {"n": self.target}, QUIET)
        stairs = [self._at(self.since, 0, most)]
        count = 0
        for day, so_far in self.points:
            stairs += [self._at(day, count, most), self._at(day, so_far, most)]
            count = so_far
        end = self._at(self.last, count, most)
        drawing.path([*stairs, end], stroke=TEAL, width=3)
        if self.forecast is not None and self.last < self.until:
            drawing.path([end, self._at(self.until, self.forecast, most)], stroke=TERRACOTTA, width=2)
            drawing.dot(*self._at(self.until, self.forecast, most), 4, TERRACOTTA)
        drawing.dot(*end, 5, TEAL)
        drawing.text(end[0], max(end[1] - 10, 14), str(count), anchor="middle", weight=700)
        return drawing

    def _frame(self, drawing: Drawing, most: int) -> None:
        drawing.line(LEFT, FLOOR, self.width, FLOOR, stroke=QUIET)
        drawing.line(LEFT, TOP, self.width, TOP, stroke=GRID)
        drawing.text(LEFT - 6, FLOOR + 4, "0", anchor="end", fill=QUIET, size=13)
        drawing.text(LEFT - 6, TOP + 4, str(most), anchor="end", fill=QUIET, size=13)
        drawing.text(LEFT, FLOOR + 20, date_format(self.since, "j b Y"), fill=QUIET, size=13)
        drawing.text(
            self.width, FLOOR + 20, date_format(self.until, "j b Y"), anchor="end", fill=QUIET, size=13
        )

    def _name(self, drawing: Drawing, day: date, count: int, most: int, words: str, fill: str) -> None:
        x, y = self._at(day, count, most)
        under = max(self.reached, self.forecast or 0) >= count
        drawing.text(x, y + 18 if under else max(y - 8, 14), words, anchor="end", fill=fill or INK, size=13)

    def _at(self, day: date, count: int, most: int) -> tuple[float, float]:
        whole = max((self.until - self.since).days, 1)
        passed = min(max((day - self.since).days, 0), whole)
        room = self.width - LEFT - max(width_of(str(most), 13) / 2, 6)
        return LEFT + room * passed / whole, FLOOR - (FLOOR - TOP) * count / most

    def table(self) -> DataTable:
        step = max(1, -(-len(self.points) // ROWS))
        shown = [*self.points[::-1][::step]][::-1]
        rows = tuple((date_format(day, "j F Y"), str(count), self._line(day)) for day, count in shown)
        if self.forecast is not None:
            rows = (*rows, (_("Verwacht op %(day)s") % {"day": date_format(self.until, "j F Y")},
                            str(self.forecast), str(self.target or "–")))  # fmt: skip
        return DataTable(self.title, (_("Wanneer"), _("Bereikt"), _("Afgesproken lijn")), rows)

    def _line(self, day: date) -> str:
        if not self.target:
            return "–"
        whole = (self.until - self.since).days + 1
        return str(round(self.target * ((day - self.since).days + 1) / whole))
