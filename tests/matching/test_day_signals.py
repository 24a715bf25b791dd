"""Early signals: found at their boundary, one friendly line per person, quiet after a call until something new."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.scope import Scope, scoped
from candidates.models import Conversation
from matching import services
from matching.day import Matter, day_list
from matching.models import CheckIn, EmployerQuestion, HoursStep, Placement
from matching.services import day
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import (
    CheckInFactory,
    ContactFactory,
    PersonFactory,
    StepFactory,
    WorkingFactory,
)


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def signals(membership: Membership, *, own: bool = True) -> list[Matter]:
    with scoped(Scope.for_membership(membership)):
        found = [group for group in day_list(membership, own=own) if group.kind == "signal"]
        return found[0].matters if found else []


def kinds(membership: Membership) -> set[str]:
    with scoped(Scope.for_membership(membership)):
        return {group.kind for group in day_list(membership, own=True)}


@pytest.fixture
def work(bureau: Any, coach: Membership, connector: Membership) -> Placement:
    """Samira, at work for a year."""
    person = PersonFactory(
        bureau=bureau, coach=coach, connector=connector, first_name="Samira", stage="working"
    )
    return WorkingFactory(bureau=bureau, candidate=person, starts_on=ago(360))


def stairs(work: Placement, *steps: tuple[int, int]) -> list[HoursStep]:
    """Steps as (days ago, hours), each until the next."""
    ends = [*(ago(days) for days, _hours in steps[1:]), None]
    return [
        StepFactory(placement=work, hours=hours, during=DateRange(ago(days), end))
        for (days, hours), end in zip(steps, ends, strict=True)
    ]


HOURS = "Twee keer een stap terug bij Samira: even bellen?"
MISSED = "Het gesprek met Samira schoot erbij in: even bellen?"
MOOD = "Het gaat met Samira wat minder dan de vorige keer: even bellen?"


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        ([(300, 20), (60, 16), (10, 12)], True),
        ([(300, 20), (60, 16), (0, 12)], True),
        ([(300, 16), (60, 20), (10, 12)], False),
        ([(300, 20), (60, 16), (30, 16), (10, 12)], False),
        ([(300, 20), (60, 16), (30, 12), (10, 16)], False),
        ([(60, 16), (10, 12)], False),
        ([(300, 20), (120, 16), (89, 12)], True),
        ([(300, 20), (120, 16), (90, 12)], False),
        ([(300, 20), (60, 16), (-1, 12)], False),
    ],
)
def test_hours_down_twice_in_a_row(work: Placement, coach: Membership, steps: Any, shown: bool) -> None:
    stairs(work, *steps)
    assert [matter.text for matter in signals(coach)] == ([HOURS] if shown else [])


@pytest.mark.parametrize(
    ("days", "fields", "shown"),
    [
        (14, {}, False),
        (15, {}, True),
        (103, {}, True),
        (104, {}, False),
        (15, {"done_on": date(2026, 1, 1)}, False),
        (15, {"told_on": date(2026, 1, 1)}, False),
        (15, {"skipped_on": date(2026, 1, 1), "skip_reason": "vakantie"}, False),
    ],
)
def test_a_conversation_is_missed_after_two_weeks(
    work: Placement, coach: Membership, days: int, fields: dict[str, Any], shown: bool
) -> None:
    CheckInFactory(placement=work, week=26, due_on=ago(days), **fields)
    assert [matter.text for matter in signals(coach)] == ([MISSED] if shown else [])
    assert ("check_in" in kinds(coach)) == (days == 14), "on the list in one way, not in two"


def test_a_missed_conversation_is_over_when_the_next_is_near(work: Placement, coach: Membership) -> None:
    CheckInFactory(placement=work, week=26, due_on=ago(20))
    coming = CheckInFactory(placement=work, week=52, due_on=ago(-4))
    assert signals(coach)
    CheckIn.objects.filter(pk=coming.pk).update(due_on=ago(-3))
    assert not signals(coach)
    assert "check_in" in kinds(coach)


@pytest.mark.parametrize(
    ("before", "now", "days", "shown"),
    [
        ("good", "mixed", 10, True),
        ("good", "hard", 10, True),
        ("mixed", "hard", 10, True),
        ("mixed", "mixed", 10, False),
        ("hard", "mixed", 10, False),
        ("hard", "good", 10, False),
        ("", "hard", 10, False),
        ("good", "mixed", 89, True),
        ("good", "mixed", 90, False),
    ],
)
def test_a_mood_below_the_one_before(
    work: Placement, coach: Membership, before: str, now: str, days: int, shown: bool
) -> None:
    CheckInFactory(placement=work, week=13, due_on=ago(200), done_on=ago(200), told_on=ago(200), mood=before)
    CheckInFactory(placement=work, week=26, due_on=ago(days), done_on=ago(days), told_on=ago(days), mood=now)
    assert [matter.text for matter in signals(coach)] == ([MOOD] if shown else [])


def test_a_better_mood_since_takes_it_away(work: Placement, coach: Membership) -> None:
    for week, mood, days in ((4, "good", 80), (13, "hard", 40), (26, "good", 5)):
        CheckInFactory(
            placement=work, week=week, due_on=ago(days), done_on=ago(days), told_on=ago(days), mood=mood
        )
    assert not signals(coach)


def asks_for_a_call(work: Placement) -> EmployerQuestion:
    by = MembershipFactory(role=Role.EMPLOYER, bureau=work.bureau, employer=work.employer)
    return services.answer_week(
        placement=work, week=26, going="mixed", help_wanted="yes", words="Druk", by=by
    )


def test_one_line_per_person_the_strongest_first(work: Placement, coach: Membership) -> None:
    stairs(work, (300, 20), (60, 16), (10, 12))
    CheckInFactory(placement=work, week=26, due_on=ago(20))
    asks_for_a_call(work)
    ContactFactory(employer=work.employer, phone="070 123")
    (matter,) = signals(coach)
    assert matter.text == f"{work.employer.name} vraagt of je belt over Samira."
    assert matter.note == "“Druk”, twee keer een stap terug, een gesprek schoot erbij in"
    assert matter.url == "tel:070123"


@pytest.mark.parametrize("over", [False, True])
def test_work_that_ended_gives_no_signal(work: Placement, coach: Membership, over: bool) -> None:
    stairs(work, (300, 20), (60, 16), (10, 12))
    if over:
        work.ended_on, work.end_reason, work.destination = ago(1), "other", "unknown"
        work.save()
    assert bool(signals(coach)) != over


def test_a_call_is_noted_and_quiets_until_something_new(
    work: Placement, coach: Membership, sign_in: Any
) -> None:
    steps = stairs(work, (300, 20), (60, 16), (10, 12))
    client: Client = sign_in(coach)
    (matter,) = signals(coach)
    assert matter.did == "Ik heb gebeld"
    page = client.post(reverse("matching:day_act"), {"gedaan": matter.key}, follow=True).content.decode()
    assert "Maak ongedaan" in page
    note = Conversation.objects.get(candidate=work.candidate)
    assert (note.kind, note.by_id) == ("phone", coach.pk)
    work.candidate.refresh_from_db()
    assert work.candidate.last_contact_on == timezone.localdate()
    assert not signals(coach)
    steps[-1].during = DateRange(ago(10), ago(0))
    steps[-1].save()
    StepFactory(placement=work, hours=8, during=DateRange(ago(0), None))
    assert signals(coach), "a third step back is new"


def test_a_call_answers_only_what_stood_there(work: Placement, coach: Membership) -> None:
    stairs(work, (300, 20), (60, 16), (10, 12))
    (matter,) = signals(coach)
    with scoped(Scope.for_membership(coach)):
        mark, _found = day.do_matter(key=matter.key, by=coach)
    assert len(mark.triggers) == 1
    CheckInFactory(placement=work, week=26, due_on=ago(20))
    assert [one.text for one in signals(coach)] == [MISSED]


def test_a_call_can_be_taken_back_with_its_note(work: Placement, coach: Membership, sign_in: Any) -> None:
    stairs(work, (300, 20), (60, 16), (10, 12))
    question = asks_for_a_call(work)
    was = work.candidate.last_contact_on
    (matter,) = signals(coach)
    with scoped(Scope.for_membership(coach)):
        mark, _found = day.do_matter(key=matter.key, by=coach)
    question.refresh_from_db()
    assert question.settled_by == coach
    sign_in(coach).post(reverse("matching:day_undo", args=[mark.pk]))
    question.refresh_from_db()
    work.candidate.refresh_from_db()
    assert question.settled_at is None
    assert not Conversation.objects.filter(candidate=work.candidate).exists()
    assert work.candidate.last_contact_on == was
    assert len(signals(coach)) == 1


def test_later_is_a_week_of_quiet_for_oneself(
    work: Placement, coach: Membership, manager: Membership
) -> None:
    stairs(work, (300, 20), (60, 16), (10, 12))
    (matter,) = signals(coach)
    with scoped(Scope.for_membership(coach)):
        mark, _found = day.put_aside(key=matter.key, by=coach)
    assert mark.until == ago(-7)
    assert not signals(coach)
    assert signals(manager, own=False), "a colleague's list stays as it is"


def test_a_connector_calls_the_person_and_leaves_the_employer_to_a_coach(
    work: Placement, connector: Membership, sign_in: Any
) -> None:
    stairs(work, (300, 20), (60, 16), (10, 12))
    (matter,) = signals(connector)
    assert matter.did
    asks_for_a_call(work)
    (matter,) = signals(connector)
    assert not matter.did
    sign_in(connector).post(reverse("matching:day_act"), {"gedaan": matter.key})
    assert EmployerQuestion.objects.get().settled_at is None


def test_nobody_else_hears_of_it(work: Placement, sign_in: Any) -> None:
    stairs(work, (300, 20), (60, 16), (10, 12))
    for role, more in (
        (Role.EMPLOYER, {"employer": work.employer}),
        (Role.CANDIDATE, {"candidate": work.candidate}),
    ):
        client = sign_in(MembershipFactory(role=role, bureau=work.bureau, **more))
        assert client.get(reverse("matching:today")).status_code == 403
        home = client.get(reverse("home"), follow=True).content.decode()
        assert "even bellen" not in home
        assert "stap terug bij" not in home
