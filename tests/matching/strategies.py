"""Candidates and positions of every shape, for rules that must hold for all of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

from buurtbaan.vocabulary import dayparts
from matching.rules.inputs import CandidateInputs, Criterion, Evidence, PositionInputs

CONDITIONS = ("quiet", "no_lifting", "fixed_guide", "can_sit")
DEMANDS = ("noise", "lifting_up_to_15_kg")
CLASHES = (("noise", ("quiet",)), ("lifting_up_to_15_kg", ("no_heavy_lifting", "no_lifting")))
TASKS = ("cook_meals", "repair_bikes", "weed", "iron")
TALENTS = ("patient", "handy", "plans")
LANGUAGES = ("ar", "tr", "en")
FORMS = ("volunteering", "learn_work", "regular_job")
MEANS = ("walk", "bike", "transit", "car")
AREAS = ("WK051820", "BU05182001", "BU05182103", "WK020201")

checked = settings(deadline=None, max_examples=60)
"""Machines are shared and differ in speed: no deadline per example."""


def maybe(strategy):
    return st.none() | strategy


def some_of(values):
    return maybe(st.frozensets(st.sampled_from(values)))


hours = st.integers(0, 80).map(lambda half: Decimal(half) / 2)
masks = st.integers(0, dayparts.ALL)
places = st.tuples(st.floats(51.9, 52.1), st.floats(4.2, 4.4))
postcodes = st.sampled_from(("2531AB", "2531", "2542CD", "6828XX"))
evidence = st.builds(
    Evidence,
    who=st.sampled_from(("Noor", "Sam")),
    role=st.just("coach"),
    on=maybe(st.dates(date(2024, 1, 1))),
)


def evidences():
    everything = st.fixed_dictionaries(dict.fromkeys(Criterion, evidence))
    return maybe(everything).map(lambda said: tuple((said or {}).items()))


candidates = st.builds(
    CandidateInputs,
    hours_now=maybe(hours),
    hours_wished=maybe(hours),
    dayparts=maybe(masks),
    postcode=maybe(postcodes),
    coordinates=maybe(places),
    area=maybe(st.sampled_from(AREAS)),
    travel_means=some_of(MEANS),
    travel_minutes_max=maybe(st.integers(0, 120)),
    wants_own_neighbourhood=maybe(st.booleans()),
    conditions_needed=some_of(CONDITIONS),
    tasks_liked=some_of(TASKS),
    tasks_to_learn=some_of(TASKS),
    tasks_rather_not=some_of(TASKS),
    talents_claimed=some_of(TALENTS),
    talents_shown=some_of(TALENTS),
    dutch_level=maybe(st.integers(0, 4)),
    other_languages=some_of(LANGUAGES),
    guidance_needed=maybe(st.integers(0, 3)),
    forms_accepted=some_of(FORMS),
    has_safety_clash=st.booleans(),
    evidence=evidences(),
)


@st.composite
def _positions(draw):
    low, high = sorted((draw(hours), draw(hours)))
    known = draw(st.booleans())
    return PositionInputs(
        hours_min=low if known else draw(maybe(st.just(low))),
        hours_max=high if known else draw(maybe(st.just(high))),
        growth_possible=draw(maybe(st.booleans())),
        dayparts_asked=draw(maybe(masks)),
        dayparts_enough=draw(maybe(st.integers(0, 21))),
        postcode=draw(maybe(postcodes)),
        coordinates=draw(maybe(places)),
        area=draw(maybe(st.sampled_from(AREAS))),
        conditions_offered=draw(some_of(CONDITIONS)),
        conditions_demanded=draw(some_of(DEMANDS)),
        condition_clashes=CLASHES,
        tasks=draw(some_of(TASKS)),
        talents=draw(some_of(TALENTS)),
        dutch_level=draw(maybe(st.integers(0, 4))),
        guidance_languages=draw(some_of(LANGUAGES)),
        guidance_offered=draw(maybe(st.integers(0, 3))),
        guidance_capacity_free=draw(maybe(st.booleans())),
        form=draw(maybe(st.sampled_from(FORMS))),
        musts=draw(st.frozensets(st.sampled_from(Criterion))),
    )


positions = _positions()
