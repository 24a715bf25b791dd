"""Who sees which match, introduction, placement and message; both walls."""

import pytest

from buurtbaan.bureaus.enums import Role
from buurtbaan.scope import Scope, scoped
from matching.models import CheckIn, HoursStep, Introduction, Match, MatchEvent, Message, Placement
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import (
    CheckInFactory,
    IntroductionFactory,
    MatchFactory,
    MessageFactory,
    PersonFactory,
    StepFactory,
    WorkingFactory,
)


def seen(model, membership):
    """What the QuerySet gives inside the role's scope."""
    with scoped(Scope.for_membership(membership)):
        return set(model.objects.visible_to(membership).values_list("pk", flat=True))


def raw(model, membership):
    """What PostgreSQL alone would give."""
    with scoped(Scope.for_membership(membership)):
        return set(model.objects.values_list("pk", flat=True))


def test_coach_and_manager_see_the_bureaus_matches_and_no_others(bureau, coach, manager):
    here = MatchFactory(bureau=bureau)
    MatchFactory()
    assert seen(Match, coach) == seen(Match, manager) == {here.pk}


def test_a_connector_sees_the_own_peoples_matches(bureau, connector):
    own = MatchFactory(bureau=bureau, candidate=PersonFactory(bureau=bureau, connector=connector))
    MatchFactory(bureau=bureau)
    assert seen(Match, connector) == {own.pk}


def test_a_candidate_sees_the_own_matches_in_both_ways(bureau):
    own = MatchFactory(bureau=bureau)
    MatchFactory(bureau=bureau)
    me = MembershipFactory(role=Role.CANDIDATE, bureau=bureau, candidate=own.candidate)
    assert seen(Match, me) == raw(Match, me) == {own.pk}


def test_an_employer_reads_no_match_event_or_message_even_without_a_filter(bureau):
    introduction = IntroductionFactory(match__bureau=bureau)
    MessageFactory(match=introduction.match)
    MatchEvent.objects.create(
        bureau=bureau, match=introduction.match, candidate=introduction.candidate, to_state="proposed"
    )
    them = MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=introduction.employer)
    assert raw(Match, them) == raw(MatchEvent, them) == raw(Message, them) == set()


@pytest.mark.parametrize("state", ["proposed", "candidate_agreed"])
def test_an_employer_sees_no_name_before_the_introduction(bureau, state):
    match = MatchFactory(bureau=bureau, state=state)
    them = MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=match.employer)
    assert raw(Introduction, them) == set()
    with scoped(Scope.for_membership(them)):
        assert not type(match.candidate).objects.exists()


def test_an_employer_sees_introductions_to_itself_while_they_go_on(bureau):
    going = IntroductionFactory(match__bureau=bureau)
    IntroductionFactory(match__bureau=bureau, match__position__employer=going.employer, open=False)
    IntroductionFactory(match__bureau=bureau)
    them = MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=going.employer)
    assert seen(Introduction, them) == raw(Introduction, them) == {going.pk}


def test_placements_and_what_hangs_on_them_are_the_own_employers(bureau):
    placement = WorkingFactory(bureau=bureau)
    step, check = StepFactory(placement=placement), CheckInFactory(placement=placement)
    StepFactory(placement=WorkingFactory(bureau=bureau))
    them = MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=placement.employer)
    me = MembershipFactory(role=Role.CANDIDATE, bureau=bureau, candidate=placement.candidate)
    for reader in (them, me):
        assert seen(Placement, reader) == raw(Placement, reader) == {placement.pk}
        assert seen(HoursStep, reader) == {step.pk}
    assert seen(CheckIn, me) == raw(CheckIn, me) == {check.pk}
    assert seen(CheckIn, them) == raw(CheckIn, them) == set(), "the candidate's own words"


@pytest.mark.parametrize("role", [Role.MUNICIPALITY, Role.PLATFORM])
def test_officer_and_administrator_see_nothing_of_persons(bureau, role):
    introduction = IntroductionFactory(match__bureau=bureau)
    WorkingFactory(bureau=bureau)
    place = {"municipality": bureau.municipality} if role == Role.MUNICIPALITY else {}
    reader = MembershipFactory(role=role, bureau=None, **place)
    assert introduction.pk
    for model in (Match, Introduction, Placement, Message):
        assert seen(model, reader) == raw(model, reader) == set()


def test_messages_follow_the_candidates_file(bureau, coach, connector):
    own = MessageFactory(match__bureau=bureau, match__candidate__coach=coach)
    other = MessageFactory(match__bureau=bureau)
    assert own.pk in seen(Message, coach)
    assert other.pk not in seen(Message, coach)
    assert seen(Message, connector) == set()
