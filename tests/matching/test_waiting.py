"""Nobody waits in silence: who is reminded on which day, what happens at the limit, and places that come and go."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from employers.enums import MoveReason, PositionStatus
from employers.models import PositionMove
from employers.services import change_position
from matching import services, tasks
from matching.enums import MatchState
from matching.models import Match, Message
from matching.services.places import open_again_where_free
from tests.bureaus.factories import MembershipFactory
from tests.employers.factories import CheckFactory
from tests.matching.factories import (
    IntroductionFactory,
    MatchFactory,
    MeetingFactory,
    PersonFactory,
    WorkFactory,
    WorkingFactory,
    agree,
)

TODAY = timezone.localdate
HALF, LIMIT = timedelta(days=3), timedelta(days=7)
MINUTE = timedelta(minutes=1)


def kinds():
    return set(Message.objects.values_list("kind", flat=True))


def agreed(since, **person):
    match = agree(MatchFactory(**person))
    Match.objects.filter(pk=match.pk).update(since=since)


def willing(since, **person):
    introduction = IntroductionFactory(match=MatchFactory(state=MatchState.INTRODUCED, **person))
    type(introduction).objects.update(employer_answer="yes", answered_at=since)


def was_to_meet(since, **person):
    MeetingFactory(match=MatchFactory(state=MatchState.MEETING_PLANNED, **person), starts_at=since)


def has_met(since, **person):
    IntroductionFactory(match=MatchFactory(state=MatchState.MET, since=since, **person))


OURS = [agreed, willing, was_to_meet, has_met]


@pytest.fixture
def person(bureau, coach, manager):
    bureau.answer_days = LIMIT.days
    bureau.save()
    return {"bureau": bureau, "candidate": PersonFactory(bureau=bureau, coach=coach)}


@pytest.mark.parametrize("state", OURS)
def test_a_colleague_whose_turn_it_is_is_left_alone_until_half_way(person, state):
    state(timezone.now() - HALF + MINUTE, **person)
    tasks.look_after_proposals()
    assert kinds() <= {"candidate.met"}, "who met is asked how it was; nobody is nudged"


@pytest.mark.parametrize("state", OURS)
def test_half_way_the_coach_is_reminded_once(person, state):
    state(timezone.now() - HALF, **person)
    tasks.look_after_proposals()
    tasks.look_after_proposals()
    assert list(Message.objects.values_list("kind", flat=True)) == ["coach.your_turn"]


@pytest.mark.parametrize("state", OURS)
def test_before_the_limit_nobody_else_is_told(person, state):
    state(timezone.now() - LIMIT + MINUTE, **person)
    tasks.look_after_proposals()
    assert kinds() == {"coach.your_turn"}


@pytest.mark.parametrize("state", OURS)
def test_at_the_limit_the_manager_and_the_candidate_are_told_once(person, state, manager):
    state(timezone.now() - LIMIT, **person)
    tasks.look_after_proposals()
    tasks.look_after_proposals()
    assert kinds() == {"coach.overdue", "candidate.takes_long"}
    told = Message.objects.filter(kind="coach.overdue").values_list("recipient", flat=True)
    assert sorted(told) == sorted([manager.user.email, person["candidate"].coach.user.email])


def test_a_step_begins_the_waiting_anew(person, coach):
    has_met(timezone.now() - LIMIT, **person)
    tasks.look_after_proposals()
    match = Match.objects.get()
    with scoped(Scope.for_membership(coach)):
        services.plan_meeting(
            match=match, plan=services.Plan(starts_at=timezone.now() + LIMIT, place="Buurthuis"), by=coach
        )
    match.refresh_from_db()
    assert (match.told_at, match.nudged_at) == (None, None)


@pytest.mark.parametrize(
    ("late", "told"), [(-MINUTE, set()), (MINUTE, {"candidate.employer_silent", "coach.employer_silent"})]
)
def test_an_employer_who_stays_silent_is_told_to_both_at_the_limit(person, coach, late, told):
    match = agree(MatchFactory(**person))
    with scoped(Scope.for_membership(coach)):
        introduction = services.introduce(match=match, by=coach)
    Message.objects.all().delete()
    introduction.questions.update(asked_at=timezone.now() - LIMIT - late, reminded_at=timezone.now())
    tasks.look_after_proposals()
    assert kinds() == told


@pytest.mark.parametrize(
    ("days", "kind"), [(4, set()), (3, {"candidate.reminder"}), (0, {"candidate.reminder"})]
)
def test_a_candidate_is_reminded_half_way(person, days, kind):
    MatchFactory(**person, answer_by=TODAY() + timedelta(days=days))
    tasks.look_after_proposals()
    assert kinds() == kind


def test_my_page_says_what_happens_while_an_employer_is_silent(person, sign_in):
    introduction = IntroductionFactory(match=MatchFactory(state=MatchState.INTRODUCED, **person))
    me = sign_in(
        MembershipFactory(role=Role.CANDIDATE, bureau=person["bureau"], candidate=person["candidate"])
    )
    page = reverse("matching:my_proposal", args=[introduction.match_id])
    for days, words in (
        (0, "dan vragen we het nog een keer"),
        (4, "dan belt je coach"),
        (8, "Het duurt lang"),
    ):
        type(introduction).objects.update(introduced_at=timezone.now() - timedelta(days=days))
        said = me.get(page).content.decode()
        assert "Nog geen antwoord van de werkgever" in said
        assert words in said
    type(introduction).objects.update(employer_answer="yes")
    assert "De werkgever wil kennismaken" in me.get(page).content.decode()


# places


@pytest.fixture
def full(bureau, coach):
    """A position of one place, filled by itself just now, with somebody at work."""
    work = WorkFactory(bureau=bureau, places=1)
    CheckFactory(position=work, bureau=bureau, positive=True)
    match = IntroductionFactory(match__bureau=bureau, match__position=work, match__state=MatchState.MET).match
    with scoped(Scope.for_membership(coach)):
        placement = services.place(
            match=match, form="work_experience", starts_on=TODAY() - timedelta(days=9), hours=8, by=coach
        )
    work.refresh_from_db()
    assert work.status == PositionStatus.FILLED
    return placement


def end(placement, coach, last_day):
    with scoped(Scope.for_membership(coach)):
        services.end_placement(
            placement=placement, reason="agreed_end", destination="searching", last_day=last_day, by=coach
        )
    placement.position.refresh_from_db()
    return placement.position.status


def test_work_that_filled_up_by_itself_opens_when_somebody_has_left(full, coach):
    assert end(full, coach, TODAY() - timedelta(days=1)) == PositionStatus.PUBLISHED


def test_work_opens_only_after_the_last_day(full, coach, bureau):
    assert end(full, coach, TODAY()) == PositionStatus.FILLED
    tasks.look_after_proposals()
    full.position.refresh_from_db()
    assert full.position.status == PositionStatus.FILLED
    type(full).objects.update(ended_on=TODAY() - timedelta(days=1))
    tasks.look_after_proposals()
    full.position.refresh_from_db()
    assert full.position.status == PositionStatus.PUBLISHED


def test_what_a_colleague_called_filled_stays_filled(full, coach):
    PositionMove.objects.update(code=MoveReason.GUIDED)
    assert end(full, coach, TODAY() - timedelta(days=1)) == PositionStatus.FILLED


def test_work_whose_check_no_longer_holds_does_not_open_by_itself(full, coach):
    full.position.displacement_checks.all().delete()
    assert end(full, coach, TODAY() - timedelta(days=1)) == PositionStatus.FILLED


def test_places_never_become_fewer_than_people(full, coach):
    with pytest.raises(IntegrityError, match="more people"), transaction.atomic():
        type(full.position).objects.filter(pk=full.position_id).update(places=0)
    coming = WorkingFactory(bureau=full.bureau, starts_on=TODAY() + timedelta(days=9))
    with pytest.raises(NotAllowedNow, match="1 mensen"), scoped(Scope.for_membership(coach)):
        change_position(position=coming.position, values={"places": 0}, by=coach)


@pytest.fixture
def others(full, coach):
    """Two people who are still proposed for it."""
    return [
        MatchFactory(
            bureau=full.bureau,
            position=full.position,
            candidate=PersonFactory(bureau=full.bureau, coach=coach),
        )
        for _ in range(2)
    ]


def test_who_was_too_late_stands_on_the_day_until_somebody_chooses(full, others, coach, sign_in):
    client = sign_in(coach)
    today, choose = reverse("matching:today"), reverse("matching:position_filled", args=[full.position_id])
    assert "Plek vervuld" in client.get(today).content.decode()
    assert others[0].candidate.short_name in client.get(choose).content.decode()
    client.post(choose, {"act": "wait"})
    assert "Plek vervuld" not in client.get(today).content.decode()
    assert set(Match.objects.filter(pk__in=[one.pk for one in others]).values_list("state", flat=True)) == {
        "proposed"
    }
    end(full, coach, TODAY() - timedelta(days=1))
    assert not Match.objects.exclude(waits_for_place_at=None).exists()


def test_all_who_were_too_late_end_at_once_with_the_reason(full, others, coach, sign_in):
    choose = reverse("matching:position_filled", args=[full.position_id])
    assert (
        "2 voorstellen zijn gestopt"
        in sign_in(coach).post(choose, {"act": "end"}, follow=True).content.decode()
    )
    ended = Match.objects.filter(pk__in=[one.pk for one in others])
    assert set(ended.values_list("state", "declined_by", "decline_reason")) == {
        ("declined", "bureau", "filled")
    }
    assert Message.objects.filter(kind="candidate.ended").count() == 2


def test_another_bureaus_work_stays_out_of_reach(full, sign_in, other_bureau):
    other = MembershipFactory(role=Role.COACH, bureau=other_bureau)
    assert sign_in(other).get(reverse("matching:position_filled", args=[full.position_id])).status_code == 404
    with scoped(Scope.for_bureau(other_bureau)):
        assert open_again_where_free(other_bureau) == 0


def test_nobody_is_introduced_to_an_employer_on_a_break_and_the_page_says_what_to_do(person, coach, sign_in):
    match = agree(MatchFactory(**person))
    type(match.employer).objects.update(paused_until=TODAY())
    with pytest.raises(NotAllowedNow, match="haal de pauze weg"), scoped(Scope.for_membership(coach)):
        services.introduce(match=match, by=coach)
    page = reverse("matching:match_introduce", args=[match.pk])
    client = sign_in(coach)
    answer = client.post(page)
    assert answer.status_code == 409
    assert reverse("employers:employer", args=[match.employer_id]) in answer.content.decode()
    type(match.employer).objects.update(paused_until=TODAY() - timedelta(days=1))
    assert client.post(page).status_code == 302
