"""What holds for every candidate and every position."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from matching.rules import (
    Answer,
    CandidateInputs,
    Criterion,
    PositionInputs,
    Weight,
    canonical,
    explain,
    near_miss,
    sort_key,
)
from tests.matching import strategies as some

BADNESS = {Answer.FITS: 0, Answer.NOT_APPLICABLE: 1, Answer.UNKNOWN: 2, Answer.CLASHES: 3}
FORBIDDEN = {
    "name", "birth", "age", "year", "sex", "gender", "origin", "nationality", "country", "religion", "health",
    "diagnosis", "disability", "benefit", "offence", "family", "marital", "pregnant", "orientation", "bsn",
    "diploma", "cv", "photo", "email", "phone", "address",
}  # fmt: skip


@some.checked
@given(some.candidates, some.positions)
def test_every_pair_gets_every_criterion_in_the_same_order(candidate, position):
    results = explain(candidate, position).results
    assert [result.criterion for result in results] == list(Criterion)
    assert all(result.answer in Answer and result.reasons for result in results)


@some.checked
@given(some.candidates, some.positions)
def test_what_the_candidate_was_not_asked_never_counts_as_a_plus(candidate, position):
    silent = CandidateInputs(evidence=candidate.evidence)
    explanation = explain(silent, position)
    assert explanation.count(Answer.FITS) == 0
    assert explanation.count(Answer.CLASHES) == 0
    assert explanation.evidenced_pluses == 0


@some.checked
@given(some.candidates)
def test_what_the_position_does_not_say_never_counts_as_a_plus_except_where_nothing_is_needed(candidate):
    explanation = explain(replace(candidate, has_safety_clash=False), PositionInputs())
    assert explanation.count(Answer.CLASHES) == 0
    fits = {result.criterion for result in explanation.results if result.answer is Answer.FITS}
    assert fits <= {Criterion.CONDITIONS, Criterion.GUIDANCE}
    assert Criterion.CONDITIONS not in fits or candidate.conditions_needed == frozenset()
    assert Criterion.GUIDANCE not in fits or candidate.guidance_needed == 0


@some.checked
@given(some.candidates, some.positions)
def test_a_plus_needs_somebody_who_stands_behind_it(candidate, position):
    assert explain(replace(candidate, evidence=()), position).evidenced_pluses == 0


@some.checked
@given(some.candidates, some.positions, some.masks)
def test_more_dayparts_never_make_dayparts_worse(candidate, position, extra):
    if candidate.dayparts is None:
        return
    wider = replace(candidate, dayparts=candidate.dayparts | extra)
    assert _not_worse((wider, position), (candidate, position), Criterion.DAYPARTS)


@some.checked
@given(some.candidates, some.positions, st.integers(0, 60))
def test_willing_to_travel_longer_never_makes_the_journey_worse(candidate, position, more):
    if candidate.travel_minutes_max is None:
        return
    further = replace(candidate, travel_minutes_max=candidate.travel_minutes_max + more)
    assert _not_worse((further, position), (candidate, position), Criterion.TRAVEL)


@some.checked
@given(some.candidates, some.positions, st.sampled_from(some.MEANS))
def test_one_more_means_never_makes_the_journey_worse(candidate, position, extra):
    if not candidate.travel_means:
        return
    wider = replace(candidate, travel_means=candidate.travel_means | {extra})
    assert _not_worse((wider, position), (candidate, position), Criterion.TRAVEL)


@some.checked
@given(some.candidates, some.positions, st.sampled_from(some.CONDITIONS))
def test_needing_less_never_makes_conditions_worse(candidate, position, need):
    if candidate.conditions_needed is None:
        return
    fewer = replace(candidate, conditions_needed=candidate.conditions_needed - {need})
    assert _not_worse((fewer, position), (candidate, position), Criterion.CONDITIONS)


@some.checked
@given(some.candidates, some.positions, st.sampled_from(some.CONDITIONS))
def test_offering_more_never_makes_conditions_worse(candidate, position, extra):
    if position.conditions_offered is None:
        return
    kinder = replace(position, conditions_offered=position.conditions_offered | {extra})
    assert _not_worse((candidate, kinder), (candidate, position), Criterion.CONDITIONS)


@some.checked
@given(some.candidates, some.positions, st.sampled_from(some.TALENTS))
def test_one_more_talent_never_makes_talents_worse(candidate, position, talent):
    richer = replace(candidate, talents_claimed=(candidate.talents_claimed or frozenset()) | {talent})
    assert _not_worse((richer, position), (candidate, position), Criterion.TALENTS)


@some.checked
@given(some.candidates, some.positions)
def test_speaking_more_dutch_never_makes_language_worse(candidate, position):
    if candidate.dutch_level is None:
        return
    better = replace(candidate, dutch_level=candidate.dutch_level + 1)
    assert _not_worse((better, position), (candidate, position), Criterion.LANGUAGE)


@some.checked
@given(some.candidates, some.positions)
def test_talents_never_clash(candidate, position):
    assert explain(candidate, position)[Criterion.TALENTS].answer is not Answer.CLASHES


@some.checked
@given(some.candidates, some.positions)
def test_safety_is_always_a_must_and_says_nothing_about_who_or_why(candidate, position):
    clash = explain(replace(candidate, has_safety_clash=True), position)[Criterion.SAFETY]
    calm = explain(replace(candidate, has_safety_clash=False), position)[Criterion.SAFETY]
    assert (clash.answer, calm.answer) == (Answer.CLASHES, Answer.NOT_APPLICABLE)
    assert clash.weight is Weight.MUST
    assert not clash.overrulable
    assert clash.candidate == clash.position == calm.candidate == calm.position == ()
    assert [text.params for text in clash.reasons] == [()]


@some.checked
@given(some.candidates, some.positions)
def test_the_same_inputs_give_the_same_bytes(candidate, position):
    assert canonical.dump(explain(candidate, position)) == canonical.dump(
        explain(_again(candidate), _again(position))
    )


@some.checked
@given(some.candidates, some.positions)
def test_a_frozen_explanation_and_its_inputs_come_back_as_they_were(candidate, position):
    explanation = explain(candidate, position)
    assert canonical.explanation_from(canonical.load(canonical.dump(explanation))) == explanation
    assert canonical.candidate_from(canonical.load(canonical.dump(candidate))) == candidate
    assert canonical.position_from(canonical.load(canonical.dump(position))) == position


@some.checked
@given(some.candidates, some.positions)
def test_a_near_miss_names_the_one_must_that_clashes(candidate, position):
    explanation = explain(candidate, position)
    missed = near_miss(explanation)
    assert (missed is not None) == (explanation.must_clashes == 1)
    assert missed is None or (missed.answer is Answer.CLASHES and missed.is_must)


@some.checked
@given(some.candidates, some.positions, st.dates(), st.dates())
def test_whoever_waits_longest_comes_first_when_all_else_is_equal(candidate, position, one, other):
    explanation = explain(candidate, position)
    assert sort_key(explanation, None) <= sort_key(explanation, min(one, other))
    assert (sort_key(explanation, one) < sort_key(explanation, other)) == (one < other)


def test_the_order_is_must_clashes_then_must_unknowns_then_pluses():
    position = PositionInputs(form="volunteering", guidance_offered=1, guidance_capacity_free=True)
    clash = CandidateInputs(forms_accepted=frozenset({"regular_job"}), guidance_needed=0)
    unknown = CandidateInputs(guidance_needed=0)
    fits = CandidateInputs(forms_accepted=frozenset({"volunteering"}))
    ordered = sorted((clash, unknown, fits), key=lambda one: sort_key(explain(one, position), None))
    assert ordered == [fits, unknown, clash]


def test_no_protected_trait_can_be_told_to_the_rules():
    for inputs in (CandidateInputs, PositionInputs):
        for field in fields(inputs):
            assert not FORBIDDEN & set(field.name.split("_")), f"{inputs.__name__}.{field.name}"


def _not_worse(after, before, criterion):
    return BADNESS[explain(*after)[criterion].answer] <= BADNESS[explain(*before)[criterion].answer]


def _again(inputs):
    """The same inputs with every set built anew in another order."""
    rebuilt = {
        field.name: frozenset(sorted(value, reverse=True))
        for field in fields(inputs)
        if isinstance(value := getattr(inputs, field.name), frozenset)
    }
    return replace(inputs, **rebuilt)
