"""Names, ages, phone numbers, the ladder and the summary: rules without a database behind them."""

from datetime import date
from decimal import Decimal
from itertools import product

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.ages import age_on, why_too_young
from candidates.completeness import NEEDED, completeness
from candidates.enums import Rung
from candidates.forms.fields import Birth, BirthField
from candidates.intake_steps import STEPS
from candidates.ladder import CODES, suggested_rung
from candidates.models import Candidate, Intake
from candidates.names import search_name, split_infix
from candidates.phones import MOBILE, clean_phone, show_phone
from candidates.services.course import years_later
from candidates.services.intake import FIELDS


@pytest.mark.parametrize(
    ("name", "searched"),
    [
        (("Zoë", "", "Świątek"), "zoe swiatek"),
        (("Łukasz", "van 't", "Hof"), "lukasz van t hof"),
        (("Anne-Marie", "", "O’Brien"), "anne marie obrien"),
        (("Ayşe", "", "Yıldız"), "ayse yildiz"),
        (("İbrahim", "", ""), "ibrahim"),
        (("美玲", "", ""), "美玲"),
        (("أمينة", "", ""), "امينة"),
        (("Straße", "", ""), "strasse"),
    ],
)
def test_a_name_is_searched_without_accents_capitals_and_hyphens(
    name: tuple[str, str, str], searched: str
) -> None:
    assert search_name(*name) == searched


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_name_folds_to_something_that_fits_and_folds_to_itself(first: str, last: str) -> None:
    folded = search_name(first, "", last)
    assert len(folded) <= 240
    assert search_name(folded) == folded


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("van der Berg", ("van der", "Berg")),
        ("De Vries", ("de", "Vries")),
        ("Berg", ("", "Berg")),
        ("", ("", "")),
        ("van", ("", "van")),
        ("El Amrani", ("", "El Amrani")),
    ],
)
def test_the_dutch_prefix_is_taken_from_the_last_name(typed: str, parts: tuple[str, str]) -> None:
    assert split_infix(typed) == parts


@pytest.mark.parametrize(
    "typed", ["06 12345678", "06-12345678", "+31612345678", "0031 6 1234 5678", "(06) 12345678"]
)
def test_a_phone_number_is_kept_one_way(typed: str) -> None:
    assert clean_phone(typed) == "+31612345678"
    assert show_phone("+31612345678") == "06 12345678"


@pytest.mark.parametrize("start", ["06", "+316", "00316"])
@pytest.mark.parametrize("digit", range(10))
def test_the_short_way_for_mobile_numbers_says_what_the_library_says(start: str, digit: int) -> None:
    typed = f"{start}{digit}2345678"
    number = phonenumbers.parse(typed, "NL")
    if MOBILE.fullmatch(typed):
        assert phonenumbers.is_valid_number(number)
        assert clean_phone(typed) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@pytest.mark.parametrize("typed", ["bel maar", "06 123", "1" * 60, "+999 1"])
def test_what_is_no_phone_number_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValidationError, match="geen telefoonnummer"):
        clean_phone(typed)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dates(date(1900, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_taking_part_is_from_the_eighteenth_birthday_on(born: date, today: date) -> None:
    assert bool(why_too_young(birth_date=born, on=today)) == (age_on(born, today) < 18)


def test_with_only_a_year_doubt_asks_for_the_date() -> None:
    today = date(2026, 6, 1)
    assert why_too_young(birth_year=2007, on=today) == ""
    assert "hele geboortedatum" in why_too_young(birth_year=2008, on=today)
    assert "vanaf 18 jaar" in why_too_young(birth_year=2009, on=today)
    assert why_too_young(on=today) == ""


@pytest.mark.parametrize(
    ("typed", "birth"),
    [
        ("1985", Birth(year=1985)),
        ("12-3-1985", Birth(on=date(1985, 3, 12))),
        ("12031985", Birth(on=date(1985, 3, 12))),
        ("12/03/1985", Birth(on=date(1985, 3, 12))),
        ("", Birth()),
    ],
)
def test_a_birthday_is_taken_as_people_type_it(typed: str, birth: Birth) -> None:
    assert BirthField().clean(typed) == birth


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31-2-1985", "bestaat niet"),
        ("1850", "te lang geleden"),
        ("2999", "toekomst"),
        ("ooit", "Schrijf een jaar"),
        ("12-13-1985", "bestaat niet"),
        ("0000", "te lang geleden"),
        ("🎂", "Schrijf een jaar"),
    ],
)
def test_an_impossible_birthday_says_what_to_do(typed: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        BirthField().clean(typed)


def test_every_set_of_answers_gives_the_highest_rung_it_supports() -> None:
    for values in product(("yes", "no"), repeat=len(CODES)):
        answers = dict(zip(CODES, values, strict=True))
        rung = suggested_rung(answers)
        assert (rung >= Rung.SUPPORTED_WORK) == (answers["paid"] == "yes")
        if rung == Rung.PAID_WORK:
            assert answers["support"] == "no"
        if rung == Rung.ISOLATED:
            assert "yes" not in (
                answers["paid"],
                answers["unpaid"],
                answers["activities"],
                answers["contacts"],
            )


def test_a_yes_more_never_lowers_the_rung_without_support() -> None:
    for values in product(("yes", "no"), repeat=len(CODES)):
        answers = dict(zip(CODES, values, strict=True)) | {"support": "no"}
        for code in ("paid", "unpaid", "activities", "contacts"):
            assert suggested_rung(answers | {code: "yes"}) >= suggested_rung(answers)


def test_none_is_unknown_and_nothing_is_known() -> None:
    candidate = Candidate(postcode="2531")
    unknown = completeness(candidate, Intake())
    assert unknown.known == 1
    asked = Intake(hours_now=Decimal(0), dayparts=0, conditions_needed=[], means=[], travel_minutes=0,
                   forms_accepted=[], tasks_liked=[], talents_claimed=[], dutch_level=0, guidance_needed=0,
                   wants_own_area=False)  # fmt: skip
    assert completeness(candidate, asked).is_complete
    assert completeness(candidate, None).total == len(NEEDED) + 1


def test_each_field_of_the_intake_is_asked_in_exactly_one_step() -> None:
    asked = [name for step in STEPS for name in step.fields]
    assert sorted(asked) == sorted(FIELDS)


def test_retention_ends_on_the_same_day_years_on() -> None:
    assert years_later(date(2026, 5, 3), 2) == date(2028, 5, 3)
    assert years_later(date(2028, 2, 29), 1) == date(2029, 3, 1)
