"""A page that stood open, a second click, the browser's way back: every act at every stage, twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from matching import services
from matching.models import (
    HoursStep,
    Introduction,
    Match,
    MatchEvent,
    Placement,
    PlacementChange,
)  # fmt: skip
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import CompanyFactory, ContactFactory, MatchFactory, PersonFactory, StepFactory

DAY = timezone.localdate
PLAN = {"day": DAY() + timedelta(days=3), "time": "10:00", "minutes": "45", "place": "Buurthuis"}
MOMENT = {"day1": PLAN["day"], "time1": "11:00", "minutes": "45", "place": "Buurthuis"}
WORK = {"form": "work_experience", "starts_on": DAY(), "hours": "8"}
STOP = {"who": "bureau", "reason": "timing"}
BY_COACH = {
    "match_answer": {"agrees": "yes"},
    "match_introduce": {},
    "match_employer_answer": {"answer": "yes"},
    "times_propose": MOMENT,
    "meeting_plan": {**PLAN, "confirmed": "1"},
    "meeting_cancel": {},
    "meeting_record": {"happened": "yes", "outcome_candidate": "Fijn"},
    "outcome_undo": {},
    "match_place": WORK,
    "match_undo": {},
    "match_stop": STOP,
}
BY_CANDIDATE = {
    "my_proposal": {"answer": "yes"},
    "my_proposal_stop": {"note": "Toch niet"},
    "my_times": {"words": "Alleen ’s ochtends"},
    "my_meeting": {"words": "Het was fijn", "next_step": "yes"},
    "my_proposal_not_right": {"words": "Ik heb geen fiets"},
}
CLEAR = {200, 302, 404, 409}


@pytest.fixture
def at(bureau, coach, act):
    """at(stage): a proposal that came so far by the ordinary way."""

    def bring(stage):
        match = MatchFactory(bureau=bureau, candidate=PersonFactory(bureau=bureau, coach=coach))
        ContactFactory(employer=match.employer)
        soon = services.Plan(starts_at=timezone.now() + timedelta(days=1), place="Hal")
        way = {
            "candidate_agreed": lambda: act(
                services.candidate_answers, match=match, agrees=True, share=["hours"]
            ),
            "introduced": lambda: act(services.introduce, match=match),
            "meeting_planned": lambda: act(services.plan_meeting, match=match, plan=soon),
            "met": lambda: act(services.record_meeting, match=match, outcome_candidate="Fijn"),
            "placed": lambda: act(
                services.place, match=match, form="work_experience", starts_on=DAY(), hours=Decimal(8)
            ),
            "declined": lambda: act(services.decline, match=match, declined_by="bureau", reason="timing"),
        }
        for name, go in way.items():
            if stage == "proposed" or (stage == "declined" and name in ("met", "placed")):
                continue
            if name == "met":
                Introduction.objects.update(starts_at=timezone.now() - timedelta(hours=1))
            go()
            if name == stage:
                break
        return match

    return bring


def look(match):
    """What must not happen twice."""
    return (
        Match.objects.values_list("state", flat=True).get(pk=match.pk),
        MatchEvent.objects.filter(match=match).exclude(from_state=F("to_state")).count(),
        Introduction.objects.filter(match=match).count(),
        Placement.objects.filter(candidate=match.candidate).count(),
    )


def twice(client, name, said, pk, look, query=""):
    """The same post again: the first does it or says why not, the second changes nothing."""
    url = reverse(f"matching:{name}", args=[pk]) + query
    with transaction.atomic():
        before = look()
        answer = client.post(url, said)
        assert answer.status_code in CLEAR, (name, answer.status_code)
        after = look()
        assert answer.status_code == 302 or after == before, name
        if after != before:
            again = client.post(url, said)
            assert again.status_code in CLEAR, (name, again.status_code)
            assert look() == after, f"{name} happened twice"
        transaction.set_rollback(True)
    return after != before


@pytest.mark.parametrize(
    ("stage", "works"),
    [
        ("proposed", {"match_answer", "match_stop", "my_proposal", "my_proposal_stop"}),
        ("candidate_agreed", {"match_introduce", "match_undo", "match_stop", "my_proposal_stop"}),
        ("introduced", {"meeting_plan", "match_stop", "my_proposal_stop"}),
        ("meeting_planned", {"meeting_cancel", "match_stop", "my_proposal_stop"}),
        (
            "met",
            {"meeting_plan", "match_place", "match_undo", "outcome_undo", "match_stop", "my_proposal_stop"},
        ),
        ("placed", set()),
        ("declined", {"match_undo"}),
    ],
)
def test_each_act_does_it_once_or_says_why_not(at, coach, sign_in, stage, works):
    match = at(stage)
    own = Membership.objects.filter(candidate=match.candidate).first() or MembershipFactory(
        role=Role.CANDIDATE, bureau=match.bureau, candidate=match.candidate
    )
    staff, person = sign_in(coach), sign_in(own)
    asked = [(staff, *act) for act in BY_COACH.items()] + [(person, *act) for act in BY_CANDIDATE.items()]
    moved = {name for client, name, said in asked if twice(client, name, said, match.pk, lambda: look(match))}
    assert moved == works


ON_WORK = {
    "hours_new": {"hours": "12", "starts": DAY(), "reason": "Het gaat goed"},
    "placement_end": {"last_day": DAY(), "reason": "agreed_end", "destination": "searching"},
    "placement_go_on": {"form": "activation", "starts_on": DAY(), "hours": "12"},
    "placement_move": {"form": "activation", "starts_on": DAY(), "hours": "12"},
    "placement_contract": {"contract_on": DAY()},
}


def path_of(person):
    """All that an act on somebody's work could do twice."""
    mine = Placement.objects.filter(candidate=person)
    return (
        list(mine.order_by("pk").values_list("pk", "ended_on", "destination")),
        list(HoursStep.objects.filter(placement__in=mine).order_by("during").values_list("hours", "during")),
        PlacementChange.objects.filter(placement__in=mine, undone_at=None).count(),
    )


@pytest.mark.parametrize(
    ("stage", "works"),
    [
        ("running", {"hours_new", "placement_end", "placement_go_on", "placement_move"}),
        ("ended", {"placement_go_on", "placement_move", "change_undo"}),
        ("gone on", {"change_undo"}),
    ],
)
def test_each_act_on_work_does_it_once_or_says_why_not(bureau, coach, act, sign_in, stage, works):
    person = PersonFactory(bureau=bureau, coach=coach)
    work = StepFactory(placement__candidate=person, placement__bureau=bureau).placement
    said = {"last_day": DAY() - timedelta(days=1), "reason": "agreed_end", "destination": "searching"}
    if stage == "ended":
        act(services.end_placement, placement=work, **said)
    if stage == "gone on":
        more = {"employer": work.employer, "position": work.position, "starts_on": DAY(), "hours": Decimal(8)}
        act(services.go_on, previous=work, form="activation", **more)
    there = f"?werkgever={CompanyFactory(bureau=bureau).pk}"
    asked = [(name, said, work.pk) for name, said in ON_WORK.items()]
    last = PlacementChange.objects.filter(candidate=person).order_by("-pk").first()
    asked += [("change_undo", {}, last.pk)] if last else []
    client = sign_in(coach)
    done = {
        name for name, fields, pk in asked if twice(client, name, fields, pk, lambda: path_of(person), there)
    }
    assert done == works
