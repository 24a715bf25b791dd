"""Opens a workbook and streams its rows; memory does not grow with the number of rows.

Only stored values are read: a formula counts as what Excel last made of it, links are not followed.
"""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from matching.workbook.container import as_refusal, check_container, damaged
from matching.workbook.errors import WorkbookRefused
from matching.workbook.merges import Filler, Merge, scan
from matching.workbook.values.text import Cell

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MOST_ROWS = 50_000  # filled rows on one sheet
LAST_ROW = 1_048_576  # Excel's own limit
MOST_COLUMNS = 256
MOST_SHEETS = 100
_BATCH = 500

Numbered = tuple[int, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One worksheet: its rows as plain values with Excel's row numbers; empty rows left out."""

    name: str
    worksheet: Any  # openpyxl's ReadOnlyWorksheet, which its type stubs describe as an ordinary one
    merges: tuple[Merge, ...]
    size: int  # rows, about

    def rows(self, *, columns: int | None = None, after: int = 0) -> Iterator[Numbered]:
        """Filled rows below row `after`, `columns` wide or as wide as they are, merges filled down."""
        filler = Filler(deque(self.merges))
        filled = 0
        for number, row in _numbered(self.worksheet, columns):
            if _is_empty(row):
                continue
            row = filler.fill(number, row[:MOST_COLUMNS]) if self.merges else row[:MOST_COLUMNS]
            if number <= after:
                continue
            filled += 1
            if filled > MOST_ROWS:
                raise WorkbookRefused(
                    _("Tabblad %(sheet)s heeft meer dan %(n)s rijen. Verdeel het over meer bestanden.")
                    % {"sheet": self.name, "n": MOST_ROWS}
                )
            yield number, row


def _is_empty(row: tuple[Cell, ...]) -> bool:
    if row.count(None) == len(row):
        return True
    return not any(value is not None and (not isinstance(value, str) or value.strip()) for value in row)


@contextmanager
def open_workbook(source: str | Path | IO[bytes]) -> Iterator[list[RawSheet]]:
    """The worksheets of an XLSX, from a path or an open binary file; raises WorkbookRefused."""
    if isinstance(source, str | Path):
        with _open(source) as opened, open_workbook(opened) as sheets:
            yield sheets
        return
    check_container(source)
    book = _load(source)
    try:
        yield _sheets(book)
    finally:
        book.close()


def _open(path: str | Path) -> IO[bytes]:
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise WorkbookRefused(_("Dit bestand is niet te vinden of niet te openen.")) from error


def _load(source: IO[bytes]) -> Workbook:
    from openpyxl import load_workbook  # half a second that only who reads a workbook should wait

    with _quiet(), as_refusal():
        return load_workbook(source, read_only=True, data_only=True, keep_links=False)


def _sheets(book: Workbook) -> list[RawSheet]:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    with as_refusal():
        sheets: list[Any] = [sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
        if len(sheets) > MOST_SHEETS:
            raise WorkbookRefused(
                _("Dit bestand heeft te veel tabbladen: hooguit %(n)s.") % {"n": MOST_SHEETS}
            )
        found = []
        for sheet in sheets:
            with sheet._get_source() as part:
                merges, size = scan(part)
            found.append(RawSheet(sheet.title, sheet, tuple(merges), size))
        return found


def _numbered(sheet: Any, columns: int | None) -> Iterator[Numbered]:
    """Every row up to the last one written, whatever the sheet claims about its own size."""
    with as_refusal():
        sheet.reset_dimensions()
        rows = iter(sheet.iter_rows(max_col=columns, values_only=True))
    number = 0
    while batch := _next(rows):
        for row in batch:
            number += 1
            if number > LAST_ROW:
                raise WorkbookRefused(damaged())
            yield number, row


def _next(rows: Iterator[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    with _quiet(), as_refusal():
        return list(islice(rows, _BATCH))


@contextmanager
def _quiet() -> Iterator[None]:
    """openpyxl warns about looks it does not know and dates out of range: no concern, or named later."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
