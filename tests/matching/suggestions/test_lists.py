"""The pages that say who fits which work, and the lists behind them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.scope import Scope, scoped
from buurtbaan.vocabulary.models import Term, TermKind
from candidates.models import Candidate, FileOpening, Intake, SafetyRemark
from employers.models import Location, Position
from matching.facts import candidate_inputs, position_inputs
from matching.gather import intake_of, with_place
from matching.judge import Show, judge, nearly, people_query, work_query
from matching.labels import Words
from matching.models import Match
from matching.rules import Answer, Criterion, explain, sort_key
from matching.suggest import candidates_for, hindrances, positions_for
from tests.bureaus.factories import AreaFactory
from tests.matching.factories import CompanyFactory, MatchFactory, PersonFactory, WorkFactory
from tests.matching.suggestions.making import AFTERNOONS, MORNINGS, give


def found(work, membership, **options):
    with scoped(Scope.for_membership(membership)):
        return candidates_for(with_place(Position.objects.filter(pk=work.pk)).get(), membership, **options)


def names(people):
    return [line.candidate.first_name for line in people.lines]


def test_who_fits_is_listed_with_the_reasons(person, work, coach):
    people = found(work, coach)
    assert names(people) == ["Noor"]
    assert people.counts == {Show.OPEN: 1, Show.NEAR: 0, Show.ALL: 1}
    assert people.lines[0].explanation.must_clashes == 0


def test_who_nearly_fits_is_listed_apart_with_the_one_thing_that_clashes(person, work, coach):
    Intake.objects.filter(candidate=person).update(dayparts=AFTERNOONS)
    assert names(found(work, coach)) == []
    (line,) = found(work, coach, show=Show.NEAR).lines
    assert line.missed.criterion is Criterion.DAYPARTS


def test_who_waits_longest_for_a_proposal_comes_first(person, work, coach, area):
    for name, days in (("Lang", 90), ("Kort", 3)):
        on = timezone.localdate() - timedelta(days=days)
        give(PersonFactory(bureau=work.bureau, coach=coach, first_name=name, area=area, last_proposed_on=on))
    assert names(found(work, coach)) == ["Noor", "Lang", "Kort"]


def test_who_does_not_search_comes_along_only_when_asked(person, work, coach):
    Candidate.objects.filter(pk=person.pk).update(stage="working")
    assert names(found(work, coach)) == []
    assert names(found(work, coach, everybody=True)) == ["Noor"]


def test_who_is_in_talks_about_this_work_is_left_out_until_it_ends(person, work, coach):
    match = MatchFactory(bureau=work.bureau, candidate=person, position=work)
    assert names(found(work, coach)) == []
    Match.objects.filter(pk=match.pk).update(state="withdrawn")
    assert names(found(work, coach)) == ["Noor"]


def test_a_colleagues_candidate_is_named_without_the_words(person, work, member):
    (line,) = found(work, member(Role.COACH)).lines
    assert line.candidate == person
    assert line.explanation is None
    assert (Criterion.HOURS, Answer.FITS) in line.answers


def test_a_file_that_was_opened_with_a_reason_shows_its_words(person, work, member):
    colleague = member(Role.COACH)
    until = timezone.now() + timedelta(hours=1)
    FileOpening.objects.create(
        bureau=work.bureau, candidate=person, membership=colleague, reason="waarneming", until=until
    )
    assert found(work, colleague).lines[0].explanation is not None


def test_only_the_own_people_when_asked(person, work, coach, member):
    assert names(found(work, coach, mine=True)) == ["Noor"]
    assert names(found(work, member(Role.COACH), mine=True)) == []


def test_nobody_of_another_bureau_is_ever_in_the_list(person, work, coach, other_bureau):
    give(PersonFactory(bureau=other_bureau, first_name="Ander"))
    assert names(found(work, coach, show=Show.ALL)) == ["Noor"]


def test_somebody_to_avoid_clashes_without_the_reason(person, work, coach):
    SafetyRemark.objects.create(
        bureau=work.bureau, candidate=person, employer=work.employer, text="niet bij Kees", by=coach
    )
    assert names(found(work, coach)) == []
    (line,) = found(work, coach, show=Show.NEAR).lines
    assert line.missed.criterion is Criterion.SAFETY
    assert "Kees" not in str(line.explanation)


@pytest.mark.parametrize("role", [Role.CONNECTOR, Role.COACH])
def test_a_colleague_does_not_even_learn_that_somebody_is_avoided(person, work, coach, member, role):
    SafetyRemark.objects.create(
        bureau=work.bureau, candidate=person, employer=work.employer, text="niet bij Kees", by=coach
    )
    assert names(found(work, member(role), show=Show.ALL)) == []


def test_a_page_beyond_the_last_shows_the_last(person, work, coach):
    assert names(found(work, coach, page="77")) == ["Noor"]
    assert names(found(work, coach, page="x")) == ["Noor"]


def test_work_for_a_person_with_what_one_change_would_open(person, work, coach):
    WorkFactory.create_batch(
        3, bureau=work.bureau, dayparts_asked=AFTERNOONS, conditions_offered=[], form="work_experience"
    )
    with scoped(Scope.for_membership(coach)):
        result = positions_for(person, coach, changes=True)
        near = positions_for(person, coach, show=Show.NEAR)
    assert [line.position for line in result.lines] == [work]
    assert result.counts == {Show.OPEN: 1, Show.NEAR: 3, Show.ALL: 4}
    assert (result.changes[0].text.code, len(result.changes[0].opens)) == ("change.afternoons", 3)
    assert {line.missed.criterion for line in near.lines} == {Criterion.DAYPARTS}


def test_work_that_is_full_paused_or_not_open_is_left_out(person, work, coach):
    full = WorkFactory(bureau=work.bureau, places=1)
    here = {"bureau": work.bureau, "candidate": person, "employer": full.employer, "form": full.form}
    full.placements.create(**here, starts_on=timezone.localdate())
    WorkFactory(bureau=work.bureau, status="draft")
    WorkFactory(
        bureau=work.bureau, employer=CompanyFactory(bureau=work.bureau, paused_until=timezone.localdate())
    )
    with scoped(Scope.for_membership(coach)):
        result = positions_for(person, coach, show=Show.ALL)
    assert [line.position for line in result.lines] == [work]


def a_random_bureau(seed, coach, area):
    """People and work of every shape, with gaps everywhere."""
    dice = random.Random(seed)
    terms = {kind: list(Term.objects.of(kind).values_list("pk", flat=True)) for kind in TermKind}
    elsewhere = AreaFactory(code="WK051821", municipality=area.municipality, latitude=52.07, longitude=4.31)
    unmapped = AreaFactory(code="BU05182003", municipality=area.municipality)

    def maybe(make):
        return make() if dice.random() < 0.75 else None

    def some(kind, few=4):
        return maybe(lambda: dice.sample(terms[kind][-30:], dice.randint(0, few)))

    def place():
        return dice.choice([area, elsewhere, unmapped, None])

    for _ in range(30):
        person = PersonFactory(
            bureau=coach.bureau,
            coach=dice.choice([coach, None]),
            area=place(),
            postcode=dice.choice(["", "2531", "2542AB"]),
            last_proposed_on=dice.choice([None, date(2025, 1, 1), date(2025, 6, 1)]),
        )
        if dice.random() < 0.9:
            now = dice.choice([None, 0, 4, 8.5, 16, 24])
            Intake.objects.create(
                bureau=person.bureau,
                candidate=person,
                hours_now=now,
                hours_wished=maybe(lambda now=now: (now or 0) + 8),
                dayparts=maybe(lambda: dice.getrandbits(21)),
                conditions_needed=some("condition", 2),
                means=maybe(lambda: dice.sample(["walk", "bike", "transit", "car"], dice.randint(0, 2))),
                travel_minutes=maybe(lambda: dice.choice([10, 15, 30])),
                wants_own_area=maybe(lambda: dice.random() < 0.5),
                tasks_liked=some("task"),
                tasks_to_learn=some("task"),
                tasks_rather_not=some("task"),
                talents_claimed=some("talent"),
                talents_shown=some("talent"),
                dutch_level=maybe(lambda: dice.randint(0, 4)),
                languages=maybe(lambda: dice.sample(["ar", "tr"], dice.randint(0, 1))),
                guidance_needed=maybe(lambda: dice.randint(0, 3)),
                forms_accepted=maybe(lambda: ["work_experience", "trial"][: dice.randint(0, 2)]),
            )
    for _ in range(12):
        employer = CompanyFactory(bureau=coach.bureau, environment=some("condition", 2))
        location = maybe(
            lambda employer=employer: Location.objects.create(
                bureau=coach.bureau,
                employer=employer,
                area=place(),
                postcode=dice.choice(["", "2531"]),
                **dice.choice([{}, {"latitude": 52.06, "longitude": 4.3}, {"latitude": 52.06}]),
            )
        )
        low = maybe(lambda: dice.choice([4, 8, 12]))
        WorkFactory(
            bureau=coach.bureau,
            employer=employer,
            location=location,
            hours_min=low,
            hours_max=maybe(lambda low=low: (low or 0) + dice.choice([4, 8])),
            growth_possible=dice.random() < 0.5,
            dayparts_asked=dice.choice([None, 0, MORNINGS, AFTERNOONS]),
            dayparts_enough=maybe(lambda: dice.randint(0, 4)),
            conditions_offered=some("condition"),
            conditions_demanded=some("condition"),
            tasks=some("task"),
            talents=some("talent", 2),
            dutch_level=maybe(lambda: dice.randint(0, 4)),
            guidance_languages=maybe(lambda: dice.sample(["ar", "tr"], dice.randint(0, 2))),
            guidance_offered=maybe(lambda: dice.randint(0, 3)),
            guidance_capacity=maybe(lambda: dice.randint(0, 1)),
            published_on=dice.choice([None, date(2025, 1, 1), date(2025, 6, 1)]),
            musts=dice.sample([one.value for one in Criterion if one != "safety"], dice.choice([0, 2, 5])),
        )
    for candidate in Candidate.objects.order_by("pk")[:6]:
        where = dice.choice(list(Position.objects.all())).employer
        SafetyRemark.objects.create(
            bureau=coach.bureau, candidate=candidate, employer=where, text="x", by=coach
        )


def explained(candidate, position, words):
    unsafe = SafetyRemark.objects.filter(candidate=candidate, employer=position.employer).exists()
    theirs = candidate_inputs(candidate, intake_of(candidate), words, has_safety_clash=unsafe)
    return explain(theirs, position_inputs(position, words))


@pytest.mark.parametrize("seed", range(3))
def test_rows_are_judged_and_ordered_in_sql_as_the_rules_do(seed, coach, area):
    a_random_bureau(seed, coach, area)
    words = Words.load()
    people = list(Candidate.objects.select_related("area"))
    with scoped(Scope.for_bureau(coach.bureau)):
        for position in with_place(Position.objects.order_by("pk")):
            pairs = {person.pk: explained(person, position, words) for person in people}
            last = {person.pk: person.last_proposed_on for person in people}
            expected = sorted(pairs, key=lambda pk: (sort_key(pairs[pk], last[pk]), pk))
            query, params = people_query(position, position_inputs(position, words), words, coach)
            params["hidden"] = []
            _counts, judged = judge(query, params, show=Show.ALL, limit=99)
            assert [row.pk for row in judged] == expected
            for row in judged:
                told = [(result.criterion, result.answer) for result in pairs[row.pk].results]
                assert row.answers == told


@pytest.mark.parametrize("seed", range(3, 6))
def test_work_is_judged_and_ordered_in_sql_as_the_rules_do(seed, coach, area):
    a_random_bureau(seed, coach, area)
    words = Words.load()
    with scoped(Scope.for_bureau(coach.bureau)):
        work = list(with_place(Position.objects.order_by("pk")))
        for candidate in Candidate.objects.select_related("area"):
            pairs = {one.pk: explained(candidate, one, words) for one in work}
            since = {one.pk: one.published_on for one in work}
            expected = sorted(pairs, key=lambda pk: (sort_key(pairs[pk], since[pk]), pk))
            theirs = candidate_inputs(candidate, intake_of(candidate), words, has_safety_clash=False)
            query, params = work_query(candidate, theirs, words)
            counts, judged = judge(query, params, show=Show.ALL, limit=99)
            near = nearly(query, params, words, most=99)
            assert [row.pk for row in judged] == expected
            for row in judged:
                told = [(result.criterion, result.answer) for result in pairs[row.pk].results]
                assert row.answers == told
            assert len(near) == counts[Show.NEAR]
            for pk, (row, inputs) in near.items():
                again = explain(replace(theirs, has_safety_clash=row.is_unsafe), inputs)
                assert [result.answer for result in again.results] == [
                    result.answer for result in pairs[pk].results
                ]


def test_only_whom_nobody_proposed_for_thirty_days_when_asked(person, work, coach, area):
    today = timezone.localdate()
    Candidate.objects.filter(pk=person.pk).update(entered_on=today - timedelta(days=31))
    for name, days in (("Lang", 31), ("Net", 30)):
        on = today - timedelta(days=days)
        give(PersonFactory(bureau=work.bureau, coach=coach, first_name=name, area=area, last_proposed_on=on))
    give(PersonFactory(bureau=work.bureau, coach=coach, first_name="Nieuw", area=area, last_proposed_on=None))
    assert names(found(work, coach, waiting=True)) == ["Noor", "Lang"]


def test_what_keeps_most_people_out_is_told_per_must_and_can_be_looked_at(person, work, coach, area):
    Intake.objects.filter(candidate=person).update(dayparts=AFTERNOONS)
    for changes in ({"hours_now": 4}, {"hours_now": 6}, {"hours_now": 4, "dayparts": AFTERNOONS}):
        give(PersonFactory(bureau=work.bureau, coach=coach, first_name="Vier", area=area), **changes)
    with scoped(Scope.for_membership(coach)):
        position = with_place(Position.objects.filter(pk=work.pk)).get()
        told = hindrances(position, coach, Words.load())
    assert [(one.criterion, one.count) for one in told] == [(Criterion.HOURS, 2), (Criterion.DAYPARTS, 1)]
    assert names(found(work, coach, show=Show.NEAR, only=Criterion.DAYPARTS)) == ["Noor"]
    assert found(work, coach, show=Show.NEAR, only=Criterion.HOURS).counts[Show.NEAR] == 2


def test_who_is_avoided_is_not_among_what_keeps_people_out(person, work, coach):
    SafetyRemark.objects.create(
        bureau=work.bureau, candidate=person, employer=work.employer, text="x", by=coach
    )
    with scoped(Scope.for_membership(coach)):
        position = with_place(Position.objects.filter(pk=work.pk)).get()
        assert hindrances(position, coach, Words.load()) == []
