"""Which single change opens most positions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from buurtbaan.vocabulary import dayparts
from matching.rules import (
    CandidateInputs,
    Criterion,
    PositionInputs,
    explain,
    is_open,
    single_change,
    single_changes,
)
from tests.matching import strategies as some

AFTERNOONS = dayparts.every_week(dayparts.AFTERNOON)
MORNINGS = dayparts.every_week(dayparts.MORNING)


def test_mornings_too_opens_the_positions_that_only_lack_mornings():
    candidate = CandidateInputs(dayparts=AFTERNOONS)
    position = PositionInputs(dayparts_asked=MORNINGS, dayparts_enough=2)
    change = single_change(candidate, [position] * 6 + [PositionInputs()])
    assert change is not None
    assert change.text.code == "change.mornings"
    assert change.opens == (0, 1, 2, 3, 4, 5)


def test_a_position_with_two_obstacles_is_opened_by_no_single_change():
    candidate = CandidateInputs(dayparts=AFTERNOONS, forms_accepted=frozenset({"trial"}))
    position = PositionInputs(dayparts_asked=MORNINGS, form="regular_job")
    assert single_changes(candidate, [position]) == []


def test_safety_is_never_a_change_to_ask_for():
    assert single_change(CandidateInputs(has_safety_clash=True), [PositionInputs()]) is None


def test_hours_grow_no_further_than_the_person_wishes():
    candidate = CandidateInputs(hours_now=Decimal(8), hours_wished=Decimal(16))
    reachable = PositionInputs(hours_min=Decimal(16), hours_max=Decimal(24))
    too_much = PositionInputs(hours_min=Decimal(20), hours_max=Decimal(24))
    change = single_change(candidate, [reachable, too_much])
    assert change is not None
    assert (change.text.code, dict(change.text.params), change.opens) == (
        "change.hours",
        {"hours": "16"},
        (0,),
    )


@some.checked
@given(some.candidates, st.lists(some.positions, max_size=6))
def test_a_change_opens_only_what_one_must_kept_shut(candidate, positions):
    for change in single_changes(candidate, positions):
        for number in change.opens:
            assert not is_open(explain(candidate, positions[number]))
            assert explain(candidate, positions[number]).must_clashes == 1


@some.checked
@given(some.candidates, st.lists(some.positions, max_size=6))
def test_the_change_that_opens_most_comes_first(candidate, positions):
    counts = [len(change.opens) for change in single_changes(candidate, positions)]
    assert counts == sorted(counts, reverse=True)


@some.checked
@given(some.candidates, some.positions)
def test_a_widened_wish_for_mornings_really_opens_the_position(candidate, position):
    position = replace(position, musts=frozenset({Criterion.DAYPARTS}))
    candidate = replace(candidate, has_safety_clash=False)
    for change in single_changes(candidate, [position]):
        if change.text.code == "change.mornings":
            widened = replace(candidate, dayparts=(candidate.dayparts or 0) | MORNINGS)
            assert is_open(explain(widened, position))
