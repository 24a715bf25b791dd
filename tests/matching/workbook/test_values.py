"""How single cells are read: every spelling bureaus use, and a clear reason for all else."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.workbook.errors import ValueProblem
from matching.workbook.kinds import parse_conversation_kind, parse_employer_kind, parse_kvk, parse_website
from matching.workbook.values import (
    Birth,
    PersonName,
    Precision,
    fold,
    parse_birth,
    parse_count,
    parse_day,
    parse_email,
    parse_hours,
    parse_line,
    parse_name,
    parse_note,
    parse_phone,
    parse_postcode,
    parse_rung,
    parse_source,
    parse_work_form,
    parse_yes_no,
)
from matching.workbook.values.text import passes_elfproef

TODAY = date(2025, 11, 21)

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.text(alphabet="0123456789-/.,: jannovuruw+()x@=", max_size=20),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)

PARSERS: list[tuple[Any, dict[str, Any]]] = [
    (parse_day, {"today": TODAY}),
    (parse_birth, {"today": TODAY}),
    (parse_hours, {}),
    (parse_hours, {"least": Decimal("0.5")}),
    (parse_count, {}),
    (parse_phone, {}),
    (parse_email, {}),
    (parse_postcode, {}),
    (parse_yes_no, {}),
    (parse_work_form, {}),
    (parse_source, {}),
    (parse_rung, {}),
    (parse_line, {}),
    (parse_note, {}),
    (parse_employer_kind, {}),
    (parse_conversation_kind, {}),
    (parse_kvk, {}),
    (parse_website, {}),
]


def outcome(parse: Any, cell: Any, **options: Any) -> tuple[Any, str | None]:
    """What a parser gives: a value, or the reason why not."""
    try:
        return parse(cell, **options), None
    except ValueProblem as problem:
        return None, problem.reason


@pytest.mark.parametrize(("parse", "options"), PARSERS)
@settings(deadline=None)
@given(cell=CELLS)
def test_any_cell_gives_a_value_or_a_reason(parse: Any, options: dict[str, Any], cell: Any) -> None:
    value, reason = outcome(parse, cell, **options)
    if reason is not None:
        assert reason.endswith((".", "?"))
    else:
        if isinstance(value, str):
            assert value
            assert value == value.strip()
            assert "\x00" not in value


@settings(deadline=None)
@given(first=CELLS, prefix=CELLS, last=CELLS, full=CELLS)
def test_any_name_gives_a_name_or_a_reason(first: Any, prefix: Any, last: Any, full: Any) -> None:
    try:
        name = parse_name(first=first, prefix=prefix, last=last, full=full)
    except ValueProblem:
        return
    if name is not None:
        assert any(char.isalpha() for char in name.first)
        assert len(name.first) <= 80
        assert len(name.prefix) <= 20
        assert len(name.last) <= 120


@pytest.mark.parametrize(
    "cell",
    [
        datetime(2025, 11, 3),
        datetime(2025, 11, 3, 14, 30),
        date(2025, 11, 3),
        45964,
        45964.0,
        45964.6,
        "45964",
        "3-11-2025",
        "03/11/25",
        "03-11-2025",
        "3.11.2025",
        "3 11 2025",
        "3 nov 2025",
        "3 november 2025",
        "3-nov-25",
        "3 Nov. '25",
        "ma 3 nov 2025",
        "maandag 3 november 2025",
        "2025-11-03",
        "2025-11-03T00:00:00",
        "2025-11-03 14:30",
        "3-11-2025 14:30 uur",
        "20251103",
        20251103,
        "03112025",
        " 3-11-2025 ",
        "3\u00a0nov\u00a02025",
        "３-１１-２０２５",
    ],
)
def test_a_day_in_every_spelling(cell: Any) -> None:
    day = parse_day(cell, today=TODAY)
    assert day is not None
    assert (day.on, day.precision) == (date(2025, 11, 3), Precision.DAY)


@pytest.mark.parametrize("cell", ["nov 2025", "november 2025", "nov. '25", "nov-25", "11-2025", "2025-11"])
def test_only_a_month_is_its_first_day_and_says_so(cell: str) -> None:
    day = parse_day(cell, today=TODAY)
    assert day is not None
    assert (day.on, day.precision) == (date(2025, 11, 1), Precision.MONTH)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("31-2-2025", "bestaat niet"),
        ("29-2-2025", "bestaat niet"),
        ("11/25/2025", "bestaat niet"),
        ("1-1-1900", "voor 1990"),
        (datetime(1899, 12, 31), "voor 1990"),
        ("3-11-2225", "toekomst"),
        ("2025", "alleen een jaar"),
        (2025, "alleen een jaar"),
        ("binnenkort", "geen datum"),
        ("begin november", "geen datum"),
        (time(8, 30), "geen datum"),
        (timedelta(days=3), "geen datum"),
        (True, "geen datum"),
        (7, "geen datum"),
        (float("nan"), "geen datum"),
        (float("inf"), "geen datum"),
        ("#VALUE!", "fout van Excel"),
        ("#N/B", "fout van Excel"),
        ("########", "fout van Excel"),
    ],
)
def test_a_day_that_is_none_says_why(cell: Any, words: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        parse_day(cell, today=TODAY)
    assert words in caught.value.reason


def test_a_day_of_something_that_happened_is_not_in_the_future() -> None:
    assert parse_day("21-11-2025", today=TODAY, latest=TODAY) is not None
    with pytest.raises(ValueProblem, match="in de toekomst"):
        parse_day("22-11-2025", today=TODAY, latest=TODAY)


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "?", "nvt", "N.v.t.", "onbekend"])
@pytest.mark.parametrize(
    ("parse", "options"), [p for p in PARSERS if p[0] not in (parse_line, parse_note, parse_yes_no)]
)
def test_empty_or_unknown_is_nothing(parse: Any, options: dict[str, Any], cell: Any) -> None:
    assert parse(cell, **options) is None


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2035, 12, 31)))
def test_a_day_written_and_read_is_the_same(day: date) -> None:
    for text in (f"{day.day}-{day.month}-{day.year}", f"{day:%d/%m/%y}", day.isoformat()):
        found = parse_day(text, today=TODAY)
        assert found is not None
        assert found.on == day


@pytest.mark.parametrize(
    ("cell", "birth"),
    [
        ("3-11-1985", Birth(1985, date(1985, 11, 3))),
        ("03/11/85", Birth(1985, date(1985, 11, 3))),
        ("03/11/30", Birth(1930, date(1930, 11, 3))),
        ("21-11-2007", Birth(2007, date(2007, 11, 21))),
        (31354, Birth(1985, date(1985, 11, 3))),
        ("1985", Birth(1985)),
        (1985, Birth(1985)),
        (1985.0, Birth(1985)),
        ("", None),
    ],
)
def test_a_birth_date_or_only_the_year(cell: Any, birth: Birth | None) -> None:
    assert parse_birth(cell, today=TODAY) == birth


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("22-11-2007", "jonger dan 18"),
        ("3-11-2010", "jonger dan 18"),
        ("03/11/10", "jonger dan 18"),
        (2010, "jonger dan 18"),
        (2007, "kan nog 17"),
        ("1-1-1900", "ouder dan 110"),
        ("3-11-2026", "in de toekomst"),
        ("nov 1985", "dag ontbreekt"),
        ("31-2-1985", "bestaat niet"),
    ],
)
def test_a_birth_that_cannot_be_says_why(cell: Any, words: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        parse_birth(cell, today=TODAY)
    assert words in caught.value.reason


@settings(deadline=None)
@given(st.dates(date(1920, 1, 1), date(2025, 11, 21)))
def test_nobody_under_18_comes_in(born: date) -> None:
    grown = (TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))) >= 18
    birth, reason = outcome(parse_birth, born, today=TODAY)
    if grown:
        assert birth == Birth(born.year, born)
    else:
        assert "18" in str(reason)


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        (8, "8", "8"),
        (8.5, "8.5", "8.5"),
        ("8", "8", "8"),
        ("8,5", "8.5", "8.5"),
        ("8.5", "8.5", "8.5"),
        ("8½", "8.5", "8.5"),
        ("8 uur", "8", "8"),
        ("8u", "8", "8"),
        ("8 uur per week", "8", "8"),
        ("8 uur p/w", "8", "8"),
        ("8 u/w", "8", "8"),
        ("ca. 8", "8", "8"),
        ("circa 8 uur", "8", "8"),
        ("±8", "8", "8"),
        ("8-12", "8", "12"),
        ("8 - 12", "8", "12"),
        ("8–12 uur", "8", "12"),
        ("8 uur tot 12 uur", "8", "12"),
        ("8 à 12", "8", "12"),
        ("8 t/m 12", "8", "12"),
        ("8:30", "8.5", "8.5"),
        (time(8, 30), "8.5", "8.5"),
        (timedelta(hours=32), "32", "32"),
        (0, "0", "0"),
        (40, "40", "40"),
        (7.6, "7.6", "7.6"),
    ],
)
def test_hours_in_every_spelling(cell: Any, low: str, high: str) -> None:
    hours = parse_hours(cell)
    assert hours is not None
    assert (hours.low, hours.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (41, "meer dan 40"),
        ("45 uur", "meer dan 40"),
        ("8-48", "meer dan 40"),
        ("12-8", "groter dan"),
        ("fulltime", "geen uren"),
        ("acht", "geen uren"),
        ("36+", "geen uren"),
        (datetime(2025, 12, 8), "8-12-2025"),
        (8.333, "één cijfer"),
        (float("nan"), "geen uren"),
        (float("inf"), "geen uren"),
        (-3, "te weinig"),
        (True, "geen uren"),
    ],
)
def test_hours_that_are_none_say_why(cell: Any, words: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        parse_hours(cell)
    assert words in caught.value.reason


def test_work_of_less_than_half_an_hour_is_no_work() -> None:
    with pytest.raises(ValueProblem, match="0,5"):
        parse_hours(0, least=Decimal("0.5"))


@settings(deadline=None)
@given(st.integers(0, 400))
def test_hours_written_and_read_are_the_same(tenths: int) -> None:
    number = Decimal(tenths) / 10
    for cell in (float(number), str(number), str(number).replace(".", ","), f"{number} uur"):
        hours = parse_hours(cell)
        assert hours is not None
        assert hours.low == hours.high == number


@pytest.mark.parametrize(
    "cell",
    [
        "0612345678",
        "06-12345678",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "+31612345678",
        "+31 6 12345678",
        "+31 (0)6 12345678",
        "0031612345678",
        612345678,
        612345678.0,
        "612345678",
        31612345678,
        "06-12345678 (moeder)",
        "tel",
    ][:-1],
)
def test_a_phone_number_in_every_spelling(cell: Any) -> None:
    assert parse_phone(cell) == "+31612345678"


def test_a_fixed_line_and_a_foreign_number_are_phones_too() -> None:
    assert parse_phone("070-3123456") == "+31703123456"
    assert parse_phone(703123456) == "+31703123456"
    assert parse_phone("+32 470 12 34 56") == "+32470123456"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("12345", "geldig"),
        ("06-1234567", "geldig"),
        ("06-123456789", "geldig"),
        ("bellen via zus", "geldig"),
        ("06-12345678 / 070-3123456", "twee nummers"),
        ("6,12E+08", "ingekort"),
        (datetime(2025, 1, 1), "geen telefoon"),
    ],
)
def test_a_phone_that_is_none_says_why(cell: Any, words: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        parse_phone(cell)
    assert words in caught.value.reason


@pytest.mark.parametrize(
    ("cell", "postcode"),
    [
        ("2531ab", "2531AB"),
        ("2531 AB", "2531AB"),
        ("2531", "2531"),
        (2531, "2531"),
        (2531.0, "2531"),
        ("2531 AB Den Haag", "2531AB"),
        ("2531 Den Haag", "2531"),
    ],
)
def test_a_postcode_in_every_spelling(cell: Any, postcode: str) -> None:
    assert parse_postcode(cell) == postcode


@pytest.mark.parametrize(
    "cell", ["253", "25311", "0531 AB", "2531 SS", "2531 A", "2531 ABC", "AB 2531", 25310, True]
)
def test_a_postcode_that_is_none_says_why(cell: Any) -> None:
    with pytest.raises(ValueProblem, match="geen postcode"):
        parse_postcode(cell)


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("ja", True),
        ("J", True),
        ("x", True),
        ("X", True),
        ("✓", True),
        (True, True),
        (1, True),
        ("Ja.", True),
        ("nee", False),
        ("N", False),
        (False, False),
        (0, False),
        ("", None),
        (None, None),
    ],
)
def test_yes_and_no(cell: Any, answer: bool | None) -> None:
    assert parse_yes_no(cell) is answer


def test_neither_yes_nor_no_says_what_to_write() -> None:
    with pytest.raises(ValueProblem, match="ja of nee"):
        parse_yes_no("misschien")


def test_an_e_mail_address_is_made_alike() -> None:
    assert parse_email(" Els.Jansen@Voorbeeld.NL ") == "els.jansen@voorbeeld.nl"
    assert parse_email("mailto:els@voorbeeld.nl") == "els@voorbeeld.nl"
    for wrong in ("els@", "els voorbeeld.nl", "els@voorbeeld", "els@voorbeeld.nl; jan@voorbeeld.nl"):
        with pytest.raises(ValueProblem, match="e-mailadres"):
            parse_email(wrong)


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"first": "Jan", "prefix": "van der", "last": "Berg"}, ("Jan", "van der", "Berg")),
        ({"first": "Jan", "last": "van der Berg"}, ("Jan", "van der", "Berg")),
        ({"first": "Jan", "last": "Berg, van der"}, ("Jan", "van der", "Berg")),
        ({"first": "Jan", "last": "Berg (van der)"}, ("Jan", "van der", "Berg")),
        ({"first": "Jan", "prefix": "Van Der", "last": "Berg"}, ("Jan", "van der", "Berg")),
        ({"first": "Jan", "prefix": "van der", "last": "van der Berg"}, ("Jan", "van der", "Berg")),
        ({"first": "Jan", "last": "De Boer"}, ("Jan", "de", "Boer")),
        ({"first": "Anne-Marie", "last": "'t Hart"}, ("Anne-Marie", "'t", "Hart")),
        ({"first": "Lee", "last": "Van"}, ("Lee", "", "Van")),
        ({"first": "Fatima", "last": "El Amrani"}, ("Fatima", "", "El Amrani")),
        ({"full": "van der Berg, Jan"}, ("Jan", "van der", "Berg")),
        ({"full": "Berg, Jan van der"}, ("Jan", "van der", "Berg")),
        ({"full": "Jan van der Berg"}, ("Jan", "van der", "Berg")),
        ({"full": "Anne Marie de Vries"}, ("Anne Marie", "de", "Vries")),
        ({"full": "Dhr. Jan Jansen"}, ("Jan", "", "Jansen")),
        ({"full": "mevrouw Els Bakker"}, ("Els", "", "Bakker")),
        ({"full": "Jan"}, ("Jan", "", "")),
        ({"first": "Zoë\u0301 😀", "last": "Şahin\u200b\x07"}, ("Zoë\u0301", "", "Şahin")),
        ({"first": "Zoe\u0308", "last": "Łukasz"}, ("Zoë", "", "Łukasz")),
        ({"first": "李", "last": "王"}, ("李", "", "王")),
        ({"first": "=Jan", "last": "-Berg"}, ("=Jan", "", "-Berg")),
        ({}, None),
    ],
)
def test_names_in_one_column_or_three(parts: dict[str, str], name: tuple[str, str, str] | None) -> None:
    found = parse_name(**parts)  # type: ignore[arg-type]
    assert found == (PersonName(*name) if name else None)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"last": "Jansen"}, "voornaam ontbreekt"),
        ({"full": "Jansen,"}, "voornaam ontbreekt"),
        ({"first": "12345"}, "geen letters"),
        ({"first": "😀"}, "geen letters"),
        ({"first": "jan@voorbeeld.nl"}, "e-mailadres"),
        ({"first": "J" * 81}, "te lang"),
        ({"first": "Jan", "last": "B" * 121}, "te lang"),
    ],
)
def test_a_name_that_is_none_says_why(parts: dict[str, str], words: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        parse_name(**parts)  # type: ignore[arg-type]
    assert words in caught.value.reason


def test_names_compare_without_accents_capitals_and_hyphens() -> None:
    assert PersonName("Fatima", "", "El-Amrani").key == PersonName("FÁTIMA", "", "el amrani").key
    assert fold("Łódź Ærø") == "lodz aero"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Vrijwilligerswerk", "volunteering"),
        ("dagbesteding", "activation"),
        ("Activerend werk / dagbesteding", "activation"),
        ("werkervaringsplaats", "work_experience"),
        ("Leerwerkplek", "learn_work"),
        ("proefplaatsing", "trial"),
        ("baan op de parallelle arbeidsmarkt", "participation_job"),
        ("Detachering", "secondment"),
        ("beschut werk", "sheltered"),
        ("Basisbaan", "basic_job"),
        ("betaalde baan met ondersteuning", "supported_job"),
        ("reguliere baan", "regular_job"),
        ("Eigen onderneming", "own_business"),
        ("sociale coöperatie", "own_business"),
        ("regular_job", "regular_job"),
    ],
)
def test_work_forms_in_dutch(cell: str, code: str) -> None:
    assert parse_work_form(cell) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("inloop", "walk_in"),
        ("Aanmelding W&I", "referral"),
        ("aanmelding Wijkteam Noord", "referral"),
        ("Doorverwezen door huisarts", "referral"),
        ("bijeenkomst", "gathering"),
        ("Online", "online"),
        ("website", "online"),
        ("Buurthuis De Brug", "organisation"),
        ("via organisatie", "organisation"),
    ],
)
def test_sources_in_dutch(cell: str, code: str) -> None:
    assert parse_source(cell) == code


@pytest.mark.parametrize("parse", [parse_work_form, parse_source, parse_employer_kind])
def test_an_unknown_word_is_named(parse: Any) -> None:
    with pytest.raises(ValueProblem, match=r"niet|geen"):
        parse("xyzzy")


@pytest.mark.parametrize(
    ("cell", "rung"),
    [
        (1, 1),
        (6.0, 6),
        ("3", 3),
        ("trede 3", 3),
        ("Trede 3: deelname", 3),
        ("3 - activiteiten", 3),
        ("geïsoleerd", 1),
        ("Sociale contacten buitenshuis", 2),
        ("onbetaald werk", 4),
        ("betaald werk", 6),
    ],
)
def test_rungs_by_number_and_by_words(cell: Any, rung: int) -> None:
    assert parse_rung(cell) == rung


@pytest.mark.parametrize("cell", [0, 7, "3,5", "2/3", "hoog", True, datetime(2025, 3, 2)])
def test_a_rung_that_is_none_says_what_to_write(cell: Any) -> None:
    with pytest.raises(ValueProblem, match="1 tot en met 6"):
        parse_rung(cell)


@pytest.mark.parametrize("text", ["=1+1", "+31", "-5 graden", "@buurt", "'t Hofje", "<b>vet</b>"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    assert parse_line(text) == text


def test_control_characters_go_and_line_breaks_stay() -> None:
    assert parse_note("een\r\ntwee_x000D_\n\x00drie\u200b  vier") == "een\ntwee\ndrie vier"
    assert parse_line("een\n\ttwee\u202e") == "een twee"


def test_text_that_is_too_long_is_named() -> None:
    with pytest.raises(ValueProblem, match="te lang"):
        parse_line("x" * 201)


def test_a_bsn_in_the_middle_of_text_is_refused_and_never_shown() -> None:
    with pytest.raises(ValueProblem, match="BSN") as caught:
        parse_note("Belde over 123456782 vanmorgen")
    assert caught.value.hide
    assert parse_note("Belde met 0612345678 en 12345678") is not None


def test_the_elfproef() -> None:
    assert passes_elfproef("123456782")
    assert not passes_elfproef("123456789")
    assert not passes_elfproef("000000000")
