from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from buurtbaan.vocabulary import dayparts

masks = st.integers(0, dayparts.ALL)


def test_monday_morning_is_the_first_bit_and_sunday_evening_the_last():
    assert dayparts.bit(0, dayparts.MORNING) == 1
    assert dayparts.bit(6, dayparts.EVENING) == 1 << 20


@pytest.mark.parametrize(("weekday", "part"), [(-1, 0), (7, 0), (0, 3), (0, -1)])
def test_a_daypart_outside_the_week_is_refused(weekday, part):
    with pytest.raises(ValueError, match="No such daypart"):
        dayparts.bit(weekday, part)


@given(masks)
def test_pairs_and_numbers_give_the_mask_back(mask):
    assert dayparts.mask(dayparts.pairs(mask)) == mask
    assert dayparts.from_numbers(dayparts.numbers(mask)) == mask
    assert dayparts.count(mask) == len(dayparts.numbers(mask))


@pytest.mark.parametrize("value", [21, -1, "x"])
def test_a_value_that_is_no_daypart_is_refused(value):
    with pytest.raises(ValueError):
        dayparts.from_numbers([value])


@pytest.mark.parametrize(
    ("mask", "expected"),
    [
        (dayparts.mask([(0, 0), (1, 0)]), "maandag en dinsdag, ochtend"),
        (dayparts.every_week(dayparts.MORNING), "maandag tot en met vrijdag, ochtend"),
        (dayparts.mask([(0, 0), (4, 0), (4, 1)]), "maandag, ochtend; vrijdag, ochtend en middag"),
        (dayparts.mask([(0, 0), (2, 0), (4, 0)]), "maandag, woensdag en vrijdag, ochtend"),
        (dayparts.whole_day(5), "zaterdag, de hele dag"),
        (dayparts.ALL, "alle dagdelen"),
        (0, "geen dagdelen"),
        (None, "nog niet gevraagd"),
    ],
)
def test_a_mask_in_words(mask, expected):
    with override("nl"):
        assert dayparts.text(mask) == expected


@given(masks, masks)
def test_different_masks_read_differently(one, other):
    with override("nl"):
        assert (dayparts.text(one) == dayparts.text(other)) == (one == other)


def test_choices_name_every_daypart_once():
    with override("nl"):
        choices = dict(dayparts.choices())
    assert choices[0] == "maandag ochtend"
    assert choices[20] == "zondag avond"
    assert len(set(choices.values())) == 21
