"""The caseload as a workbook. Only what the list shows and how to reach people; nothing of what they told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from candidates.models import Candidate, CandidateQuerySet

MOST_ROWS = 2000
CHUNK = 500
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def header() -> list[str]:
    """The names of the columns."""
    return [
        _("Naam"), _("Fase"), _("Coach"), _("Verbinder"), _("Telefoon"), _("E-mail"), _("Postcode"), _("Buurt"),
        _("Ontmoet via"), _("Sinds"), _("Laatste contact"), _("Laatst voorgesteld"), _("Terugbellen op"),
    ]  # fmt: skip


def write_caseload(people: CandidateQuerySet, file: IO[bytes]) -> list[int]:
    """Write one row per person to `file`, a row at a time; gives whose rows they are, for the trail."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "dd-mm-yyyy",
    }
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet(_("Mensen"))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 12, 18)
    _write(sheet, 0, header(), book.add_format({"bold": True}))
    written: list[int] = []
    rows = people.select_related("coach__user", "connector__user", "area")
    for number, one in enumerate(rows.iterator(chunk_size=CHUNK), start=1):
        _write(sheet, number, _values(one))
        written.append(one.pk)
    book.close()
    return written


def _values(one: Candidate) -> list[Any]:
    return [
        one.full_name, one.get_stage_display(), _who(one.coach), _who(one.connector), one.phone, one.email,
        one.postcode, one.area.name if one.area else "", one.get_source_display(), one.entered_on,
        one.last_contact_on, one.last_proposed_on, one.call_back_on,
    ]  # fmt: skip


def _who(holder: Any) -> str:
    return str(holder.user) if holder else ""


def _write(sheet: Any, number: int, values: Iterable[Any], look: Any = None) -> None:
    for column, value in enumerate(values):
        if isinstance(value, str):
            sheet.write_string(number, column, safe(value), look)
        elif value is not None:
            sheet.write_datetime(number, column, value)


def safe(text: str) -> str:
    """A text that a spreadsheet would take for a formula, once it is copied or saved as CSV, stays a text."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
