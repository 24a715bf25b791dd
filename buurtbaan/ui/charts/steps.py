"""Things that change over time in steps: the staircase of hours, and how long work lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.ui.charts.base import (
    GRID,
    INK,
    QUIET,
    TEAL,
    WIDTH,
    DataTable,
    Drawing,
    lines_of,
    not_shown,
    width_of,
)
from buurtbaan.ui.formats import hours as hours_words
from buurtbaan.ui.formats import number

BASE = 30.0
"""Room under the axis for its words."""
LEGEND = 20.0
"""The height of a line that says who stands under a number."""
Box = tuple[float, float, float]
"""Words on the paper: where they begin and end, and the line they stand on."""


@dataclass(frozen=True)
class Tread:
    """One level of the staircase: from `starts` to `ends` on any scale, at so many hours a week; `place` says where."""

    starts: float
    ends: float
    hours: Decimal | None
    label: str = ""
    place: str = ""


@dataclass(frozen=True)
class Part:
    """A piece of the path that has a name of its own, such as one employer; `when` tells its days."""

    name: str
    starts: float
    ends: float
    when: str = ""


@dataclass(frozen=True)
class Staircase:
    """Hours a week over time. A step back has the colour of every other step: it is not an error.

    parts: two or more pieces with names, numbered under the axis; legend: whether the drawing says what the numbers
    mean, or the page does. today: where today lies, if steps are planned beyond it.
    """

    id: str
    title: str
    description: str
    treads: tuple[Tread, ...]
    first: str = ""
    last: str = ""
    label: str = ""
    width: float = WIDTH
    height: float = 220.0
    parts: tuple[Part, ...] = ()
    legend: bool = True
    today: float | None = None

    def draw(self) -> Drawing:
        legend = self._legend()
        more = LEGEND * (len(legend) + 1) + 8 if len(self.parts) > 1 else 0
        drawing = Drawing(self.width, self.height + more)
        known = [tread for tread in self.treads if tread.hours is not None]
        if not known:
            drawing.text(0, 20, not_shown(), fill=QUIET)
            return drawing
        floor = self.height - BASE
        flats = self._flats(known, floor)
        for left, right, y in flats:
            drawing.rect(left, y, right - left + 0.4, floor - y, "soft")
        self._outline(drawing, flats, floor)
        drawing.line(0, floor, self.width, floor, stroke=QUIET)
        taken = self._today_word(drawing, known)
        self._numbers(drawing, known, flats, taken)
        self._today_line(drawing, known, floor, taken)
        drawing.text(1, self.height - 9, self.first, fill=QUIET)
        drawing.text(self.width - 1, self.height - 9, self.last, anchor="end", fill=QUIET)
        self._parts(drawing, known, legend)
        return drawing

    def _across(self, known: list[Tread]) -> Callable[[float], float]:
        low, high = known[0].starts, max(tread.ends for tread in known)
        scale = (self.width - 2) / ((high - low) or 1)
        return lambda at: (at - low) * scale + 1

    def _flats(self, known: list[Tread], floor: float) -> list[tuple[float, float, float]]:
        """Left, right and height of each tread on the paper."""
        at = self._across(known)
        most = max(float(tread.hours or 0) for tread in known) or 1.0
        up = (floor - (34 if self.today is None else 52)) / most
        return [(at(t.starts), at(t.ends), floor - up * float(t.hours or 0)) for t in known]

    def _outline(self, drawing: Drawing, flats: list[tuple[float, float, float]], floor: float) -> None:
        """One line over treads that touch; where work paused there is none."""
        line: list[tuple[float, float]] = []
        for left, right, y in flats:
            if line and left - line[-1][0] > 1:
                drawing.path(line, stroke=TEAL, width=3)
                line = []
            line += [(left, y), (right, y)]
        drawing.path(line, stroke=TEAL, width=3)

    def _today_word(self, drawing: Drawing, known: list[Tread]) -> list[Box]:
        """The word at the top, on the side of the line with most room; gives the place that it takes."""
        if self.today is None:
            return []
        x, word = self._across(known)(self.today), _("vandaag")
        before = x > self.width / 2
        drawing.text(
            x - 5 if before else x + 5, 14, word, anchor="end" if before else "", size=13, fill=QUIET
        )
        long = width_of(word, 13) + 5
        return [(x - long, x, 14) if before else (x, x + long, 14)]

    def _today_line(self, drawing: Drawing, known: list[Tread], floor: float, taken: list[Box]) -> None:
        """From the word down to the axis, but not through a number."""
        if self.today is None:
            return
        x, top = self._across(known)(self.today), 4.0
        crossed = sorted(base for left, right, base in taken[1:] if left - 3 < x < right + 3)
        for base in crossed:
            if base - 18 > top:
                drawing.line(x, top, x, base - 18, stroke=QUIET)
            top = base + 5
        drawing.line(x, top, x, floor, stroke=QUIET)

    def _numbers(
        self, drawing: Drawing, known: list[Tread], flats: list[tuple[float, float, float]], taken: list[Box]
    ) -> None:
        """The hours over each tread; a number that has no room goes up a line, or is left to the table.

        What holds last is what people look for first, so that number takes its place before the others.
        """
        found: dict[int, tuple[float, float]] = {}
        for at in (len(known) - 1, *range(len(known) - 1)):
            left, right, y = flats[at]
            half = width_of(number(known[at].hours or 0), 18) / 2
            middle = min(max(self._beside_today(known, left, right, half), half), self.width - half)
            for base in (y - 8, y - 27, y - 46):
                clear = all(abs(base - b) > 17 or middle + half < a or middle - half > c for a, c, b in taken)
                if clear and base > 12:
                    found[at] = middle, base
                    taken.append((middle - half, middle + half, base))
                    break
        for at, (middle, base) in sorted(found.items()):
            text = number(known[at].hours or 0)
            drawing.text(middle, base, text, anchor="middle", size=18, weight=700)
        left, right, y = flats[0]
        if right - left > width_of(_("uur")) + 4:
            middle = found[0][0] if 0 in found else (left + right) / 2
            drawing.text(middle, y + 20, _("uur"), anchor="middle", fill=INK)

    def _beside_today(self, known: list[Tread], left: float, right: float, half: float) -> float:
        """The middle of a tread, or of the longer part of it beside the line of today."""
        middle = (left + right) / 2
        line = self._across(known)(self.today) if self.today is not None else None
        if line is None or abs(middle - line) >= half + 3:
            return middle
        return (left + line) / 2 if line - left > right - line else (line + right) / 2

    def _legend(self) -> list[str]:
        """Who stands under which number, in lines that fit on a phone."""
        if len(self.parts) < 2 or not self.legend:
            return []
        lines: list[str] = []
        for place, part in enumerate(self.parts, 1):
            lines += lines_of(
                f"{place}. {part.name}, {part.when}" if part.when else f"{place}. {part.name}", self.width
            )
        return lines

    def _parts(self, drawing: Drawing, known: list[Tread], legend: list[str]) -> None:
        """Under the axis a bracket and a number for each part, and below it what the numbers mean."""
        if len(self.parts) < 2:
            return
        at, top = self._across(known), self.height + 2
        for place, part in enumerate(self.parts, 1):
            left, right = at(part.starts) + 1, at(part.ends) - 1
            drawing.path([(left, top - 4), (left, top), (right, top), (right, top - 4)], stroke=QUIET)
            drawing.text((left + right) / 2, top + 17, str(place), anchor="middle", weight=700)
        for line, text in enumerate(legend, 1):
            drawing.text(1, top + 19 + LEGEND * line, text)

    def table(self) -> DataTable:
        several = len(self.parts) > 1
        rows = tuple(
            (
                tread.label,
                *((tread.place,) if several else ()),
                not_shown() if tread.hours is None else hours_words(tread.hours),
            )
            for tread in self.treads
        )
        columns = (self.label or _("Periode"), *((_("Bij"),) if several else ()), _("Uren per week"))
        return DataTable(self.title, columns, rows)


Levels = Iterable[tuple[date, date | None, Decimal]]
"""Hours steps of one placement: first day, last day (None while it lasts), hours a week."""


def staircase(steps: Levels, *, chart_id: str, title: str, until: date, description: str = "") -> Staircase:
    """The staircase of one placement from its hours steps."""
    drawn = path_chart([("", steps)], chart_id=chart_id, title=title, until=until)
    return replace(drawn, description=description) if description else drawn


def path_chart(
    parts: Iterable[tuple[str, Levels]], *, chart_id: str, title: str, until: date, today: date | None = None
) -> Staircase:
    """The staircase across work that went on, employer by employer, up to `until`."""
    treads: list[Tread] = []
    pieces: list[Part] = []
    for name, steps in parts:
        mine = [
            _tread(starts, ends or until, hours, open_end=ends is None, place=name)
            for starts, ends, hours in sorted(steps, key=lambda step: step[0])
        ]
        if mine:
            first, last = date.fromordinal(int(mine[0].starts)), date.fromordinal(int(mine[-1].ends) - 1)
            when = f"{date_format(first, 'j b Y')} – {date_format(last, 'j b Y')}"
            pieces.append(Part(name, mine[0].starts, mine[-1].ends, when))
            treads += mine
    words = ", ".join(number(tread.hours or 0) for tread in treads)
    return Staircase(
        id=chart_id,
        title=title,
        description=_("Uren per week, stap voor stap: %(hours)s.") % {"hours": words},
        treads=tuple(treads),
        first=date_format(date.fromordinal(int(treads[0].starts)), "j b Y") if treads else "",
        last=date_format(date.fromordinal(int(treads[-1].ends) - 1), "j b Y") if treads else "",
        parts=tuple(pieces) if len(pieces) > 1 else (),
        today=float(today.toordinal())
        if today and treads and treads[-1].ends > today.toordinal() + 1
        else None,
    )


def _tread(starts: date, ends: date, hours: Decimal, *, open_end: bool, place: str = "") -> Tread:
    begin = date_format(starts, "j F Y")
    label = _("vanaf %(day)s") % {"day": begin} if open_end else f"{begin} – {date_format(ends, 'j F Y')}"
    return Tread(starts.toordinal(), max(ends.toordinal(), starts.toordinal()) + 1, hours, label, place)


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
