"""Reads a workbook into typed rows with everything that is wrong with it; writes nothing, needs no database.

A row with one wrong cell is bad as a whole: it is named and does not go in. Half a person would mislead.
Rows stream by; only short keys of earlier rows are kept, to find the ones that come twice.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from matching.workbook.cells import Cells, Problem
from matching.workbook.columns import Sheet, column_of
from matching.workbook.doubles import Double, People, Person
from matching.workbook.errors import WorkbookRefused
from matching.workbook.headers import Header, LeftOut, find_header, missing_columns
from matching.workbook.reader import RawSheet, open_workbook
from matching.workbook.rows import HEAD, KEY, CandidateRow, Row, digest
from matching.workbook.sheet_rows import read_row
from matching.workbook.sheets import recognise

# On these sheets a row that says something else about the same is another one; elsewhere it is held back.
SEPARATE = frozenset({Sheet.CANDIDATES, Sheet.POSITIONS, Sheet.CONVERSATIONS})


@dataclass(slots=True)
class Tally:
    """Rows of one sheet: `same` said what an earlier row said, `held` something else about the same."""

    read: int = 0
    bad: int = 0
    same: int = 0
    held: int = 0
    doubles: int = 0


@dataclass(slots=True)
class Part:
    """A worksheet that was recognised."""

    sheet: Sheet
    raw: RawSheet
    header: Header | None
    unreadable: Problem | None = None


@dataclass(slots=True)
class Seen:
    """Earlier rows with one identity: what they said, and on which row."""

    contents: list[str] = field(default_factory=list)
    first_row: int = 0


class WorkbookStream:
    """A workbook of which the rows can be read once, sheet by sheet; what is wrong is gathered on the way."""

    def __init__(self, parts: list[Part], ignored: list[str], today: date) -> None:
        self.parts = parts
        self.ignored_sheets = ignored
        self.today = today
        self.left_out: list[LeftOut] = [
            left for part in parts if part.header for left in part.header.left_out
        ]
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.doubles: list[Double] = []
        self.tallies: dict[Sheet, Tally] = {part.sheet: Tally() for part in parts}
        self.bad_people: dict[str, int] = {}
        self.expected_rows = sum(part.raw.size for part in parts)
        self._people = People()
        self._seen: dict[str, Seen] = defaultdict(Seen)

    @property
    def sheets(self) -> list[Sheet]:
        """The sheets that are there, in the order of taking over."""
        return [sheet for sheet in Sheet if sheet in self.tallies]

    def label(self, sheet: Sheet, name: str, column: str) -> str:
        """What a column is called on the worksheet `name`."""
        headers = (part.header for part in self.parts if part.raw.name == name and part.header)
        return next(
            (header.labels[column] for header in headers if column in header.labels),
            column_of(sheet, column).header,
        )

    def has(self, name: str, column: str) -> bool:
        """Whether the worksheet `name` has a column."""
        return any(
            part.header and column in part.header.columns for part in self.parts if part.raw.name == name
        )

    def bad_row_of(self, name: str) -> int | None:
        """The row of Kandidaten with this name that could not be read."""
        return self.bad_people.get(_bare(name))

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """The good rows of a sheet, each with its key; rows that say the same come once."""
        for part in self.parts:
            if part.sheet is sheet:
                yield from self._rows(part)

    def _rows(self, part: Part) -> Iterator[Row]:
        tally = self.tallies[part.sheet]
        if part.unreadable or part.header is None:
            tally.bad += self._count(part, tally)
            return
        for number, values in part.raw.rows(columns=part.header.width, after=part.header.row):
            if part.header.repeats(values) or not _says_anything(part.header, values):
                continue
            tally.read += 1
            cells = Cells(part.sheet, part.raw.name, part.header, number, values, self.today)
            row = read_row(cells)
            if row is None:
                tally.bad += 1
                self.problems.extend(cells.problems)
                self._remember_bad(cells)
                continue
            self.notes.extend(cells.notes)
            if keyed := self._once(part, row, tally):
                yield keyed

    def _count(self, part: Part, tally: Tally) -> int:
        """Rows of a sheet that cannot be read: they count, so that nobody thinks they went in."""
        if part.unreadable:
            self.problems.append(part.unreadable)
        after = part.header.row if part.header else 0
        count = sum(1 for _row in part.raw.rows(columns=8, after=after))
        tally.read += count
        return count

    def _remember_bad(self, cells: Cells) -> None:
        if cells.sheet is Sheet.CANDIDATES:
            name = " ".join(
                str(cells.raw(c) or "") for c in ("first_name", "infix", "last_name", "full_name")
            )
            self.bad_people.setdefault(_bare(name), cells.row)

    def _once(self, part: Part, row: Row, tally: Tally) -> Row | None:
        """The row with its key; None when an earlier row said this, or something else about the same."""
        content = row.content()[: KEY - HEAD]
        seen = self._seen[row.identity()[:24]]
        if content in seen.contents:
            tally.same += 1
            return None
        seen.contents.append(content)
        if len(seen.contents) == 1:
            seen.first_row = row.row
        elif part.sheet not in SEPARATE:
            tally.held += 1
            self._held_back(part, row, seen, tally)
            return None
        if isinstance(row, CandidateRow):
            self._look_for_double(part, row, tally)
        return replace(
            row, sheet=part.raw.name, key=digest(row.identity(), len(seen.contents))[:HEAD] + content
        )

    def _held_back(self, part: Part, row: Row, seen: Seen, tally: Tally) -> None:
        tally.doubles += 1
        reason = _("Staat ook op rij %(row)s, met andere gegevens. Deze rij gaat niet mee.") % {
            "row": seen.first_row
        }
        self.doubles.append(Double(part.raw.name, row.row, row.label(), seen.first_row, row.label(), reason))

    def _look_for_double(self, part: Part, row: CandidateRow, tally: Tally) -> None:
        person = Person.of(row.name, row.birth, row.phone, row.email, row=row.row)
        if found := self._people.like(person):
            other, reason = found
            tally.doubles += 1
            self.doubles.append(Double(part.raw.name, row.row, row.label(), other.row, other.full, reason))
        self._people.add(person)


def _bare(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


def _says_anything(header: Header, values: tuple[object, ...]) -> bool:
    """Whether one of the columns that are read is filled; a row with remarks beside the table is no row."""
    return any(index < len(values) and values[index] not in (None, "") for index in header.columns.values())


@contextmanager
def stream_workbook(source: str | Path | IO[bytes], *, today: date) -> Iterator[WorkbookStream]:
    """Open a workbook for one reading; raises WorkbookRefused when nothing in it can be read."""
    with open_workbook(source) as raws:
        parts, ignored = [], []
        for raw in raws:
            sheet = recognise(raw.name)
            if sheet is None:
                ignored.append(raw.name)
            elif (part := _part(raw, sheet)) is not None:
                parts.append(part)
        if not parts and ignored:
            raise WorkbookRefused(_nothing_known(ignored))
        yield WorkbookStream(parts, ignored, today)


def _nothing_known(names: list[str]) -> str:
    known = ", ".join(sheet.value for sheet in Sheet)
    return _("Geen tabblad herkend. Gevonden: %(found)s. Geef een tabblad een van deze namen: %(known)s.") % {
        "found": ", ".join(names[:10])[:300],
        "known": known,
    }


def _part(raw: RawSheet, sheet: Sheet) -> Part | None:
    """The sheet with its header; None when it is empty."""
    header = find_header(raw, sheet)
    if header is None:
        if next(raw.rows(), None) is None:
            return Part(sheet, raw, None)
        reason = _("Geen rij met kolomkoppen gevonden in de eerste rijen.")
        return Part(sheet, raw, None, Problem(raw.name, 0, "", "", reason))
    missing = missing_columns(sheet, header)
    problem = None
    if missing:
        names = ", ".join(column.header for column in missing)
        reason = _("Deze kolom ontbreekt: %(names)s. Het tabblad is niet gelezen.") % {"names": names}
        problem = Problem(raw.name, header.row, names, "", reason)
    return Part(sheet, raw, header, problem)


@dataclass(slots=True)
class ParsedWorkbook:
    """Everything in a workbook at once, for small ones and for tests."""

    rows: dict[Sheet, list[Row]]
    problems: list[Problem]
    notes: list[Problem]
    doubles: list[Double]
    left_out: list[LeftOut]
    ignored_sheets: list[str]
    tallies: dict[Sheet, Tally]


def parse_workbook(source: str | Path | IO[bytes], *, today: date) -> ParsedWorkbook:
    """Read a whole workbook into memory; `stream_workbook` is for taking over."""
    with stream_workbook(source, today=today) as stream:
        rows = {sheet: list(stream.rows(sheet)) for sheet in stream.sheets}
        return ParsedWorkbook(
            rows,
            stream.problems,
            stream.notes,
            stream.doubles,
            stream.left_out,
            stream.ignored_sheets,
            stream.tallies,
        )
