"""One row while it is being read: takes values by column name and gathers what is wrong with them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from matching.workbook.columns import Sheet, column_of
from matching.workbook.errors import ValueProblem
from matching.workbook.headers import Header
from matching.workbook.values import (
    Birth,
    Cell,
    Day,
    PersonName,
    Precision,
    parse_birth,
    parse_day,
    parse_name,
)
from matching.workbook.values.text import holds_bsn

SHOWN = 80  # signs of a value that are shown again
HIDDEN = "•••"

Value = TypeVar("Value")


_KEPT_AS_TEXT = ("'=", "'+", "'-", "'@")
"""How our own exports keep a text from being taken for a formula; the sign in front is not part of the text."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where; row 0 is the whole sheet.

    `value` is cut short and never shows what may be a BSN.
    """

    sheet: str
    row: int
    column: str
    value: str
    reason: str


@dataclass(slots=True)
class Cells:
    """The cells of one row. `notes` say how something was read that could be read in two ways."""

    sheet: Sheet
    name: str
    header: Header
    row: int
    values: tuple[Cell, ...]
    today: date
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def raw(self, name: str) -> Cell:
        """The cell as Excel stored it; None when the sheet has no such column."""
        index = self.header.columns.get(name)
        cell = None if index is None or index >= len(self.values) else self.values[index]
        return cell[1:] if isinstance(cell, str) and cell.startswith(_KEPT_AS_TEXT) else cell

    def take(self, name: str, parse: Callable[..., Value | None], **options: Any) -> Value | None:
        """The value, or None when the cell is empty or wrong; a wrong one is named."""
        cell = self.raw(name)
        if cell is None:
            return None
        try:
            return parse(cell, **options)
        except ValueProblem as problem:
            self.fault(name, problem.reason, hide=problem.hide)
            return None

    def need(self, name: str, parse: Callable[..., Value | None], **options: Any) -> Value | None:
        """As `take`; an empty cell is named too."""
        before = len(self.problems)
        value = self.take(name, parse, **options)
        if value is None and len(self.problems) == before:
            self.fault(name, _("Deze cel is leeg. Vul hem in."))
        return value

    def day(self, name: str, *, need: bool = False, latest: date | None = None) -> date | None:
        """A date; when only the month was given, the first of it, with a note."""
        read = self.need if need else self.take
        found: Day | None = read(name, parse_day, today=self.today, latest=latest)
        if found is None:
            return None
        if found.precision is Precision.MONTH:
            day = f"{found.on.day}-{found.on.month}-{found.on.year}"
            self.note(name, _("Gelezen als %(day)s.") % {"day": day})
        return found.on

    def person(self) -> tuple[PersonName | None, Birth | None]:
        """Name and birth, from whichever columns the sheet has."""
        birth = self.take("birth", parse_birth, today=self.today)
        if birth is None and not self.problems:
            birth = self.take("birth_year", parse_birth, today=self.today)
        return self._person_name(), birth

    def _person_name(self) -> PersonName | None:
        column = "first_name" if "first_name" in self.header.columns else "full_name"
        parts = {"first": "first_name", "prefix": "infix", "last": "last_name", "full": "full_name"}
        try:
            name = parse_name(**{part: self.raw(source) for part, source in parts.items()})
        except ValueProblem as problem:
            self.fault(self._wrong_part(column), problem.reason, hide=problem.hide)
            return None
        if name is None:
            self.fault(column, _("De naam ontbreekt."))
        return name

    def _wrong_part(self, column: str) -> str:
        """Which of the name's columns cannot be read by itself."""
        for part, source in {"first": "first_name", "prefix": "infix", "last": "last_name"}.items():
            try:
                parse_name(**{"first": "Naam", part: self.raw(source)})
            except ValueProblem:
                return source
        return column

    def fault(self, name: str, reason: str, *, hide: bool = False) -> None:
        """Name what is wrong in one column of this row."""
        self.problems.append(self._problem(name, reason, hide=hide))

    def note(self, name: str, reason: str) -> None:
        """Say how a value was read."""
        self.notes.append(self._problem(name, reason))

    def _problem(self, name: str, reason: str, *, hide: bool = False) -> Problem:
        label = self.header.labels.get(name) or column_of(self.sheet, name).header
        return Problem(self.name, self.row, label, HIDDEN if hide else shown(self.raw(name)), reason)


def _as_typed(cell: Cell) -> str:
    """A cell about as Excel shows it."""
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return f"{cell.day}-{cell.month}-{cell.year}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def shown(cell: Cell) -> str:
    """A cell as it may be shown again: one line, cut short, without what may be a BSN."""
    text = " ".join(_as_typed(cell).split())
    text = "".join(char for char in text if char.isprintable())
    if holds_bsn(text) or (len(text) == 8 and holds_bsn(f"0{text}")):
        return HIDDEN
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
