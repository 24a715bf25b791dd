"""A success sheet is read by screen readers as well as it is by eye."""

from __future__ import annotations

from collections.abc import Callable

from impact.models import SuccessSheet
from impact.success import sheet_pdf
from tests.impact.test_network_and_sheets import figures, sheet

__all__ = ["figures", "sheet"]


def test_a_success_sheet_can_be_read_by_everybody(
    sheet: SuccessSheet, broken: Callable[[bytes, str], dict[str, int]]
) -> None:
    assert broken(sheet_pdf(sheet), "ua1") == {}
