"""Finding the header, and leaving out what a bureau never keeps."""

from datetime import date
from typing import Any

import pytest

from matching.workbook.columns import COLUMNS, Sheet
from matching.workbook.errors import WorkbookRefused
from matching.workbook.forbidden import forbidden_header
from matching.workbook.parsing import ParsedWorkbook, parse_workbook
from matching.workbook.sheets import HEADERS, header_key, recognise
from tests.matching.workbook.books import book

TODAY = date(2025, 11, 21)
JAN = ["Jan", "Jansen", "3-11-1985"]
HEADER = ["Voornaam", "Achternaam", "Geboortedatum"]


def parse(
    rows: list[list[Any]], *, sheet: str = "Kandidaten", merge: list[str] | None = None
) -> ParsedWorkbook:
    return parse_workbook(book({sheet: rows}, merge={sheet: merge or []}), today=TODAY)


def people(parsed: ParsedWorkbook) -> list[str]:
    return [row.label() for row in parsed.rows[Sheet.CANDIDATES]]


@pytest.mark.parametrize(
    "name", ["Kandidaten", " KANDIDATEN ", "kandidaten 2025", "Kandidaten_2025", "Kandi daten", "deelnemers"]
)
def test_a_sheet_is_known_by_its_name_however_typed(name: str) -> None:
    assert recognise(name) is Sheet.CANDIDATES
    assert people(parse([HEADER, JAN], sheet=name)) == ["Jan Jansen"]


@pytest.mark.parametrize(
    "above",
    [
        [],
        [["Kandidaten van het bureau"]],
        [["Kandidaten"], [], [], ["bijgewerkt", "1-11-2025"]],
        [[None, None, "Stand"], ["Coach: Els"]],
    ],
)
def test_the_header_may_have_titles_above_it(above: list[list[Any]]) -> None:
    assert people(parse([*above, HEADER, [], JAN])) == ["Jan Jansen"]


@pytest.mark.parametrize(
    "header",
    [
        ["VOORNAAM", "ACHTERNAAM", "GEBOORTEDATUM"],
        ["voor naam", "Achter-naam", "Geb.datum"],
        [" Voornaam: ", "Achternaam *", "geb. datum (dd-mm-jjjj)"],
        ["Roepnaam", "Familienaam", "Geboren"],
        ["Voornaam", "Naam", "geb datum"],
    ],
)
def test_headers_in_every_spelling(header: list[str]) -> None:
    parsed = parse([header, JAN])
    assert people(parsed) == ["Jan Jansen"]
    assert parsed.left_out == []


def test_columns_in_any_order_with_a_blank_one_between() -> None:
    parsed = parse([["Geboortedatum", None, "Achternaam", "Voornaam"], ["3-11-1985", "x", "Jansen", "Jan"]])
    assert people(parsed) == ["Jan Jansen"]
    assert [(left.column, left.header, left.forbidden) for left in parsed.left_out] == [("B", "", False)]


def test_a_header_of_two_rows_with_merged_cells() -> None:
    rows = [["Voornaam", "Achternaam", "Uren", None], [None, None, "nu", "gewenst"], ["Jan", "Jansen", 8, 12]]
    parsed = parse(rows, merge=["A1:A2", "B1:B2", "C1:D1"])
    (row,) = parsed.rows[Sheet.CANDIDATES]
    assert (row.hours_now, row.hours_wished) == (8, 12)  # type: ignore[attr-defined]


def test_the_header_repeated_below_is_no_row() -> None:
    assert people(parse([HEADER, JAN, HEADER, ["Els", "Bakker", None]])) == ["Jan Jansen", "Els Bakker"]


def test_a_row_with_only_remarks_beside_the_table_is_no_row() -> None:
    parsed = parse([[*HEADER, None], JAN, [None, None, None, "totaal: 1"]])
    assert parsed.tallies[Sheet.CANDIDATES].read == 1
    assert parsed.problems == []


def test_two_columns_for_one_thing_the_plain_one_is_read() -> None:
    parsed = parse(
        [["Voornaam", "Achternaam", "Mobiel", "Telefoon"], ["Jan", "Jansen", "0611111111", "0622222222"]]
    )
    (row,) = parsed.rows[Sheet.CANDIDATES]
    assert row.phone == "+31622222222"  # type: ignore[attr-defined]
    (left,) = parsed.left_out
    assert left.header == "Mobiel"
    assert "Telefoon" in left.reason


@pytest.mark.parametrize(
    "header",
    [
        "BSN",
        "bsn-nummer",
        "Burgerservicenummer",
        "Burger service nummer",
        "Sofinummer",
        "Diagnose",
        "Beperking(en)",
        "ziekte",
        "Medicatie",
        "psychische klachten",
        "Lichamelijke beperkingen",
        "Autisme",
        "Strafblad",
        "Delict",
        "Justitie",
        "VOG",
        "VOG nodig?",
        "Detentieverleden",
        "CV",
        "Diploma's",
        "Opleidingsniveau",
        "Hoogst genoten opleiding",
        "Certificaten",
        "Nationaliteit",
        "Land van herkomst",
        "Geloof",
        "Uitkering",
        "Paspoortnummer",
        "V-nummer",
        "Arbeidsongeschikt",
    ],
)
def test_what_a_bureau_never_keeps_is_left_out_with_the_reason(header: str) -> None:
    parsed = parse([[*HEADER, header], [*JAN, "geheim"]])
    (left,) = parsed.left_out
    assert left.forbidden
    assert left.header == header
    assert "niet" in left.reason
    assert "geheim" not in repr(parsed)
    assert people(parsed) == ["Jan Jansen"]


@pytest.mark.parametrize(
    ("header", "words"),
    [("Opmerkingen", "Gesprekken"), ("Leeftijd", "geboortejaar"), ("M/V", "Man of vrouw")],
)
def test_an_ignored_column_says_where_it_belongs(header: str, words: str) -> None:
    (left,) = parse([[*HEADER, header], [*JAN, "x"]]).left_out
    assert not left.forbidden
    assert words in left.reason


def test_no_column_we_know_is_forbidden() -> None:
    for sheet, columns in COLUMNS.items():
        for column in columns:
            assert forbidden_header(column.header) is None, (sheet, column.header)


def test_no_two_columns_of_a_sheet_claim_the_same_header() -> None:
    for sheet, columns in COLUMNS.items():
        for column in columns:
            assert HEADERS[sheet][header_key(column.header)] is column, (sheet, column.header)


@pytest.mark.parametrize("header", ["Kenmerk", "Klantnummer", "Telefoon", "Opmerking", None])
def test_a_column_full_of_bsns_is_left_out_whatever_it_is_called(header: str | None) -> None:
    numbers = [123456782, "111222333", "1234.56.782", 232262536, "", None]
    parsed = parse(
        [[*HEADER, header], *[[f"Jan{'abcdef'[i]}", "Jansen", None, n] for i, n in enumerate(numbers)]]
    )
    (left,) = parsed.left_out
    assert left.forbidden
    assert "BSN" in left.reason
    assert len(people(parsed)) == 6
    for number in ("123456782", "111222333", "1234.56.782", "232262536"):
        assert number not in repr(parsed)


def test_a_column_of_ordinary_numbers_is_not_taken_for_bsns() -> None:
    parsed = parse(
        [[*HEADER, "Tel."], *[[f"Jan{chr(97 + i)}", "Jansen", None, 612345670 + i] for i in range(20)]]
    )
    assert parsed.left_out == []
    assert len(people(parsed)) == 20


def test_a_bsn_in_the_wrong_cell_is_never_shown_again() -> None:
    parsed = parse([["Voornaam", "Achternaam", "Tel."], ["Jan", "Jansen", "123456782"]])
    (problem,) = parsed.problems
    assert problem.value == "•••"


def test_a_missing_column_is_named_once_and_its_rows_count() -> None:
    parsed = parse([["Voornaam", "Datum"], ["Jan", "1-11-2025"], ["Els", "2-11-2025"]], sheet="Metingen")
    (problem,) = parsed.problems
    assert problem.column == "Trede"
    assert "ontbreekt" in problem.reason
    tally = parsed.tallies[Sheet.MEASUREMENTS]
    assert (tally.read, tally.bad) == (2, 2)


def test_a_sheet_without_a_header_is_named() -> None:
    parsed = parse([["a", "b", "c"], [1, 2, 3]])
    (problem,) = parsed.problems
    assert (problem.sheet, problem.row) == ("Kandidaten", 0)
    assert "kolomkoppen" in problem.reason


def test_an_empty_sheet_is_fine() -> None:
    parsed = parse([])
    assert parsed.problems == []
    assert parsed.tallies[Sheet.CANDIDATES].read == 0


def test_a_workbook_without_a_sheet_we_know_is_refused_with_the_names() -> None:
    with pytest.raises(WorkbookRefused) as caught:
        parse([HEADER, JAN], sheet="Blad1")
    assert "Blad1" in caught.value.reason
    assert "Kandidaten" in caught.value.reason
