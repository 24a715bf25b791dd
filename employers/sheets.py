"""What an employer's obligation comes to, as a workbook for the principal. No names, no formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from buurtbaan.rules.figures import value_text
from employers.effort import block_name
from employers.models import SocialReturn, SocialReturnLine

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
EURO = "#,##0.00"


def evidence_sheet(obligation: SocialReturn, lines: Iterable[SocialReturnLine]) -> bytes:
    """The contract on top, then a row per effort with its value, where that comes from, its proof and approval."""
    import xlsxwriter  # here alone: a third of a second at every start otherwise

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(_("Verantwoording"))
    looks = {
        "bold": book.add_format({"bold": True}),
        "euro": book.add_format({"num_format": EURO}),
        "day": book.add_format({"num_format": "dd-mm-yyyy"}),
    }
    place = 0
    for label, value in _top(obligation):
        _put(sheet, place, 0, label, looks, bold=True)
        _put(sheet, place, 1, value, looks)
        place += 1
    for column, title in enumerate(_titles()):
        _put(sheet, place + 1, column, title, looks, bold=True)
    for number, line in enumerate(lines, place + 2):
        for column, value in enumerate(_values(line)):
            _put(sheet, number, column, value, looks)
    sheet.set_column(0, 1, 34)
    sheet.set_column(2, 12, 18)
    book.close()
    return out.getvalue()


def _top(obligation: SocialReturn) -> list[tuple[str, Any]]:
    return [
        (_("Contract"), obligation.contract),
        (_("Opdrachtgever"), obligation.principal),
        (_("Werkgever"), obligation.employer.name),
        (_("Doel in euro"), obligation.target),
        (_("Vanaf"), obligation.starts_on),
        (_("Tot en met"), obligation.ends_on),
        (
            _("Let op"),
            _(
                "Dit zijn afgesproken waarden van inspanning. Het is geen besparing en telt daar nooit bij op."
            ),
        ),
    ]


def _titles() -> list[str]:
    return [
        _("Soort inspanning"), _("Wat is er gedaan"), _("Vanaf"), _("Deel van voltijd"), _("Maanden"), _("Uren"),
        _("Waarde per eenheid"), _("Bron van de waarde"), _("Waarde in euro"), _("Bewijs"), _("Kenmerk van het bewijs"),
        _("Goedgekeurd op"), _("Goedgekeurd door"),
    ]  # fmt: skip


def _values(line: SocialReturnLine) -> list[Any]:
    return [
        block_name(line.block) if line.block else _("Vrij bedrag"),
        line.what, line.on, line.fte, line.months, line.hours,
        value_text(line.value, line.unit) if line.value is not None else "", line.source,
        _("onbekend") if line.amount is None else line.amount,
        line.evidence_name, line.evidence_sha256[:16], line.approved_on, line.approved_by,
    ]  # fmt: skip


def _put(sheet: Any, row: int, column: int, value: Any, looks: dict[str, Any], *, bold: bool = False) -> None:
    if isinstance(value, str):
        sheet.write_string(
            row,
            column,
            f"'{value}" if value.startswith(FORMULA_SIGNS) else value,
            looks["bold"] if bold else None,
        )
    elif hasattr(value, "year"):
        sheet.write_datetime(row, column, value, looks["day"])
    elif value is not None:
        sheet.write_number(row, column, value, looks["euro"])
