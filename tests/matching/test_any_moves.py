"""Any sequence of moves keeps what must always hold of matches, introductions, placements and places."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.models import Consent
from employers.enums import PositionStatus
from matching import services
from matching.enums import OPEN_STATES, ChangeKind, DeclinedBy, MatchState
from matching.models import Introduction, Match, MatchEvent, Placement
from matching.services.moves import IN_TALKS
from matching.services.places import has_free_place
from matching.services.starts import take_back_start, undoable
from tests.bureaus.factories import BureauFactory, MembershipFactory
from tests.employers.factories import CheckFactory
from tests.matching.factories import PersonFactory, WorkFactory

TODAY = timezone.localdate
PICK = st.integers(0, 3)
SIDES = st.sampled_from(DeclinedBy.values)
YES = st.booleans()


NEXT = {
    MatchState.PROPOSED: "_agree",
    MatchState.CANDIDATE_AGREED: "_introduce",
    MatchState.INTRODUCED: "_plan",
    MatchState.MEETING_PLANNED: "_record",
    MatchState.MET: "_place",
}


class Moves(RuleBasedStateMachine):
    """Two people, two positions of one place each, and a coach who may try anything at any time."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        bureau = BureauFactory()
        self.coach = MembershipFactory(bureau=bureau)
        self.people = [PersonFactory(bureau=bureau, coach=self.coach) for _ in range(2)]
        self.work = [WorkFactory(bureau=bureau, places=1) for _ in range(2)]
        for work in self.work:
            CheckFactory(position=work, bureau=bureau, positive=True)
        self.bureau = bureau

    @property
    def mine(self):
        """The matches as they are now: a new query each time, because a query set remembers what it read."""
        return Match.objects.filter(bureau=self.bureau)

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def attempt(self, service, **fields):
        """Try it as the coach; what is refused has changed nothing."""
        before = list(self.mine.order_by("pk").values_list("pk", "state"))
        try:
            with scoped(Scope.for_membership(self.coach)):
                service(**fields, by=self.coach)
        except NotAllowedNow:
            assert list(self.mine.order_by("pk").values_list("pk", "state")) == before

    def on_a_match(self, pick, service, **fields):
        matches = list(self.mine.order_by("-pk")[:4])
        if matches:
            self.attempt(service, match=matches[pick % len(matches)], **fields)

    @rule(person=st.integers(0, 1), work=st.integers(0, 1))
    def propose(self, person, work):
        self.attempt(services.propose, candidate=self.people[person], position=self.work[work])

    @rule(pick=PICK, yes=YES)
    def candidate_answers(self, pick, yes):
        self.on_a_match(pick, services.candidate_answers, agrees=yes, share=["hours"], reason="tasks")

    @rule(pick=PICK)
    def introduce(self, pick):
        self.on_a_match(pick, services.introduce)

    @rule(pick=PICK, yes=YES)
    def employer_answers(self, pick, yes):
        introductions = list(Introduction.objects.filter(match__in=self.mine).order_by("-pk")[:4])
        if introductions:
            answer = "yes" if yes else "no"
            chosen = introductions[pick % len(introductions)]
            self.attempt(services.employer_answers, introduction=chosen, answer=answer, reason="timing")

    @rule(pick=PICK)
    def plan(self, pick):
        soon = timezone.now() + timedelta(seconds=30)
        self.on_a_match(pick, services.plan_meeting, plan=services.Plan(starts_at=soon, place="Buurthuis"))

    @rule(pick=PICK)
    def record(self, pick):
        self.on_a_match(pick, services.record_meeting, outcome_candidate="Fijn")

    @rule(pick=PICK)
    def place(self, pick):
        begins = TODAY() - timedelta(days=3)
        self.on_a_match(pick, services.place, form="work_experience", starts_on=begins, hours=Decimal(8))

    @rule(pick=PICK, side=SIDES)
    def decline(self, pick, side):
        self.on_a_match(pick, services.decline, declined_by=side, reason="other")

    @rule(pick=PICK)
    def withdraw(self, pick):
        self.on_a_match(pick, services.withdraw)

    @rule(pick=PICK)
    def expire(self, pick):
        self.mine.update(answer_by=TODAY() - timedelta(days=1))
        self.on_a_match(pick, lambda match, by: services.expire(match=match))

    @rule(pick=PICK)
    def undo(self, pick):
        self.on_a_match(pick, services.undo)

    @rule(pick=PICK)
    def cancel(self, pick):
        self.on_a_match(pick, services.cancel_meeting)

    @rule(pick=PICK)
    def take_the_usual_next_step(self, pick):
        """So that short sequences come far."""
        open_ones = list(self.mine.filter(state__in=OPEN_STATES).order_by("-pk")[:2])
        if open_ones:
            chosen = open_ones[pick % len(open_ones)]
            getattr(self, NEXT[chosen.state])(chosen)

    def _agree(self, match):
        self.attempt(services.candidate_answers, match=match, agrees=True, share=["hours"], reason="")

    def _introduce(self, match):
        self.attempt(services.introduce, match=match)

    def _plan(self, match):
        plan = services.Plan(starts_at=timezone.now() + timedelta(seconds=30), place="Buurthuis")
        self.attempt(services.plan_meeting, match=match, plan=plan)

    def _record(self, match):
        self.attempt(services.record_meeting, match=match, outcome_candidate="Fijn")

    def _place(self, match):
        begins = TODAY() - timedelta(days=3)
        self.attempt(services.place, match=match, form="work_experience", starts_on=begins, hours=Decimal(8))

    def at_work(self, pick, service, **fields):
        placements = list(Placement.objects.filter(bureau=self.bureau).order_by("-pk")[:4])
        if placements:
            self.attempt(service, placement=placements[pick % len(placements)], **fields)

    @rule(pick=PICK, days_ago=st.integers(0, 1))
    def stop_working(self, pick, days_ago):
        self.at_work(
            pick, services.end_placement, reason="agreed_end", destination="searching",
            last_day=TODAY() - timedelta(days=days_ago),
        )  # fmt: skip

    @rule(pick=PICK, hours=st.integers(4, 27), days=st.integers(-2, 9))
    def other_hours(self, pick, hours, days):
        self.at_work(
            pick, services.add_hours_step, hours=Decimal(hours), starts=TODAY() + timedelta(days=days)
        )

    @rule(pick=PICK, work=st.integers(0, 1), days=st.integers(-1, 1))
    def go_on_elsewhere(self, pick, work, days):
        there = self.work[work]
        self.at_work(
            pick, lambda placement, **said: services.go_on(previous=placement, **said), employer=there.employer,
            position=there, form="work_experience", starts_on=TODAY() + timedelta(days=days), hours=Decimal(12),
        )  # fmt: skip

    @rule(pick=PICK)
    def take_back_work(self, pick):
        """What is offered can be taken back, and what is not offered is refused."""
        placements = list(Placement.objects.filter(bureau=self.bureau).order_by("-pk")[:4])
        if not placements:
            return
        chosen = placements[pick % len(placements)]
        change = undoable(chosen)
        if change is None:
            with pytest.raises(NotAllowedNow), scoped(Scope.for_membership(self.coach)):
                take_back_start(placement=chosen, by=self.coach)
            return
        with scoped(Scope.for_membership(self.coach)):
            if change.kind == ChangeKind.STARTED:
                take_back_start(placement=chosen, by=self.coach)
            else:
                services.take_back(change=change, by=self.coach)

    @invariant()
    def one_open_proposal_per_pair_and_none_for_who_works_there(self):
        going = list(self.mine.filter(state__in=OPEN_STATES).values_list("candidate", "position"))
        working = set(self.working().values_list("candidate", "position"))
        assert len(going) == len(set(going))
        assert not working & set(going)

    @invariant()
    def no_position_has_more_people_than_places_and_it_says_so(self):
        for work in self.work:
            work.refresh_from_db()
            assert self.working().filter(position=work).count() <= work.places
            assert (work.status == PositionStatus.FILLED) == (not has_free_place(work))

    @invariant()
    def each_match_stands_where_its_last_step_left_it(self):
        for match in self.mine:
            steps = list(MatchEvent.objects.filter(match=match).order_by("pk"))
            assert steps[-1].to_state == match.state
            assert all(later.from_state == earlier.to_state for earlier, later in pairwise(steps))
            assert (match.ended_at is None) == match.is_open
            assert bool(match.declined_by and match.decline_reason) == (match.state == MatchState.DECLINED)
            assert Placement.objects.filter(match=match).exists() == (match.state == MatchState.PLACED)

    @invariant()
    def hours_cover_each_day_of_the_work_once(self):
        for work in Placement.objects.filter(bureau=self.bureau):
            steps = [one.during for one in work.hours_steps.order_by("during")]
            assert steps[0].lower == work.starts_on
            assert all(later.lower == earlier.upper for earlier, later in pairwise(steps))
            assert steps[-1].upper == (work.ended_on + timedelta(days=1) if work.ended_on else None)

    @invariant()
    def work_that_went_on_ended_before_what_follows(self):
        for work in (
            Placement.objects.filter(bureau=self.bureau).exclude(previous=None).select_related("previous")
        ):
            assert work.previous.candidate_id == work.candidate_id
            assert work.previous.ended_on is not None
            assert work.previous.ended_on < work.starts_on

    @invariant()
    def an_employer_sees_a_name_only_while_it_goes_on_and_was_agreed(self):
        for one in Introduction.objects.filter(match__in=self.mine).select_related("match"):
            works = self.working().filter(match=one.match).exists()
            assert one.open == (one.match.state in IN_TALKS or works)
            if one.open:
                assert Consent.objects.in_force().filter(pk=one.match.consent_id).exists()

    def working(self):
        return Placement.objects.filter(bureau=self.bureau).exclude(ended_on__lt=TODAY())


@pytest.mark.django_db
def test_any_sequence_of_moves_keeps_what_must_hold():
    run_state_machine_as_test(
        Moves,
        settings=settings(
            max_examples=9, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
