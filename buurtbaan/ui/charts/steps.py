"""Things that change over time in steps: the staircase of hours, and how long work lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.ui.charts.base import GRID, INK, QUIET, TEAL, WIDTH, DataTable, Drawing, not_shown, width_of
from buurtbaan.ui.formats import hours as hours_words
from buurtbaan.ui.formats import number

BASE = 30.0
"""Room under the axis for its words."""


@dataclass(frozen=True)
class Tread:
    """One level of the staircase: from `starts` to `ends` on any scale, at so many hours a week."""

    starts: float
    ends: float
    hours: Decimal | None
    label: str = ""


@dataclass(frozen=True)
class Staircase:
    """Hours a week over time. A step back has the colour of every other step: it is not an error."""

    id: str
    title: str
    description: str
    treads: tuple[Tread, ...]
    first: str = ""
    last: str = ""
    label: str = ""
    width: float = WIDTH
    height: float = 220.0

    def draw(self) -> Drawing:
        drawing = Drawing(self.width, self.height)
        known = [tread for tread in self.treads if tread.hours is not None]
        if not known:
            drawing.text(0, 20, not_shown(), fill=QUIET)
            return drawing
        floor = self.height - BASE
        flats = self._flats(known, floor)
        outline = [point for left, right, y in flats for point in ((left, y), (right, y))]
        drawing.path([(1, floor), *outline, (outline[-1][0], floor)], fill="soft")
        drawing.path(outline, stroke=TEAL, width=3)
        drawing.line(0, floor, self.width, floor, stroke=QUIET)
        for tread, (left, right, y) in zip(known, flats, strict=True):
            self._number(drawing, tread, left, right, y, with_unit=tread is known[0])
        drawing.text(1, self.height - 9, self.first, fill=QUIET)
        drawing.text(self.width - 1, self.height - 9, self.last, anchor="end", fill=QUIET)
        return drawing

    def _flats(self, known: list[Tread], floor: float) -> list[tuple[float, float, float]]:
        """Left, right and height of each tread on the paper."""
        low, high = known[0].starts, max(tread.ends for tread in known)
        most = max(float(tread.hours or 0) for tread in known) or 1.0
        across, up = (self.width - 2) / ((high - low) or 1), (floor - 30) / most
        return [
            ((t.starts - low) * across + 1, (t.ends - low) * across + 1, floor - up * float(t.hours or 0))
            for t in known
        ]

    def _number(
        self, drawing: Drawing, tread: Tread, left: float, right: float, y: float, *, with_unit: bool
    ) -> None:
        text = number(tread.hours or 0)
        half = width_of(text, 18) / 2
        middle = min(max((left + right) / 2, half), self.width - half)
        drawing.text(middle, y - 8, text, anchor="middle", size=18, weight=700)
        if with_unit and right - left > width_of(_("uur")) + 4:
            drawing.text(middle, y + 20, _("uur"), anchor="middle", fill=INK)

    def table(self) -> DataTable:
        rows = tuple(
            (tread.label, not_shown() if tread.hours is None else hours_words(tread.hours))
            for tread in self.treads
        )
        return DataTable(self.title, (self.label or _("Periode"), _("Uren per week")), rows)


def staircase(
    steps: Iterable[tuple[date, date | None, Decimal]],
    *,
    chart_id: str,
    title: str,
    until: date,
    description: str = "",
) -> Staircase:
    """The staircase of one placement from its hours steps (`ends` inclusive, None while it lasts)."""
    ordered = sorted(steps, key=lambda step: step[0])
    treads = tuple(
        _tread(starts, ends or until, hours, open_end=ends is None) for starts, ends, hours in ordered
    )
    words = ", ".join(number(tread.hours or 0) for tread in treads)
    return Staircase(
        id=chart_id,
        title=title,
        description=description or _("Uren per week, stap voor stap: %(hours)s.") % {"hours": words},
        treads=treads,
        first=date_format(ordered[0][0], "j b Y") if ordered else "",
        last=date_format(date.fromordinal(int(treads[-1].ends) - 1), "j b Y") if ordered else "",
    )


def _tread(starts: date, ends: date, hours: Decimal, *, open_end: bool) -> Tread:
    begin = date_format(starts, "j F Y")
    label = _("vanaf %(day)s") % {"day": begin} if open_end else f"{begin} – {date_format(ends, 'j F Y')}"
    return Tread(starts.toordinal(), max(ends.toordinal(), starts.toordinal()) + 1, hours, label)


@dataclass(frozen=True)
class Mark:
    """Of the people who could be followed for `week` weeks, the share still at work; None is not shown."""

    week: int
    followed: int | None
    still: int | None

    @property
    def share(self) -> float | None:
        return self.still / self.followed if self.followed and self.still is not None else None

    @property
    def words(self) -> str:
        return _("nog te vroeg") if self.followed == 0 else not_shown()


@dataclass(frozen=True)
class Survival:
    """How many of those who began are still at work, by week, in steps; a count not shown leaves no step."""

    id: str
    title: str
    description: str
    marks: tuple[Mark, ...]
    weeks: int = 52
    width: float = WIDTH
    height: float = 250.0

    def draw(self) -> Drawing:
        drawing = Drawing(self.width, self.height)
        left, floor, top = 46.0, self.height - 44, 22.0

        def at(week: float, share: float) -> tuple[float, float]:
            return left + (self.width - left - 26) * week / self.weeks, floor - (floor - top) * share

        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            drawing.line(
                left, at(0, share)[1], self.width - 26, at(0, share)[1], stroke=GRID if share else QUIET
            )
            if share in (0.0, 0.5, 1.0):
                drawing.text(
                    left - 8, at(0, share)[1] + 5, f"{int(share * 100)}%", anchor="end", fill=QUIET, size=14
                )
        for mark in self.marks:
            drawing.text(
                at(mark.week, 0)[0], floor + 19, str(mark.week), anchor="middle", fill=QUIET, size=14
            )
        drawing.text(self.width - 26, floor + 38, _("weken na de start"), anchor="end", fill=QUIET, size=14)
        self._steps(drawing, at)
        return drawing

    def _steps(self, drawing: Drawing, at: Callable[[float, float], tuple[float, float]]) -> None:
        week, share = 0, 1.0
        drawing.dot(at(0, 1.0)[0], at(0, 1.0)[1], 4.5, TEAL)
        for index, mark in enumerate(self.marks):
            if mark.share is None:
                continue
            drawing.path(
                [at(week, share), at(mark.week, share), at(mark.week, mark.share)], stroke=TEAL, width=3
            )
            week, share = mark.week, mark.share
            x, y = at(week, share)
            drawing.dot(x, y, 4.5, TEAL)
            drawing.text(
                x,
                y + 21 if index % 2 == 0 else y - 10,
                f"{round(share * 100)}%",
                anchor="middle",
                weight=700,
                size=15,
            )

    def table(self) -> DataTable:
        rows = tuple(
            (
                _("%(week)s weken") % {"week": mark.week},
                number(mark.followed) if mark.followed else mark.words,
                mark.words if mark.share is None else number(mark.still or 0),
                mark.words if mark.share is None else f"{round(mark.share * 100)}%",
            )
            for mark in self.marks
        )
        columns = (_("Na de start"), _("Gevolgd"), _("Nog aan het werk"), _("Aandeel"))
        return DataTable(self.title, columns, rows)
