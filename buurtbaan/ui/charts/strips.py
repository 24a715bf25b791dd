"""Where one lies between others: everybody's range, the middle, and oneself."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from buurtbaan.ui.charts.base import GRID, INK, QUIET, TEAL, TERRACOTTA, WIDTH, DataTable, Drawing, width_of

LEFT, RIGHT, LINE = 8.0, 16.0, 46.0


@dataclass(frozen=True)
class Strip:
    """Percents on a line from 0 to 100: from the lowest to the highest of the others, their middle, and the own one."""

    id: str
    title: str
    description: str
    low: int
    middle: int
    high: int
    own: int | None
    width: float = WIDTH

    def draw(self) -> Drawing:
        drawing = Drawing(self.width, 84)
        drawing.rect(self._x(0), LINE - 4, self._x(100) - self._x(0), 8, GRID)
        drawing.rect(self._x(self.low), LINE - 7, max(self._x(self.high) - self._x(self.low), 4), 14, "soft")
        drawing.line(self._x(self.middle), LINE - 12, self._x(self.middle), LINE + 12, stroke=INK, width=3)
        self._say(drawing, self.middle, _("midden %(n)s%%") % {"n": self.middle}, LINE + 30, QUIET)
        if self.own is not None:
            drawing.dot(
                self._x(self.own), LINE, 9, "terracotta", stroke=TEAL if self.own == self.middle else ""
            )
            self._say(drawing, self.own, _("wij %(n)s%%") % {"n": self.own}, LINE - 20, TERRACOTTA, 700)
        return drawing

    def _x(self, percent: int) -> float:
        return LEFT + (self.width - LEFT - RIGHT) * percent / 100

    def _say(self, drawing: Drawing, at: int, words: str, y: float, fill: str, weight: int = 400) -> None:
        """Words centred under or above their place, kept on the paper."""
        half = width_of(words) / 2 + 2
        x = min(max(self._x(at), half), self.width - half)
        drawing.text(x, y, words, anchor="middle", weight=weight, fill=fill)

    def table(self) -> DataTable:
        own = "" if self.own is None else f"{self.own}%"
        rows = (
            (_("Wij"), own),
            (_("Laagste van de anderen"), f"{self.low}%"),
            (_("Midden van de anderen"), f"{self.middle}%"),
            (_("Hoogste van de anderen"), f"{self.high}%"),
        )
        return DataTable(self.title, (_("Wie"), _("Procent")), rows)
