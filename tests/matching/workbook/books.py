"""Small workbooks for tests, made in memory."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell


def book(sheets: dict[str, list[list[Any]]], *, merge: dict[str, list[str]] | None = None) -> BytesIO:
    """A workbook with these rows per sheet, and merged ranges."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append([as_text(sheet, cell) for cell in row])
        for span in (merge or {}).get(name, []):
            sheet.merge_cells(span)
    buffer = BytesIO()
    workbook.save(buffer)
    buffer.seek(0)
    return buffer


def as_text(sheet: Any, value: Any) -> Any:
    """A value as Excel keeps it when somebody types it into a cell set to text: `=mooi` is no formula."""
    if not (isinstance(value, str) and value.startswith("=")):
        return value
    cell = Cell(sheet, value=value)
    cell.data_type = "s"
    return cell


def tampered(source: BytesIO, change: Callable[[str, bytes], bytes | None], **extra: bytes) -> BytesIO:
    """The same package with each part run through `change` (None leaves it out), and extra parts."""
    out = BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = change(part.filename, old.read(part))
            if content is not None:
                new.writestr(part.filename, content)
        for name, content in extra.items():
            new.writestr(name, content)
    out.seek(0)
    return out
