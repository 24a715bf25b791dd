"""Whole rows: what belongs together, what contradicts, and what comes twice."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from matching.workbook.cells import shown
from matching.workbook.columns import COLUMNS, Sheet
from matching.workbook.parsing import ParsedWorkbook, parse_workbook
from matching.workbook.rows import CandidateRow
from matching.workbook.template import LISTS, build_template
from tests.matching.workbook.books import book

TODAY = date(2025, 11, 21)


def parse(**sheets: list[list[Any]]) -> ParsedWorkbook:
    return parse_workbook(book(sheets), today=TODAY)


def candidates(*rows: list[Any], header: list[str] | None = None) -> ParsedWorkbook:
    return parse(
        Kandidaten=[
            header or ["Voornaam", "Achternaam", "Geb.datum", "Tel.", "Uren nu", "Uren gewenst"],
            *rows,
        ]
    )


def only(parsed: ParsedWorkbook) -> CandidateRow:
    (row,) = parsed.rows[Sheet.CANDIDATES]
    assert isinstance(row, CandidateRow)
    return row


def reasons(parsed: ParsedWorkbook) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.reason) for problem in parsed.problems]


def test_a_bad_row_is_named_cell_by_cell_and_the_others_go_on() -> None:
    parsed = candidates(["Jan", "Jansen", "31-2-1985", "12"], ["Els", "Bakker", "3-11-1985", "0612345678"])
    assert [(p.sheet, p.row, p.column, p.value) for p in parsed.problems] == [
        ("Kandidaten", 2, "Geb.datum", "31-2-1985"),
        ("Kandidaten", 2, "Tel.", "12"),
    ]
    assert only(parsed).name.first == "Els"
    assert parsed.tallies[Sheet.CANDIDATES].bad == 1


def test_a_long_value_is_cut_short_in_the_report() -> None:
    (problem,) = candidates(["J" * 500, "Jansen"]).problems
    assert len(problem.value) == 80


def test_under_18_is_refused_with_the_reason() -> None:
    parsed = candidates(["Jan", "Jansen", datetime(2010, 1, 1)])
    assert parsed.rows[Sheet.CANDIDATES] == []
    ((_row, column, reason),) = reasons(parsed)
    assert column == "Geb.datum"
    assert "jonger dan 18" in reason


@pytest.mark.parametrize(
    ("now", "wished", "expected"),
    [
        ("8", "12", (8, 12)),
        ("8-12", None, (8, 12)),
        ("8-12", "20", (8, 20)),
        ("8", None, (8, None)),
        (None, "16-24", (None, 24)),
    ],
)
def test_hours_now_and_wished(now: Any, wished: Any, expected: tuple[int | None, int | None]) -> None:
    row = only(candidates(["Jan", "Jansen", None, None, now, wished]))
    assert (row.hours_now, row.hours_wished) == expected


def test_wishing_fewer_hours_than_now_is_asked_about() -> None:
    ((_row, column, reason),) = reasons(candidates(["Jan", "Jansen", None, None, "20", "8"]))
    assert column == "Uren gewenst"
    assert "minder" in reason


def test_a_month_is_read_as_its_first_day_with_a_note() -> None:
    parsed = candidates(["Jan", "nov 2025"], header=["Naam", "Datum intake"])
    assert only(parsed).intake_on == date(2025, 11, 1)
    (note,) = parsed.notes
    assert (note.value, note.reason) == ("nov 2025", "Gelezen als 1-11-2025.")


def test_a_year_of_birth_in_its_own_column() -> None:
    parsed = candidates(["Jan", 1985], header=["Naam", "Geboortejaar"])
    birth = only(parsed).birth
    assert birth is not None
    assert (birth.year, birth.on) == (1985, None)


def test_the_same_row_twice_is_one() -> None:
    parsed = candidates(
        ["Jan", "Jansen", "3-11-1985", "0612345678"], ["Jan", "Jansen", datetime(1985, 11, 3), 612345678]
    )
    only(parsed)
    assert parsed.tallies[Sheet.CANDIDATES].same == 1
    assert parsed.doubles == []


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (["jan", "Jansen", "3-11-1985", "0612345678"], "telefoonnummer"),
        (["Jan", "Jànsen", "3-11-1985", "0612345678"], "telefoonnummer"),
        (["Jan", "Jansen", "3-11-1985", "0612345679"], "dezelfde geboortedatum"),
        (["Jan", "Jansen", "3-11-1985", None], "dezelfde geboortedatum"),
        (["Jan", "Jansen", "11-3-1985", None], "verwisseld"),
        (["Jan", "Jansen", None, None], "niet bekend"),
        (["Jan", "Jansen", "1985", None], "geboortejaar"),
        (["Jan", "Janssen", "3-11-1985", None], "Bijna dezelfde naam"),
        (["Jansen", "Jan", "3-11-1985", None], "Bijna dezelfde naam"),
        (["Jan", "Jansen", "3-11-1985", "0612345678", 8], "telefoonnummer"),
    ],
)
def test_a_small_difference_is_a_possible_double_kept_apart(other: list[Any], words: str) -> None:
    parsed = candidates(["Jan", "Jansen", "3-11-1985", "0612345678"], other)
    assert len(parsed.rows[Sheet.CANDIDATES]) == 2
    (double,) = parsed.doubles
    assert (double.row, double.other_row) == (3, 2)
    assert words in double.reason
    keys = [row.key for row in parsed.rows[Sheet.CANDIDATES]]
    assert len(set(keys)) == 2


@pytest.mark.parametrize(
    "other",
    [
        ["Jan", "Jansen", "4-12-1990", "0687654321"],
        ["Els", "Jansen", "5-6-1987", "0612345678"],
        ["Piet", "de Wit", "3-11-1985", None],
    ],
)
def test_people_who_are_plainly_two_are_no_double(other: list[Any]) -> None:
    parsed = candidates(["Jan", "Jansen", "3-11-1985", "0612345678"], other)
    assert parsed.doubles == []


def test_keys_are_the_same_in_every_reading_and_order() -> None:
    jan, els = ["Jan", "Jansen", "3-11-1985", "0612345678"], ["Els", "Bakker", "1985", None]
    first = {row.label(): row.key for row in candidates(jan, els).rows[Sheet.CANDIDATES]}
    second = {row.label(): row.key for row in candidates(els, jan).rows[Sheet.CANDIDATES]}
    assert first == second


def test_something_else_about_the_same_is_held_back_where_there_can_be_only_one() -> None:
    header = ["Naam", "Datum", "Trede"]
    parsed = parse(Metingen=[header, ["Jan Jansen", "1-11-2025", 2], ["Jan Jansen", "1-11-2025", 3]])
    (row,) = parsed.rows[Sheet.MEASUREMENTS]
    assert row.row == 2
    (double,) = parsed.doubles
    assert (double.row, double.other_row) == (3, 2)
    assert parsed.tallies[Sheet.MEASUREMENTS].held == 1


def test_the_end_of_a_placement_lies_after_its_start() -> None:
    header = ["Kandidaat", "Werkgever", "Start", "Eind"]
    parsed = parse(Plaatsingen=[header, ["Jan Jansen", "De Brug", "3-11-2025", "1-11-2025"]])
    ((_row, column, reason),) = reasons(parsed)
    assert column == "Eind"
    assert "voor de startdatum" in reason


def test_a_trial_has_an_end() -> None:
    header = ["Kandidaat", "Werkgever", "Start", "Eind", "Werkvorm"]
    parsed = parse(Plaatsingen=[header, ["Jan Jansen", "De Brug", "3-11-2025", None, "proefplaatsing"]])
    ((_row, column, reason),) = reasons(parsed)
    assert column == "Eind"
    assert "einddatum" in reason


def test_a_range_of_hours_at_work_is_read_as_the_lowest_with_a_note() -> None:
    header = ["Kandidaat", "Werkgever", "Start", "Uren per week"]
    parsed = parse(Plaatsingen=[header, ["Jan Jansen", "De Brug", "3-11-2025", "8,5-12"]])
    (row,) = parsed.rows[Sheet.PLACEMENTS]
    assert row.hours == Decimal("8.5")  # type: ignore[attr-defined]
    (note,) = parsed.notes
    assert "8,5 uur" in note.reason


def test_the_template_is_read_as_empty_and_its_choices_are_understood() -> None:
    parsed = parse_workbook(BytesIO(build_template()), today=TODAY)
    assert parsed.problems == []
    assert parsed.left_out == []
    assert set(parsed.tallies) == set(Sheet)
    assert all(tally.read == 0 for tally in parsed.tallies.values())
    header = ["Naam", "Herkomst", "Student", "In eigen buurt"]
    rows = [[f"Jan {chr(65 + i)}", source, "ja", "nee"] for i, source in enumerate(LISTS["source"])]
    assert candidates(*rows, header=header).problems == []
    forms = [["De Brug", f"Werk {i}", form] for i, form in enumerate(LISTS["form"])]
    assert parse(Werkplekken=[["Werkgever", "Functie", "Werkvorm"], *forms]).problems == []


def test_the_template_says_what_is_needed() -> None:
    with_star = {column.name for columns in COLUMNS.values() for column in columns if column.once}
    assert with_star == {
        "first_name",
        "employer",
        "contact",
        "title",
        "starts",
        "hours",
        "held_on",
        "measured_on",
        "rung",
    }


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (datetime(2025, 12, 8), "8-12-2025"),
        (12.0, "12"),
        (None, ""),
        ("een\ntwee", "een twee"),
        ("x" * 100, "x" * 79 + "…"),
        ("nr 123456782", "•••"),
        (12345678, "12345678"),
    ],
)
def test_a_value_is_shown_as_excel_shows_it(cell: Any, text: str) -> None:
    assert shown(cell) == text
