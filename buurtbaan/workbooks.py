"""Writing workbooks for people to take along: plain sheets, nothing that a spreadsheet would run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import IO, Any, cast

import xlsxwriter
from django.http import FileResponse, HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "dd-mm-yyyy",
}


def book_response(book: IO[bytes] | bytes, name: str) -> HttpResponse:
    """A workbook to take along, never kept by what stands between; a file is sent as it is read, and closed after."""
    headers = {"Cache-Control": "no-store"}
    if isinstance(book, bytes):
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return HttpResponse(book, content_type=XLSX, headers=headers)
    book.seek(0)
    sent: Any = FileResponse(book, as_attachment=True, filename=name, content_type=XLSX, headers=headers)
    return cast(HttpResponse, sent)


def safe(text: str) -> str:
    """A text that a spreadsheet would take for a formula, once it is copied or saved as CSV, stays a text."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def new_book(file: IO[bytes]) -> Any:
    """A workbook that is written a row at a time."""
    return xlsxwriter.Workbook(file, OPTIONS)


def write_sheet(book: Any, name: str, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> int:
    """A sheet with its header; gives how many rows followed. Rows may be a stream."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    names = list(header)
    sheet.set_column(0, len(names) - 1, 18)
    write_row(sheet, 0, names, book.add_format({"bold": True}))
    count = 0
    for count, values in enumerate(rows, start=1):
        write_row(sheet, count, values)
    return count


def write_row(sheet: Any, number: int, values: Iterable[Any], look: Any = None) -> None:
    """Texts as texts, numbers as numbers, days as days; None is an empty cell."""
    for column, value in enumerate(values):
        if isinstance(value, str):
            sheet.write_string(number, column, safe(value), look)
        elif isinstance(value, date):
            sheet.write_datetime(number, column, value)
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(number, column, value)
