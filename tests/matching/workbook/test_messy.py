"""The measure for real input: a thousand messy rows, every fault named, none invented."""

from collections import Counter
from datetime import date
from io import BytesIO

import pytest

from matching.workbook.cells import HIDDEN, SHOWN
from matching.workbook.columns import Sheet
from matching.workbook.parsing import ParsedWorkbook, parse_workbook
from tests.matching.workbook.messy import Messy, messy_workbook

TODAY = date(2025, 11, 21)


@pytest.fixture(scope="module")
def messy() -> Messy:
    return messy_workbook(1000, seed=7)


@pytest.fixture(scope="module")
def parsed(messy: Messy) -> ParsedWorkbook:
    return parse_workbook(BytesIO(messy.content), today=TODAY)


def test_every_fault_is_named_and_none_invented(messy: Messy, parsed: ParsedWorkbook) -> None:
    named = Counter((problem.sheet, problem.row, problem.column.strip()) for problem in parsed.problems)
    assert len(messy.expected) > 300
    assert named == Counter(messy.expected)


@pytest.mark.parametrize("seed", range(100, 106))
def test_whatever_the_mess(seed: int) -> None:
    messy = messy_workbook(120, seed=seed, faults=0.5)
    parsed = parse_workbook(BytesIO(messy.content), today=TODAY)
    named = Counter((problem.sheet, problem.row, problem.column.strip()) for problem in parsed.problems)
    assert named == Counter(messy.expected)


def test_every_problem_says_what_and_why(parsed: ParsedWorkbook) -> None:
    for problem in parsed.problems:
        assert problem.reason
        assert len(problem.value) <= SHOWN


def test_every_right_row_is_read(messy: Messy, parsed: ParsedWorkbook) -> None:
    assert {sheet.value: len(rows) for sheet, rows in parsed.rows.items()} == messy.good
    assert {sheet.value: tally.read for sheet, tally in parsed.tallies.items()} == messy.read
    assert set(parsed.tallies) == set(Sheet) - {Sheet.CONTACTS, Sheet.LOCATIONS}


def test_the_same_row_twice_is_read_once(messy: Messy, parsed: ParsedWorkbook) -> None:
    assert messy.identical > 5
    assert parsed.tallies[Sheet.CANDIDATES].same == messy.identical


def test_the_same_person_with_a_small_difference_is_shown_and_kept_apart(
    messy: Messy, parsed: ParsedWorkbook
) -> None:
    shown = {(double.sheet, double.row) for double in parsed.doubles}
    assert len(messy.doubles) > 5
    assert set(messy.doubles) <= shown
    rows = {row.row for row in parsed.rows[Sheet.CANDIDATES]}
    assert {row for _sheet, row in messy.doubles} <= rows


def test_nobody_else_is_taken_for_a_double(messy: Messy, parsed: ParsedWorkbook) -> None:
    assert {(double.sheet, double.row) for double in parsed.doubles} == set(messy.doubles)


def test_other_sheets_and_forbidden_columns_are_named(messy: Messy, parsed: ParsedWorkbook) -> None:
    assert parsed.ignored_sheets == messy.ignored_sheets
    assert {(left.sheet, left.header) for left in parsed.left_out} == messy.left_out
    reasons = {left.header: left.reason for left in parsed.left_out}
    assert "BSN" in reasons["BSN"]
    assert "BSN" in reasons["Kenmerk"]
    assert "gezondheid" in reasons["Diagnose"]
    assert "geen kop" in reasons[""]


def test_nothing_of_a_forbidden_column_is_left_anywhere(messy: Messy, parsed: ParsedWorkbook) -> None:
    said = repr(parsed)
    assert "kladje" not in said
    assert HIDDEN in said
    assert "123456782" not in said
