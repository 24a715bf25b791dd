"""Figures are written as people write them here, and unknown is never a number."""

from decimal import Decimal

import pytest
from django.utils import translation

from buurtbaan.ui import formats


@pytest.mark.parametrize(
    ("amount", "dutch", "english"),
    [
        (1234, "€\u00a01.234", "€\u00a01,234"),
        (Decimal("1234.5"), "€\u00a01.234,50", "€\u00a01,234.50"),
        (-20, "−€\u00a020", "−€\u00a020"),
        (0.1 + 0.2, "€\u00a00,30", "€\u00a00.30"),
    ],
)
def test_money_has_the_reader_s_signs(amount, dutch, english):
    assert formats.euro(amount) == dutch
    with translation.override("en"):
        assert formats.euro(amount) == english


def test_hours_have_no_needless_zeros():
    assert formats.hours(Decimal("8.00")) == "8 uur"
    assert formats.hours(Decimal("12.50")) == "12,5 uur"
    assert formats.hours_week(Decimal("0.75")) == "0,75 uur per week"


def test_a_range_of_hours_tells_the_ends_that_are_known():
    assert formats.hours_range(8, 16) == "8 tot 16 uur"
    assert formats.hours_range(8, None) == "vanaf 8 uur"
    assert formats.hours_range(None, 16) == "tot 16 uur"
    assert formats.hours_range(8, 8) == "8 uur"


@pytest.mark.parametrize("write", [formats.euro, formats.hours, formats.hours_week, formats.yes_no])
def test_unknown_is_said(write):
    assert write(None) == "nog niet bekend"


def test_no_is_not_unknown():
    assert formats.yes_no(False) == "nee"
    assert formats.hours(0) == "0 uur"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Samira el Amrani", "SA"), ("Joris", "J"), ("jan@proef.example", "JE"), ("", "?"), ("42", "?")],
)
def test_initials_come_from_the_first_and_the_last_word(name, letters):
    assert formats.initials(name) == letters
