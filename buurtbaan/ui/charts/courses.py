"""How something goes over time on a short scale with words, one strip for each matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.ui.charts.base import GRID, QUIET, TEAL, WIDTH, DataTable, Drawing

STRIP, HEAD, STEP = 24.0, 26.0, 11.0
"""Room between strips, above one for its name, and between two steps of the scale."""


@dataclass(frozen=True)
class Point:
    """A step of the scale on a day, and its word; `short` stands in the drawing where the word is long."""

    on: date
    step: int
    word: str
    short: str = ""


@dataclass(frozen=True)
class Course:
    """One matter: its name, and its points from old to new; a day without an answer has none."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Courses:
    """Strips over one axis of time, each on its own scale of `steps`; going down has no colour of its own."""

    id: str
    title: str
    description: str
    courses: tuple[Course, ...]
    steps: int = 5
    width: float = WIDTH

    @property
    def height(self) -> float:
        return len(self.courses) * self._strip + 26

    @property
    def _strip(self) -> float:
        return HEAD + (self.steps - 1) * STEP + STRIP

    @property
    def days(self) -> list[date]:
        """Every day on which anything was said."""
        return sorted({point.on for course in self.courses for point in course.points})

    def draw(self) -> Drawing:
        drawing = Drawing(self.width, self.height)
        days = self.days
        for number, course in enumerate(self.courses):
            self._draw(drawing, course, number * self._strip, days)
        if days:
            drawing.text(1, self.height - 6, date_format(days[0], "M Y"), fill=QUIET, size=14)
        if len(days) > 1:
            last = date_format(days[-1], "M Y")
            drawing.text(self.width - 1, self.height - 6, last, anchor="end", fill=QUIET, size=14)
        return drawing

    def _draw(self, drawing: Drawing, course: Course, top: float, days: list[date]) -> None:
        floor = top + HEAD + (self.steps - 1) * STEP
        drawing.text(1, top + 14, course.label, weight=700)
        if course.points:
            now = course.points[-1]
            drawing.text(self.width - 1, top + 14, now.short or now.word, anchor="end", fill=QUIET)
        for step in range(self.steps):
            y = floor - step * STEP
            drawing.line(1, y, self.width - 1, y, stroke=QUIET if step == 0 else GRID)
        first, last = (days[0].toordinal(), days[-1].toordinal()) if days else (0, 0)
        across = (self.width - 18) / ((last - first) or 1)
        spots = [
            (9 + (point.on.toordinal() - first) * across, floor - (point.step - 1) * STEP)
            for point in course.points
        ]
        if len(spots) > 1:
            drawing.path(spots, stroke=TEAL, width=2.5)
        for x, y in spots:
            drawing.dot(x, y, 5, TEAL)

    def table(self) -> DataTable:
        said = {(course.label, point.on): point.word for course in self.courses for point in course.points}
        rows = tuple(
            (date_format(day, "j F Y"), *(said.get((course.label, day), "–") for course in self.courses))
            for day in reversed(self.days)
        )
        return DataTable(self.title, (_("Wanneer"), *(course.label for course in self.courses)), rows)
