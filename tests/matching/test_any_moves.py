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
from matching.enums import OPEN_STATES, DeclinedBy, MatchState
from matching.models import Introduction, Match, MatchEvent, Placement
from matching.services.moves import IN_TALKS
from matching.services.places import has_free_place
from tests.bureaus.factories import BureauFactory, MembershipFactory
from tests.employers.factories import CheckFactory
from tests.matching.factories import PersonFactory, WorkFactory

TODAY = timezone.localdate
PICK = st.integers(0, 3)
SIDES = st.sampled_from(DeclinedBy.values)
YES = st.booleans()


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

    @rule(pick=PICK, days_ago=st.integers(0, 1))
    def stop_working(self, pick, days_ago):
        placements = list(Placement.objects.filter(match__in=self.mine).order_by("-pk")[:4])
        if placements:
            self.attempt(
                services.end_placement, placement=placements[pick % len(placements)], reason="agreed_end",
                destination="searching", last_day=TODAY() - timedelta(days=days_ago),
            )  # fmt: skip

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
    def an_employer_sees_a_name_only_while_it_goes_on_and_was_agreed(self):
        for one in Introduction.objects.filter(match__in=self.mine).select_related("match"):
            works = self.working().filter(match=one.match).exists()
            assert one.open == (one.match.state in IN_TALKS or works)
            if one.open:
                assert Consent.objects.in_force().filter(pk=one.match.consent_id).exists()

    def working(self):
        return Placement.objects.filter(match__in=self.mine).exclude(ended_on__lt=TODAY())


@pytest.mark.django_db
def test_any_sequence_of_moves_keeps_what_must_hold():
    run_state_machine_as_test(
        Moves,
        settings=settings(
            max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
