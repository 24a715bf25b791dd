"""Each criterion, by example."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from buurtbaan.vocabulary import dayparts
from matching.rules import Answer, CandidateInputs, Criterion, PositionInputs, Weight, explain

FITS, UNKNOWN, CLASHES, NOT_APPLICABLE = Answer
MOERWIJK, SCHEVENINGEN = (52.055, 4.300), (52.105, 4.275)
TUESDAY_MORNING = dayparts.bit(1, dayparts.MORNING)
MORNINGS = dayparts.every_week(dayparts.MORNING)


def answer(criterion: Criterion, candidate: dict, position: dict) -> Answer:
    return explain(CandidateInputs(**candidate), PositionInputs(**position))[criterion].answer


def reasons(criterion: Criterion, candidate: dict, position: dict) -> list[str]:
    result = explain(CandidateInputs(**candidate), PositionInputs(**position))[criterion]
    return [text.code for text in result.reasons]


@pytest.mark.parametrize(
    ("now", "low", "high", "growth", "expected"),
    [
        (8, 8, 16, False, FITS),
        (16, 8, 16, False, FITS),
        (8, 12, 24, True, CLASHES),
        (24, 8, 16, True, FITS),
        (24, 8, 16, False, CLASHES),
        (24, 8, 16, None, UNKNOWN),
        (None, 8, 16, True, UNKNOWN),
        (8, None, 16, True, UNKNOWN),
        (24, None, 16, False, CLASHES),
        (8, 12, None, True, CLASHES),
    ],
)
def test_hours_reach_the_minimum_and_less_work_is_a_start_where_it_can_grow(now, low, high, growth, expected):
    position = {"hours_min": _hours(low), "hours_max": _hours(high), "growth_possible": growth}
    assert answer(Criterion.HOURS, {"hours_now": _hours(now)}, position) is expected


def test_hours_that_fit_still_say_when_the_wish_cannot_grow_here():
    candidate = {"hours_now": Decimal(8), "hours_wished": Decimal(24)}
    position = {"hours_min": Decimal(8), "hours_max": Decimal(12), "growth_possible": False}
    assert reasons(Criterion.HOURS, candidate, position) == ["hours.fits", "hours.no_further"]


@pytest.mark.parametrize(
    ("can", "asked", "enough", "expected"),
    [
        (MORNINGS, TUESDAY_MORNING, None, FITS),
        (TUESDAY_MORNING, MORNINGS, None, CLASHES),
        (TUESDAY_MORNING, MORNINGS, 1, FITS),
        (TUESDAY_MORNING, MORNINGS, 0, FITS),
        (0, MORNINGS, 0, CLASHES),
        (MORNINGS, TUESDAY_MORNING, 5, FITS),
        (0, 0, None, NOT_APPLICABLE),
        (None, MORNINGS, None, UNKNOWN),
        (MORNINGS, None, None, UNKNOWN),
    ],
)
def test_dayparts_need_as_many_as_are_enough(can, asked, enough, expected):
    position = {"dayparts_asked": asked, "dayparts_enough": enough}
    assert answer(Criterion.DAYPARTS, {"dayparts": can}, position) is expected


@pytest.mark.parametrize(
    ("means", "minutes", "expected"),
    [
        ({"bike"}, 45, FITS),
        ({"bike"}, 15, CLASHES),
        ({"walk"}, 60, CLASHES),
        ({"walk", "transit"}, 60, FITS),
        (set(), 60, UNKNOWN),
        ({"bike"}, None, UNKNOWN),
    ],
)
def test_the_journey_is_estimated_from_the_distance(means, minutes, expected):
    candidate = {"coordinates": MOERWIJK, "travel_means": frozenset(means), "travel_minutes_max": minutes}
    assert answer(Criterion.TRAVEL, candidate, {"coordinates": SCHEVENINGEN}) is expected


def test_the_same_postcode_or_area_is_near_without_a_map():
    candidate = {"postcode": "2531AB", "travel_means": frozenset({"walk"}), "travel_minutes_max": 15}
    assert answer(Criterion.TRAVEL, candidate, {"postcode": "2531"}) is FITS
    assert answer(Criterion.TRAVEL, candidate, {"postcode": "2542"}) is UNKNOWN
    here = {**candidate, "area": "WK051820"}
    assert answer(Criterion.TRAVEL, here, {"area": "WK051820"}) is FITS


def test_a_journey_inside_one_neighbourhood_never_takes_no_time():
    candidate = CandidateInputs(coordinates=MOERWIJK, travel_means=frozenset({"walk"}), travel_minutes_max=60)
    result = explain(candidate, PositionInputs(coordinates=MOERWIJK))[Criterion.TRAVEL]
    assert dict(result.reasons[0].params)["minutes"] == 14


@pytest.mark.parametrize(
    ("wish", "lives", "works", "expected"),
    [
        (True, "BU05182001", "WK051820", FITS),
        (True, "BU05182001", "BU05182003", FITS),
        (True, "WK051820", "WK051821", CLASHES),
        (True, "WK0518A0", "BU0518A003", FITS),
        (True, None, "WK051820", UNKNOWN),
        (True, "WK051820", None, UNKNOWN),
        (None, "WK051820", "WK051820", UNKNOWN),
        (False, "WK051820", "WK020201", NOT_APPLICABLE),
    ],
)
def test_the_own_neighbourhood_matters_to_those_who_want_it(wish, lives, works, expected):
    candidate = {"wants_own_neighbourhood": wish, "area": lives}
    assert answer(Criterion.AREA, candidate, {"area": works}) is expected


CLASH_TABLE = (("lifting_up_to_15_kg", ("no_heavy_lifting", "no_lifting")), ("noise", ("quiet",)))


@pytest.mark.parametrize(
    ("needs", "offers", "demands", "expected"),
    [
        ({"quiet"}, {"quiet", "fixed_guide"}, set(), FITS),
        ({"quiet"}, {"quiet"}, None, FITS),
        ({"quiet"}, {"fixed_guide"}, set(), CLASHES),
        ({"quiet"}, None, None, UNKNOWN),
        ({"quiet"}, None, {"noise"}, CLASHES),
        ({"no_lifting"}, {"no_lifting"}, {"lifting_up_to_15_kg"}, CLASHES),
        ({"no_lifting"}, {"no_lifting"}, {"noise"}, FITS),
        (set(), None, {"noise"}, FITS),
        (None, {"quiet"}, {"noise"}, UNKNOWN),
    ],
)
def test_conditions_are_offered_and_not_made_impossible(needs, offers, demands, expected):
    candidate = {"conditions_needed": _set(needs)}
    position = {
        "conditions_offered": _set(offers),
        "conditions_demanded": _set(demands),
        "condition_clashes": CLASH_TABLE,
    }
    assert answer(Criterion.CONDITIONS, candidate, position) is expected


def test_a_need_that_the_work_makes_impossible_is_named_once_with_the_demand():
    candidate = CandidateInputs(conditions_needed=frozenset({"quiet", "can_sit"}))
    position = PositionInputs(
        conditions_offered=frozenset(),
        conditions_demanded=frozenset({"noise"}),
        condition_clashes=CLASH_TABLE,
    )
    first, second = explain(candidate, position)[Criterion.CONDITIONS].reasons
    assert (first.code, dict(first.params)) == ("conditions.demanded", {"term": "noise", "terms": ("quiet",)})
    assert (second.code, dict(second.params)) == ("conditions.not_offered", {"terms": ("can_sit",)})


@pytest.mark.parametrize(
    ("liked", "learn", "rather_not", "asked", "expected"),
    [
        ({"weed"}, None, None, {"weed", "iron"}, FITS),
        (None, {"iron"}, None, {"weed", "iron"}, FITS),
        ({"weed"}, None, {"iron"}, {"weed", "iron"}, CLASHES),
        ({"cook_meals"}, set(), set(), {"weed"}, UNKNOWN),
        (None, None, None, {"weed"}, UNKNOWN),
        ({"weed"}, None, None, None, UNKNOWN),
        ({"weed"}, None, None, set(), NOT_APPLICABLE),
    ],
)
def test_tasks_fit_when_liked_and_clash_when_rather_not(liked, learn, rather_not, asked, expected):
    candidate = {
        "tasks_liked": _set(liked),
        "tasks_to_learn": _set(learn),
        "tasks_rather_not": _set(rather_not),
    }
    assert answer(Criterion.TASKS, candidate, {"tasks": _set(asked)}) is expected


@pytest.mark.parametrize(
    ("shown", "claimed", "must", "expected"),
    [
        ({"handy"}, {"patient"}, True, FITS),
        ({"handy"}, None, False, FITS),
        ({"handy"}, None, True, UNKNOWN),
        (set(), set(), False, UNKNOWN),
        (None, None, False, UNKNOWN),
    ],
)
def test_one_talent_is_a_reason_and_a_must_asks_all(shown, claimed, must, expected):
    candidate = {"talents_shown": _set(shown), "talents_claimed": _set(claimed)}
    musts = frozenset({Criterion.TALENTS}) if must else frozenset()
    position = {"talents": frozenset({"handy", "patient"}), "musts": musts}
    assert answer(Criterion.TALENTS, candidate, position) is expected


@pytest.mark.parametrize(
    ("level", "others", "asked", "guidance", "expected"),
    [
        (3, None, 2, None, FITS),
        (1, None, 2, None, CLASHES),
        (1, {"ar"}, 2, {"ar", "tr"}, FITS),
        (1, {"en"}, 2, {"ar"}, CLASHES),
        (1, None, 2, {"ar"}, UNKNOWN),
        (None, {"ar"}, 2, {"ar"}, FITS),
        (None, None, 2, None, UNKNOWN),
        (2, None, None, None, UNKNOWN),
        (None, None, 0, None, NOT_APPLICABLE),
    ],
)
def test_enough_dutch_or_guidance_in_a_shared_language(level, others, asked, guidance, expected):
    candidate = {"dutch_level": level, "other_languages": _set(others)}
    position = {"dutch_level": asked, "guidance_languages": _set(guidance)}
    assert answer(Criterion.LANGUAGE, candidate, position) is expected


@pytest.mark.parametrize(
    ("needed", "offered", "free", "expected"),
    [
        (2, 3, True, FITS),
        (2, 1, True, CLASHES),
        (2, 3, False, CLASHES),
        (2, 3, None, UNKNOWN),
        (2, None, True, UNKNOWN),
        (0, 0, False, FITS),
        (None, 3, True, UNKNOWN),
    ],
)
def test_guidance_is_enough_and_has_room_now(needed, offered, free, expected):
    position = {"guidance_offered": offered, "guidance_capacity_free": free}
    assert answer(Criterion.GUIDANCE, {"guidance_needed": needed}, position) is expected


@pytest.mark.parametrize(
    ("accepted", "form", "expected"),
    [
        ({"trial"}, "trial", FITS),
        ({"trial"}, "basic_job", CLASHES),
        (None, "trial", UNKNOWN),
        ({"trial"}, None, UNKNOWN),
    ],
)
def test_the_work_form_is_one_the_candidate_accepts(accepted, form, expected):
    assert answer(Criterion.FORM, {"forms_accepted": _set(accepted)}, {"form": form}) is expected


def test_a_position_says_what_is_a_must_and_safety_is_one_whatever_it_says():
    explanation = explain(CandidateInputs(), PositionInputs(musts=frozenset({Criterion.TASKS})))
    musts = {result.criterion for result in explanation.results if result.weight is Weight.MUST}
    assert musts == {Criterion.TASKS, Criterion.SAFETY}


def test_a_clash_may_be_overruled_and_a_fit_needs_no_overruling():
    position = PositionInputs(form="trial")
    clash = CandidateInputs(forms_accepted=frozenset({"basic_job"}))
    assert explain(clash, position)[Criterion.FORM].overrulable
    assert not explain(replace(clash, forms_accepted=None), position)[Criterion.FORM].overrulable


def _hours(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _set(values: set[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)
