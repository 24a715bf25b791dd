"""The published figures as JSON, CSV and XLSX: the same numbers as on the page and in the PDF, and no others."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from impact.canonical import canonical
from impact.enums import DownloadKind
from impact.indicators import INDICATORS
from impact.publishing import LEAST

STATUS = {"shown": "", "hidden": "*", "none": ""}


def as_kind(published: dict[str, Any], kind: DownloadKind) -> bytes:
    """One form of a report other than the PDF. Raises ValueError for the PDF."""
    match kind:
        case DownloadKind.JSON:
            return as_json(published)
        case DownloadKind.CSV:
            return as_csv(published)
        case DownloadKind.XLSX:
            return as_xlsx(published)
    raise ValueError(kind)


def as_json(published: dict[str, Any]) -> bytes:
    """The canonical form, so that the same figures always give the same bytes."""
    return canonical(published)


def _lines(published: dict[str, Any]) -> Iterator[tuple[str, str, str, str, Any, str, str]]:
    """Table, row, column, figure's id, value, status and unit of every cell."""
    for table in published["tables"]:
        for (_code, row), cells in zip(table["rows"], table["cells"], strict=True):
            for (_key, column), name in zip(table["columns"], cells, strict=True):
                figure = published["figures"][name]
                yield table["title"], row, column, name, figure["value"], figure["status"], figure["unit"]


HEADER = ("table", "row", "column", "figure", "value", "status", "unit")


def as_csv(published: dict[str, Any]) -> bytes:
    """One line per cell, with a header; UTF-8 with a mark, so that spreadsheets read the letters right."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for line in _lines(published):
        writer.writerow([_safe(value) for value in line])
    return "\ufeff".encode() + out.getvalue().encode()


def _safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is made a text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def as_xlsx(published: dict[str, Any]) -> bytes:
    """A sheet with all cells, one per table as people read it, and one with what the figures mean."""
    import xlsxwriter  # here alone: a third of a second at every start otherwise

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True},
    )
    book.set_properties({"title": published["bureau"]["name"], "created": None})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(_("Cijfers"))
    _table_sheet(sheet, published, bold)
    cells = book.add_worksheet(_("Alle cellen"))
    for place, line in enumerate([HEADER, *_lines(published)]):
        cells.write_row(place, 0, line, bold if place == 0 else None)
    cells.set_column(0, 3, 30)
    words = book.add_worksheet(_("Uitleg"))
    words.write_row(0, 0, [_("Cijfer"), _("Wat het is"), _("Hoe geteld"), _("Over wie")], bold)
    for place, indicator in enumerate(INDICATORS.values(), 1):
        texts = (indicator.name, indicator.definition, indicator.formula, indicator.population)
        words.write_row(place, 0, [str(text) for text in texts])
    words.set_column(0, 3, 50)
    if "parts" in published:
        _sources_sheet(book, published, bold)
    book.close()
    return out.getvalue()


def _cell(figure: dict[str, Any]) -> Any:
    """What stands in a cell: the number, so many or more, or why there is none."""
    if figure["status"] == LEAST:
        return f"{figure['value']}+"
    return figure["value"] if figure["status"] == "shown" else STATUS[figure["status"]]


def _sources_sheet(book: Any, published: dict[str, Any], bold: Any) -> None:
    """Which reports a sum was added up from, and what to know about it."""
    sheet = book.add_worksheet(_("Rapporten"))
    names = (
        "report",
        "version",
        "released_at",
        "measured_at",
        "definitions",
        "disclosure",
        "threshold",
        "pdf_sha256",
    )
    sheet.write_row(0, 0, ["bureau", *names], bold)
    for line, part in enumerate(published["parts"], 1):
        sheet.write_row(line, 0, [part["bureau"]["name"], *(part[name] for name in names)])
    for line, note in enumerate(published["notes"], len(published["parts"]) + 2):
        sheet.write(line, 0, note)
    sheet.set_column(0, len(names), 24)


def _table_sheet(sheet: Any, published: dict[str, Any], bold: Any) -> None:
    line = 0
    for table in published["tables"]:
        sheet.write(line, 0, table["title"], bold)
        sheet.write_row(line + 1, 0, [table["head"], *(word for _key, word in table["columns"])], bold)
        line += 2
        for (_code, row), names in zip(table["rows"], table["cells"], strict=True):
            figures = [published["figures"][name] for name in names]
            sheet.write_row(line, 0, [row, *map(_cell, figures)])
            line += 1
        line += 1
    sheet.write(line, 0, _("* Weggelaten, zodat niemand te herkennen is."))
    if "parts" in published:
        sheet.write(
            line + 1, 0, _("12+ betekent: 12 of meer. In een of meer rapporten is zo’n aantal weggelaten.")
        )
    sheet.set_column(0, 0, 45)
