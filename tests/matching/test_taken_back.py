"""What rests on work when it is taken back or goes on: names, places, messages and what was counted."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtbaan.errors import NotAllowedNow
from candidates.models import Consent
from employers.models import Position
from matching import emails, services
from matching.enums import MatchState
from matching.models import CheckIn, CoachPlan, Conversion, Message, NextPlan, Placement, WageValue
from matching.services.places import taken
from matching.services.sharing import give_consent
from matching.services.starts import take_back_start
from tests.bureaus.factories import MembershipFactory
from tests.employers.factories import SubscriptionFactory
from tests.matching.factories import (
    IntroductionFactory,
    MatchFactory,
    PersonFactory,
    WorkFactory,
    WorkingFactory,
    agree,
)


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def met(bureau, coach):
    """A proposal of which the two met, with a consent to share."""
    person = PersonFactory(bureau=bureau, coach=coach)
    match = IntroductionFactory(
        match__bureau=bureau, match__candidate=person, match__state=MatchState.MET, match__share=["hours"]
    ).match
    give_consent(match, share=match.share, by=coach)
    return match


def begin(act, match, ago=60):
    return act(services.place, match=match, form="work_experience", starts_on=days(-ago), hours=Decimal(8))


def go_on(act, previous, ago, form="activation"):
    return act(
        services.go_on, previous=previous, employer=previous.employer, position=previous.position, form=form,
        starts_on=days(-ago), hours=Decimal(8),
    )  # fmt: skip


def names():
    return list(Placement.objects.order_by("pk").values_list("shared_name", flat=True))


def test_a_consent_taken_back_hides_the_name_on_all_work_at_that_employer(act, met):
    first = begin(act, met)
    go_on(act, go_on(act, first, 40), 20)
    assert all(names())
    Consent.objects.filter(pk=met.consent_id).update(withdrawn_at=timezone.now())
    assert names() == ["", "", ""]


def test_the_end_of_later_work_hides_the_name_on_earlier_work_until_it_is_undone(act, met):
    last = go_on(act, begin(act, met), 30)
    shown = names()
    act(
        services.end_placement, placement=last, reason="agreed_end", destination="searching",
        last_day=days(-1),
    )  # fmt: skip
    assert names() == ["", ""]
    act(services.take_back, change=last.changes.first())
    assert names() == shown


def _plan(made):
    CoachPlan.objects.create(
        bureau=made.bureau, candidate=made.candidate, employer=made.employer, placement=made, granted_by="uwv",
        provider="Bureau", starts_on=days(0), ends_on=days(90),
    )  # fmt: skip


def _value(made):
    WageValue.objects.create(
        bureau=made.bureau, candidate=made.candidate, placement=made, percentage=60, measured_on=days(0),
        assessed_by="Iemand", valid_from=days(0),
    )  # fmt: skip


def _next(made):
    NextPlan.objects.create(bureau=made.bureau, candidate=made.candidate, placement=made, step="talk")


def _skipped(made):
    CheckIn.objects.filter(placement=made, week=1).update(skipped_on=days(0), skip_reason="Ziek")


def _moved(made):
    CheckIn.objects.filter(placement=made, week=1).update(moved_from=days(0))


@pytest.mark.parametrize("follows", [_plan, _value, _next, _skipped, _moved])
def test_a_start_on_which_something_rests_is_not_taken_back(act, met, follows):
    made = begin(act, met, ago=0)
    follows(made)
    with pytest.raises(NotAllowedNow, match="Rond de plaatsing af"):
        act(take_back_start, placement=made)
    assert Placement.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize("sent", [False, True])
def test_a_start_taken_back_keeps_the_mail_or_puts_it_right(act, met, sent):
    made = begin(act, met, ago=0)
    if sent:
        Message.objects.filter(kind="candidate.placed").update(state="sent")
    act(take_back_start, placement=made)
    waiting = list(Message.objects.filter(state="waiting"))
    assert [one.kind for one in waiting] == (["candidate.taken_back"] if sent else [])
    assert Message.objects.filter(kind="candidate.placed").exists() == sent
    for one in waiting:
        body = str(emails.compose(one).body)
        assert "dat je gaat beginnen" in body
        assert "weet niets van je" not in body


@pytest.mark.parametrize("told", [False, True])
def test_who_comes_along_hears_that_the_meeting_goes_on_after_all(bureau, coach, act, told):
    person = PersonFactory(bureau=bureau, coach=coach)
    match = agree(MatchFactory(bureau=bureau, candidate=person))
    act(services.introduce, match=match)
    member = MembershipFactory(bureau=bureau, role="coach")
    plan = services.Plan(starts_at=timezone.now() + timedelta(days=1), place="Hal", companion_member=member)
    act(services.plan_meeting, match=match, plan=plan)
    Message.objects.all().delete()
    act(services.withdraw, match=match)
    if told:
        Message.objects.update(state="sent")
    act(services.undo, match=match)
    again = Message.objects.filter(state="waiting", kind="companion.meeting")
    assert [one.recipient for one in again] == ([member.user.email] if told else [])


def test_work_that_goes_on_later_in_the_same_position_takes_one_place(bureau, coach, act):
    work = WorkFactory(bureau=bureau, places=2)
    before = WorkingFactory(bureau=bureau, candidate=PersonFactory(bureau=bureau, coach=coach), position=work)
    go_on(act, before, -10)
    work.refresh_from_db()
    assert (taken(work), work.status) == (1, "published")
    other = WorkingFactory(bureau=bureau, position=work)
    with pytest.raises(IntegrityError, match="is taken"), transaction.atomic():
        WorkingFactory(bureau=bureau, position=work)
    other.delete()
    Position.objects.filter(pk=work.pk).update(places=1)
    with pytest.raises(IntegrityError, match="is taken"), transaction.atomic():
        Placement.objects.filter(pk=before.pk).update(ended_on=days(20))


def test_a_contract_counted_before_an_ending_stays_when_that_ending_is_undone(bureau, coach, act):
    made = WorkingFactory(bureau=bureau, candidate=PersonFactory(bureau=bureau, coach=coach))
    paid = SubscriptionFactory(bureau=bureau, employer=made.employer, starts_on=days(-99), ends_on=days(99))
    paid.positions.add(made.position, through_defaults={"bureau": bureau})
    Conversion.objects.create(
        bureau=bureau, candidate=made.candidate, placement=made, subscription=paid, contract_on=days(0)
    )
    said = {"reason": "contract", "destination": "regular_job", "last_day": days(-1)}
    act(services.end_placement, placement=made, **said)
    act(services.take_back, change=made.changes.first())
    assert Conversion.objects.count() == 1
    Conversion.objects.all().delete()
    act(services.end_placement, placement=made, **said)
    assert Conversion.objects.count() == 1
    act(services.take_back, change=made.changes.first())
    assert not Conversion.objects.exists()
