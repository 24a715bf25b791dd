"""The questions of a week leave by themselves, once; whoever does not answer is called; what was written goes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import AccessLink
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate, Consent
from matching import services, tasks
from matching.day import day_list
from matching.models import CheckIn, Message
from matching.services import check_ins
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import CheckInFactory, PersonFactory, WorkingFactory

KIND = "candidate.check_in"


def day(n: int) -> Any:
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def check(bureau: Any, coach: Any) -> CheckIn:
    person = PersonFactory(
        bureau=bureau, coach=coach, first_name="Samira", stage="working", last_contact_on=day(-40)
    )
    work = WorkingFactory(bureau=bureau, candidate=person, starts_on=day(-28))
    return CheckInFactory(placement=work, week=4, due_on=day(0))


def tick() -> list[Message]:
    """The schedule came by, and the worker after it."""
    tasks.look_after_proposals()
    for message in Message.objects.filter(kind=KIND, state="waiting"):
        tasks.send_message(message.pk, message.bureau_id)
    return list(Message.objects.filter(kind=KIND))


def test_the_questions_leave_once_with_a_link_to_their_own_page(check: CheckIn) -> None:
    tick()
    (message,) = tick()
    assert (message.state, message.check_in_id, message.candidate_id) == (
        "sent",
        check.pk,
        check.candidate_id,
    )
    letters = [letter for letter in mail.outbox if letter.to == [check.candidate.email]]
    (letter,) = letters
    assert check.employer.name not in letter.subject
    assert AccessLink.objects.filter(target=reverse("matching:check_in_answer", args=[check.pk])).exists()
    check.refresh_from_db()
    assert check.asked_at is not None


@pytest.mark.parametrize(
    "change",
    [
        {"due_on": 1},
        {"due_on": -20},
        {"told_on": -1},
        {"done_on": -1},
        {"skipped_on": -1, "skip_reason": "Op vakantie"},
    ],
)
def test_what_is_early_long_ago_or_known_is_not_asked(check: CheckIn, change: dict[str, Any]) -> None:
    values = {name: day(value) if isinstance(value, int) else value for name, value in change.items()}
    CheckIn.objects.filter(pk=check.pk).update(**values)
    assert tick() == []


def test_without_a_yes_to_contact_or_an_address_nobody_is_written_to(check: CheckIn) -> None:
    Consent.objects.filter(candidate=check.candidate).delete()
    assert tick() == []
    Consent.objects.create(
        bureau=check.bureau,
        candidate=check.candidate,
        purpose="contact",
        text_version="contact-1-nl",
        text="…",
    )
    Candidate.objects.filter(pk=check.candidate_id).update(email="")
    assert tick() == []


def test_an_address_that_changed_meanwhile_is_held(check: CheckIn) -> None:
    tasks.look_after_proposals()
    Candidate.objects.filter(pk=check.candidate_id).update(email="nieuw@kandidaat.example")
    message = Message.objects.get(kind=KIND)
    tasks.send_message(message.pk, message.bureau_id)
    message.refresh_from_db()
    assert (message.state, message.why_held) == ("held", "changed")


def test_work_that_ended_is_not_asked_about(check: CheckIn) -> None:
    type(check.placement).objects.filter(pk=check.placement_id).update(
        ended_on=day(-1), end_reason="agreed_end", destination="searching"
    )
    assert tick() == []


def test_what_a_coach_mailed_is_not_mailed_again(check: CheckIn, coach: Any) -> None:
    services.send_questions(check_in=check, by=coach)
    assert tick() == []


def test_the_coach_is_told_to_call_when_no_answer_comes(check: CheckIn, coach: Any, sign_in: Any) -> None:
    CheckIn.objects.filter(pk=check.pk).update(
        due_on=day(-9), asked_at=timezone.now() - timedelta(days=check.bureau.answer_days, hours=1)
    )
    (group,) = [one for one in day_list(coach, own=True) if one.kind.startswith("check_in")]
    assert group.kind == "check_in_silent"
    (matter,) = group.matters
    assert matter.url.startswith("tel:")
    assert "nog geen antwoord" in matter.note
    page = sign_in(coach).get(reverse("matching:today")).content.decode()
    assert "Vertelde nog niet hoe het gaat" in page
    CheckIn.objects.filter(pk=check.pk).update(told_on=day(0), mood="good", told_self=True)
    kinds = {one.kind for one in day_list(coach, own=True)}
    assert "check_in_silent" not in kinds
    assert "check_in_told" in kinds


def test_a_conversation_written_down_is_taken_back_with_its_contact(
    check: CheckIn, coach: Any, sign_in: Any
) -> None:
    client: Client = sign_in(coach)
    page = reverse("matching:check_in", args=[check.pk])
    client.post(page, {"mood": "hard", "candidate_words": "Zwaar", "done_on": str(day(0))})
    check.refresh_from_db()
    assert (check.mood, check.candidate.last_contact_on) == ("hard", day(0))
    undo = reverse("matching:check_in_undo", args=[check.pk])
    assert (
        undo
        in client.get(reverse("matching:placement_check_ins", args=[check.placement_id])).content.decode()
    )
    client.post(undo)
    check.refresh_from_db()
    assert (check.mood, check.candidate_words, check.done_on, check.by) == ("", "", None, None)
    assert Candidate.objects.get(pk=check.candidate_id).last_contact_on == day(-40)
    assert client.post(undo).status_code == 409


def test_a_better_version_is_taken_back_to_the_one_before(check: CheckIn, coach: Any) -> None:
    services.do_check_in(check_in=check, mood="good", candidate_words="Fijn", by=coach)
    services.do_check_in(check_in=check, mood="mixed", candidate_words="Toch niet", by=coach)
    services.take_back_check_in(check_in=check, by=coach)
    check.refresh_from_db()
    assert (check.mood, check.candidate_words, check.done_on) == ("good", "Fijn", day(0))


def test_contact_since_then_stays(check: CheckIn, coach: Any) -> None:
    services.do_check_in(check_in=check, mood="good", done_on=day(-2), by=coach)
    Candidate.objects.filter(pk=check.candidate_id).update(last_contact_on=day(0))
    services.take_back_check_in(check_in=check, by=coach)
    assert Candidate.objects.get(pk=check.candidate_id).last_contact_on == day(0)


def test_after_a_day_it_stays_and_what_stood_there_is_forgotten(check: CheckIn, coach: Any) -> None:
    services.do_check_in(check_in=check, mood="good", candidate_words="Fijn", by=coach)
    CheckIn.objects.update(did_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(NotAllowedNow, match="een dag lang"):
        services.take_back_check_in(check_in=check, by=coach)
    tasks.forget_the_day()
    check.refresh_from_db()
    assert (check.was, check.mood) == (None, "good")


def test_reading_is_taken_back_past_midnight_and_by_a_colleague_but_not_over_what_was_written(
    check: CheckIn, coach: Any, manager: Any
) -> None:
    me = MembershipFactory(role=Role.CANDIDATE, bureau=check.bureau, candidate=check.candidate)
    services.answer_check_in(check_in=check, words="Goed", by=me)
    services.read_check_in(check_in=check, by=coach)
    CheckIn.objects.update(did_at=timezone.now() - timedelta(hours=20), done_on=day(-1))
    services.take_back_check_in(check_in=check, act=check_ins.READ, by=manager)
    check.refresh_from_db()
    assert check.waits_for_reading
    services.read_check_in(check_in=check, by=coach)
    services.do_check_in(check_in=check, mood="good", by=coach)
    with pytest.raises(NotAllowedNow, match="een collega schreef"):
        services.take_back_check_in(check_in=check, act=check_ins.READ, by=coach)
