"""What can be taken back within a day, by whom, and who hears of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.models import Consent
from matching import services
from matching.enums import MATCH_MOVES, MOVES_BACK, DeclinedBy, DeclineReason, MatchState
from matching.models import EmployerQuestion, Introduction, Match, MatchEvent, MeetingAccount, Message
from matching.services import moves
from tests.matching.factories import (
    ContactFactory,
    IntroductionFactory,
    MatchFactory,
    PersonFactory,
    WorkFactory,
    WorkingFactory,
    agree,
)

TODAY = timezone.localdate


@pytest.fixture
def proposed(bureau, coach, act):
    person = PersonFactory(bureau=bureau, coach=coach, last_proposed_on=None)
    return act(services.propose, candidate=person, position=WorkFactory(bureau=bureau))


@pytest.fixture
def introduced(proposed, act):
    ContactFactory(employer=proposed.employer)
    act(services.candidate_answers, match=proposed, agrees=True, share=["hours"])
    return act(services.introduce, match=proposed)


def state_of(match):
    return Match.objects.get(pk=match.pk).state


def decline(act, match, **more):
    said = {"declined_by": DeclinedBy.BUREAU, "reason": DeclineReason.TIMING, **more}
    act(services.decline, match=match, **said)


# the database knows the moves


def test_the_database_knows_the_same_moves_as_the_table(db):
    with connection.cursor() as cursor:
        for name, table in (("match_may_move", MATCH_MOVES), ("match_may_move_back", MOVES_BACK)):
            cursor.execute(
                "SELECT was, becomes FROM unnest(%s::text[]) was, unnest(%s::text[]) becomes "
                f"WHERE {name}(was, becomes)",
                [MatchState.values, MatchState.values],
            )
            known = {(was, to) for was, ways in table.items() for to in ways}
            assert set(cursor.fetchall()) == known, (
                "the table changed: write a migration that tells the database"
            )


@pytest.mark.parametrize("to", ["introduced", "met", "placed"])
def test_the_database_refuses_a_move_that_the_table_does_not_have(bureau, to):
    match = MatchFactory(bureau=bureau)
    with pytest.raises(IntegrityError, match="does not move"), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(state=to)


def test_back_needs_the_event_that_is_taken_back(bureau, coach):
    match = agree(MatchFactory(bureau=bureau))
    with pytest.raises(IntegrityError, match="does not move"), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(state=MatchState.PROPOSED)
    done = MatchEvent.objects.create(
        bureau=bureau,
        match=match,
        candidate=match.candidate,
        from_state="proposed",
        to_state="candidate_agreed",
    )
    moves.move(match, MatchState.PROPOSED, by=coach, undoes=done)
    assert state_of(match) == MatchState.PROPOSED


# a proposal


def test_a_proposal_taken_back_before_the_mail_left_is_silent(proposed, act, sign_in):
    act(services.undo, match=proposed)
    proposed.candidate.refresh_from_db()
    assert state_of(proposed) == MatchState.WITHDRAWN
    assert not Message.objects.exists()
    assert proposed.candidate.last_proposed_on is None
    me = Membership.objects.get(candidate=proposed.candidate)
    page = sign_in(me).get(reverse("matching:my_proposals")).content.decode()
    assert proposed.position.title not in page


def test_a_proposal_of_which_the_mail_left_is_put_right_by_mail(proposed, act):
    Message.objects.update(state="sent")
    act(services.undo, match=proposed)
    assert list(Message.objects.filter(state="waiting").values_list("kind", flat=True)) == [
        "candidate.taken_back"
    ]


def test_the_pair_can_be_proposed_again_after_taking_back(proposed, act):
    act(services.undo, match=proposed)
    again = act(services.propose, candidate=proposed.candidate, position=proposed.position)
    assert again.pk != proposed.pk


# answers that a colleague noted


def test_a_yes_noted_by_mistake_shares_nothing_and_asks_on(proposed, act):
    act(services.candidate_answers, match=proposed, agrees=True, share=["hours"])
    act(services.undo, match=proposed)
    match = Match.objects.get(pk=proposed.pk)
    assert (match.state, match.share, match.consent) == (MatchState.PROPOSED, [], None)
    assert match.answer_by > TODAY()
    assert not Consent.objects.in_force().filter(purpose="share_with_employer").exists()


def test_a_no_noted_by_mistake_goes_on_where_it_was(proposed, act):
    act(services.candidate_answers, match=proposed, agrees=False, reason="tasks")
    act(services.undo, match=proposed)
    match = Match.objects.get(pk=proposed.pk)
    assert (match.state, match.declined_by, match.ended_at) == (MatchState.PROPOSED, "", None)


def test_an_employers_yes_noted_by_mistake_is_asked_again(introduced, act):
    act(services.employer_answers, introduction=introduced, answer="yes", note="Leuk")
    act(services.undo, match=introduced.match)
    introduced.refresh_from_db()
    assert (introduced.employer_answer, introduced.answered_at) == ("", None)
    assert EmployerQuestion.objects.get(introduction=introduced).answered_at is None


def test_an_employers_no_noted_by_mistake_shows_the_name_again(introduced, act):
    act(services.employer_answers, introduction=introduced, answer="no", reason="timing")
    act(services.undo, match=introduced.match)
    introduced.refresh_from_db()
    assert (state_of(introduced.match), introduced.open, introduced.employer_answer) == (
        "introduced",
        True,
        "",
    )
    assert Consent.objects.in_force().filter(purpose="share_with_employer").count() == 1


def test_what_the_candidate_answered_is_not_a_colleagues_to_take_back(proposed, act):
    me = Membership.objects.get(candidate=proposed.candidate)
    with scoped(Scope.for_membership(me)):
        services.candidate_answers(match=proposed, agrees=True, share=[], by=me)
    with pytest.raises(NotAllowedNow, match="eigen antwoord"):
        act(services.undo, match=proposed)


# the employer has seen a name


def test_an_introduction_cannot_be_taken_back_and_says_so(introduced, act, sign_in, coach):
    with pytest.raises(NotAllowedNow, match="naam gezien"):
        act(services.undo, match=introduced.match)
    page = sign_in(coach).get(reverse("matching:match", args=[introduced.match_id])).content.decode()
    assert "naam gezien" in page
    assert "Draai de laatste stap terug" not in page


def test_a_meeting_cannot_be_taken_back_but_can_be_moved(introduced, act):
    tomorrow = timezone.now() + timedelta(days=1)
    act(
        services.plan_meeting,
        match=introduced.match,
        plan=services.Plan(starts_at=tomorrow, place="Buurthuis"),
    )
    with pytest.raises(NotAllowedNow, match="Verzet"):
        act(services.undo, match=introduced.match)


# endings


@pytest.mark.parametrize("told", [False, True])
def test_a_stop_taken_back_tells_only_who_had_heard(introduced, act, told):
    Message.objects.all().delete()
    decline(act, introduced.match)
    if told:
        Message.objects.update(state="sent")
    act(services.undo, match=introduced.match)
    introduced.refresh_from_db()
    assert (state_of(introduced.match), introduced.open) == (MatchState.INTRODUCED, True)
    waiting = set(Message.objects.filter(state="waiting").values_list("kind", flat=True))
    assert waiting == ({"candidate.goes_on", "employer.goes_on"} if told else set())


def test_a_meeting_that_was_called_off_stands_in_every_calendar_again(introduced, act):
    tomorrow = timezone.now() + timedelta(days=1)
    act(
        services.plan_meeting,
        match=introduced.match,
        plan=services.Plan(starts_at=tomorrow, place="Buurthuis"),
    )
    act(services.withdraw, match=introduced.match)
    Message.objects.update(state="sent")
    act(services.undo, match=introduced.match)
    introduced.refresh_from_db()
    assert (state_of(introduced.match), introduced.calendar_sequence) == (MatchState.MEETING_PLANNED, 2)
    assert {"candidate.meeting", "employer.meeting", "coach.meeting"} == set(
        Message.objects.filter(state="waiting").values_list("kind", flat=True)
    )


def test_who_expired_gets_time_to_answer_once_more(proposed, act, bureau):
    Match.objects.update(answer_by=TODAY() - timedelta(days=1))
    with scoped(Scope.for_bureau(bureau)):
        services.expire(match=proposed)
    act(services.undo, match=proposed)
    match = Match.objects.get(pk=proposed.pk)
    assert (match.state, match.reminded_at) == (MatchState.PROPOSED, None)
    assert match.answer_by >= TODAY() + timedelta(days=3)


def test_a_consent_that_the_candidate_took_back_does_not_come_to_life(introduced, act, coach):
    decline(act, introduced.match)
    Consent.objects.filter(purpose="share_with_employer").update(withdrawn_by=coach)
    with pytest.raises(NotAllowedNow, match="toestemming"):
        act(services.undo, match=introduced.match)
    assert Introduction.objects.get(pk=introduced.pk).open is False


def test_what_was_overtaken_stays_ended(proposed, act):
    act(services.withdraw, match=proposed)
    act(services.propose, candidate=proposed.candidate, position=proposed.position)
    with pytest.raises(NotAllowedNow, match="iets nieuws"):
        act(services.undo, match=proposed)


def test_after_a_day_and_after_undoing_there_is_nothing_to_take_back(proposed, act):
    decline(act, proposed)
    MatchEvent.objects.update(at=timezone.now() - timedelta(hours=24))
    with pytest.raises(NotAllowedNow, match="tot een dag"):
        act(services.undo, match=proposed)
    MatchEvent.objects.update(at=timezone.now() - timedelta(hours=23))
    act(services.undo, match=proposed)
    with pytest.raises(NotAllowedNow, match="al een terugdraaiing"):
        act(services.undo, match=proposed)


def test_the_message_after_an_act_takes_it_back(proposed, sign_in, coach):
    client = sign_in(coach)
    page = client.post(
        reverse("matching:match_stop", args=[proposed.pk]), {"who": "withdraw"}, follow=True
    ).content.decode()
    undo = reverse("matching:match_undo", args=[proposed.pk])
    assert page.count(undo) == 2, "in the message and on the page"
    assert "Teruggedraaid" in client.post(undo, follow=True).content.decode()
    assert state_of(proposed) == MatchState.PROPOSED
    assert client.post(undo).status_code == 409


# a pair whose work ended


def test_a_pair_is_proposed_again_only_when_the_work_is_over(bureau, coach, act):
    work = WorkFactory(bureau=bureau)
    person = PersonFactory(bureau=bureau, coach=coach)
    old = MatchFactory(bureau=bureau, candidate=person, position=work, state=MatchState.PLACED)
    placement = WorkingFactory(bureau=bureau, candidate=person, position=work, match=old)
    with pytest.raises(NotAllowedNow, match="werkt al"):
        act(services.propose, candidate=person, position=work)
    with pytest.raises(IntegrityError, match="works at"), transaction.atomic():
        MatchFactory(bureau=bureau, candidate=person, position=work)
    act(
        services.end_placement, placement=placement, reason="agreed_end", destination="searching",
        last_day=TODAY() - timedelta(days=1),
    )  # fmt: skip
    assert act(services.propose, candidate=person, position=work).pk != old.pk


# a second meeting


@pytest.fixture
def met(introduced, act):
    """They met an hour ago, and it was written down; a second meeting is planned."""
    soon = services.Plan(starts_at=timezone.now() + timedelta(days=1), place="Buurthuis")
    act(services.plan_meeting, match=introduced.match, plan=soon)
    Introduction.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    act(services.record_meeting, match=introduced.match, outcome_candidate="Leuk")
    act(services.plan_meeting, match=introduced.match, plan=soon)
    return introduced


def test_a_second_meeting_called_off_leaves_the_story_of_the_first(met, act):
    told = set(MeetingAccount.objects.values_list("pk", flat=True))
    act(services.cancel_meeting, match=met.match)
    assert state_of(met.match) == MatchState.MET
    with pytest.raises(NotAllowedNow, match="Plan een nieuwe"):
        act(services.undo, match=met.match)
    with pytest.raises(NotAllowedNow):
        act(services.take_back_outcome, match=met.match)
    assert told == set(MeetingAccount.objects.values_list("pk", flat=True))


def test_a_second_meeting_that_was_missed_is_taken_back_alone(met, act, sign_in, coach):
    Introduction.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    told = set(MeetingAccount.objects.values_list("pk", flat=True))
    act(services.miss_meeting, match=met.match, reason="ill")
    with pytest.raises(NotAllowedNow, match="Plan een nieuwe"):
        act(services.undo, match=met.match)
    client = sign_in(coach)
    url = reverse("matching:outcome_undo", args=[met.match_id])
    assert url in client.get(reverse("matching:match", args=[met.match_id])).content.decode()
    client.post(url)
    met.refresh_from_db()
    assert (state_of(met.match), met.starts_at is None) == (MatchState.MEETING_PLANNED, False)
    assert told == set(MeetingAccount.objects.values_list("pk", flat=True))


def test_without_a_meeting_there_is_nothing_to_write_down(bureau, act):
    match = MatchFactory(bureau=bureau, state=MatchState.MEETING_PLANNED)
    IntroductionFactory(match=match, starts_at=None)
    with pytest.raises(NotAllowedNow, match="geen kennismaking gepland"):
        act(services.record_meeting, match=match)


@pytest.mark.parametrize("back", [services.undo, services.take_back_outcome])
def test_a_meeting_that_was_not_after_all_is_not_a_meeting_before(introduced, act, back):
    plan = services.Plan(starts_at=timezone.now() + timedelta(days=1), place="Buurthuis")
    act(services.plan_meeting, match=introduced.match, plan=plan)
    Introduction.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    act(services.record_meeting, match=introduced.match)
    act(back, match=introduced.match)
    act(services.miss_meeting, match=introduced.match, reason="ill")
    assert state_of(introduced.match) == MatchState.INTRODUCED
