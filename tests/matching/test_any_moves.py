"""Any sequence of moves keeps what must always hold of matches, introductions, placements and places."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

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
LENGTH, SEQUENCES = 26, 6

NEXT = {
    MatchState.PROPOSED: "_agree",
    MatchState.CANDIDATE_AGREED: "_introduce",
    MatchState.INTRODUCED: "_plan",
    MatchState.MEETING_PLANNED: "_record",
    MatchState.MET: "_place",
}


def expire(*, match, by):
    services.expire(match=match)


def go_on(*, placement, **said):
    services.go_on(previous=placement, **said)


class Moves:
    """Two people, two positions of one place each, and a coach who may try anything at any time.

    Each move takes the same four: whose turn it is, another choice, a number of days, and yes or no.
    """

    def __init__(self):
        bureau = BureauFactory()
        self.coach = MembershipFactory(bureau=bureau)
        self.people = [PersonFactory(bureau=bureau, coach=self.coach) for _ in range(2)]
        self.work = [WorkFactory(bureau=bureau, places=1) for _ in range(2)]
        for work in self.work:
            CheckFactory(position=work, bureau=bureau, positive=True)
        self.bureau, self.done = bureau, set()

    @property
    def mine(self):
        """The matches as they are now: a new query each time, because a query set remembers what it read."""
        return Match.objects.filter(bureau=self.bureau)

    def attempt(self, service, **fields):
        """Try it as the coach; what is refused has changed nothing, and after what was done all must hold."""
        before = list(self.mine.order_by("pk").values_list("pk", "state"))
        try:
            with scoped(Scope.for_membership(self.coach)):
                service(**fields, by=self.coach)
        except NotAllowedNow:
            assert list(self.mine.order_by("pk").values_list("pk", "state")) == before
        else:
            self.done.add(service.__name__)
            self.check()

    def check(self):
        for name in INVARIANTS:
            getattr(self, name)()

    def on_a_match(self, pick, service, **fields):
        matches = list(self.mine.order_by("-pk")[:4])
        if matches:
            self.attempt(service, match=matches[pick % len(matches)], **fields)

    def move_propose(self, pick, other, days, yes):
        self.attempt(services.propose, candidate=self.people[pick % 2], position=self.work[other])

    def move_candidate_answers(self, pick, other, days, yes):
        self.on_a_match(pick, services.candidate_answers, agrees=yes, share=["hours"], reason="tasks")

    def move_introduce(self, pick, other, days, yes):
        self.on_a_match(pick, services.introduce)

    def move_employer_answers(self, pick, other, days, yes):
        introductions = list(Introduction.objects.filter(match__in=self.mine).order_by("-pk")[:4])
        if introductions:
            answer = "yes" if yes else "no"
            chosen = introductions[pick % len(introductions)]
            self.attempt(services.employer_answers, introduction=chosen, answer=answer, reason="timing")

    def move_plan(self, pick, other, days, yes):
        soon = timezone.now() + timedelta(seconds=30)
        self.on_a_match(pick, services.plan_meeting, plan=services.Plan(starts_at=soon, place="Buurthuis"))

    def move_record(self, pick, other, days, yes):
        self.on_a_match(pick, services.record_meeting, outcome_candidate="Fijn")

    def move_place(self, pick, other, days, yes):
        begins = TODAY() - timedelta(days=3)
        self.on_a_match(pick, services.place, form="work_experience", starts_on=begins, hours=Decimal(8))

    def move_decline(self, pick, other, days, yes):
        self.on_a_match(
            pick,
            services.decline,
            declined_by=DeclinedBy.values[pick % len(DeclinedBy.values)],
            reason="other",
        )

    def move_withdraw(self, pick, other, days, yes):
        self.on_a_match(pick, services.withdraw)

    def move_expire(self, pick, other, days, yes):
        self.mine.update(answer_by=TODAY() - timedelta(days=1))
        self.on_a_match(pick, expire)

    def move_undo(self, pick, other, days, yes):
        self.on_a_match(pick, services.undo)

    def move_cancel(self, pick, other, days, yes):
        self.on_a_match(pick, services.cancel_meeting)

    def move_on(self, pick, other, days, yes):
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

    def move_out(self, pick, other, days, yes):
        self.at_work(
            pick, services.end_placement, reason="agreed_end", destination="searching",
            last_day=TODAY() - timedelta(days=other),
        )  # fmt: skip

    def move_hours(self, pick, other, days, yes):
        self.at_work(
            pick,
            services.add_hours_step,
            hours=Decimal(8 + 4 * other + days),
            starts=TODAY() + timedelta(days=days),
        )

    def move_elsewhere(self, pick, other, days, yes):
        there = self.work[other]
        self.at_work(
            pick, go_on, employer=there.employer,
            position=there, form="work_experience", starts_on=TODAY() + timedelta(days=min(days, 1)), hours=Decimal(12),
        )  # fmt: skip

    def move_back(self, pick, other, days, yes):
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
        self.done.add("take_back")
        self.check()

    def holds_one_open_proposal_per_pair_and_none_for_who_works_there(self):
        going = list(self.mine.filter(state__in=OPEN_STATES).values_list("candidate", "position"))
        working = set(self.working().values_list("candidate", "position"))
        assert len(going) == len(set(going))
        assert not working & set(going)

    def holds_no_position_has_more_people_than_places_and_it_says_so(self):
        for work in self.work:
            work.refresh_from_db()
            people = set(self.working().filter(position=work).values_list("candidate", flat=True))
            assert len(people) <= work.places, "who goes on in the same place takes one"
            assert (work.status == PositionStatus.FILLED) == (not has_free_place(work))

    def holds_each_match_stands_where_its_last_step_left_it(self):
        for match in self.mine:
            steps = list(MatchEvent.objects.filter(match=match).order_by("pk"))
            assert steps[-1].to_state == match.state
            assert all(later.from_state == earlier.to_state for earlier, later in pairwise(steps))
            assert (match.ended_at is None) == match.is_open
            assert bool(match.declined_by and match.decline_reason) == (match.state == MatchState.DECLINED)
            assert Placement.objects.filter(match=match).exists() == (match.state == MatchState.PLACED)

    def holds_hours_cover_each_day_of_the_work_once(self):
        for work in Placement.objects.filter(bureau=self.bureau):
            steps = [one.during for one in work.hours_steps.order_by("during")]
            assert steps[0].lower == work.starts_on
            assert all(later.lower == earlier.upper for earlier, later in pairwise(steps))
            assert steps[-1].upper == (work.ended_on + timedelta(days=1) if work.ended_on else None)

    def holds_work_that_went_on_ended_before_what_follows(self):
        for work in (
            Placement.objects.filter(bureau=self.bureau).exclude(previous=None).select_related("previous")
        ):
            assert work.previous.candidate_id == work.candidate_id
            assert work.previous.ended_on is not None
            assert work.previous.ended_on < work.starts_on

    def holds_an_employer_sees_a_name_only_while_it_goes_on_and_was_agreed(self):
        for one in Introduction.objects.filter(match__in=self.mine).select_related("match"):
            works = self.working().filter(match=one.match).exists()
            assert one.open == (one.match.state in IN_TALKS or works)
            if one.open:
                assert Consent.objects.in_force().filter(pk=one.match.consent_id).exists()

    def working(self):
        return Placement.objects.filter(bureau=self.bureau).exclude(ended_on__lt=TODAY())


MOVES = [name for name in vars(Moves) if name.startswith("move_")]
INVARIANTS = [name for name in vars(Moves) if name.startswith("holds_")]
STEP = st.tuples(
    st.sampled_from(
        ["move_on"] * 12 + ["move_propose"] * 3 + ["move_elsewhere"] * 6 + ["move_back"] * 5 + MOVES
    ),
    st.integers(0, 3),
    st.integers(0, 1),
    st.integers(-2, 9),
    st.booleans(),
)
FAR = {
    "propose",
    "candidate_answers",
    "introduce",
    "plan_meeting",
    "record_meeting",
    "place",
    "go_on",
    "take_back",
}


@pytest.mark.django_db
def test_any_sequence_of_moves_keeps_what_must_hold():
    done = set()

    @settings(
        max_examples=SEQUENCES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.lists(STEP, min_size=LENGTH, max_size=LENGTH))
    def any_moves(steps):
        with transaction.atomic():
            moves = Moves()
            for name, *choices in steps:
                getattr(moves, name)(*choices)
            done.update(moves.done)
            transaction.set_rollback(True)

    any_moves()
    assert done >= FAR, "the sequences came too far short to say anything"
