"""Who asked for a correction hears that it was answered, and everybody hears who their coach is now."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from buurtbaan.bureaus.enums import Role
from buurtbaan.scope import Scope, scoped
from candidates import services
from candidates.models import Candidate, Consent
from candidates.services import handover
from candidates.services.voice import answer_correction, say_correction
from matching.day import day_list
from matching.models import Message
from matching.services import delivery as messages
from tests.candidates.factories import CandidateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(coach: Any) -> Candidate:
    made: Candidate = CandidateFactory(
        bureau=coach.bureau, coach=coach, stage="searching", email="mo@kandidaat.example"
    )
    return made


def may_mail(person: Candidate) -> None:
    Consent.objects.create(
        bureau=person.bureau, candidate=person, purpose="contact", text_version="1", text="Ja"
    )


def kinds() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("kind", "state"))


def answered(person: Candidate, coach: Any) -> None:
    said = say_correction(candidate=person, text="Ik woon daar niet", by=coach)
    answer_correction(correction=said, outcome="changed", answer="Aangepast", by=coach)


def test_an_answer_to_a_correction_is_mailed_without_its_content(person: Candidate, coach: Any) -> None:
    may_mail(person)
    answered(person, coach)
    with scoped(Scope.for_bureau(person.bureau)):
        assert messages.deliver(message_id=Message.objects.get().pk)
    sent = mail.outbox[-1]
    assert (sent.to, sent.subject) == (["mo@kandidaat.example"], "Antwoord op wat je schreef")
    assert "Aangepast" not in sent.body
    assert "woon" not in sent.body


def test_without_a_yes_it_is_held_and_the_coach_is_asked_to_call(person: Candidate, coach: Any) -> None:
    answered(person, coach)
    assert kinds() == [("candidate.corrected", "held")]
    with scoped(Scope.for_membership(coach)):
        groups = {str(group.title): group.matters for group in day_list(coach, own=True)}
    assert [one.text for one in groups["Mailen mag niet: vertel het zelf"]] == ["Antwoord op wat je schreef"]


def test_another_coach_is_told_however_the_file_changed_hands(
    person: Candidate, coach: Any, manager: Any, member: Any
) -> None:
    may_mail(person)
    second, third = member(Role.COACH), member(Role.COACH)
    services.assign(candidate=person, coach=coach, connector=None, by=manager)
    assert kinds() == [], "the same coach is no news"
    services.assign(candidate=person, coach=second, connector=None, by=manager)
    moves = handover.reassign(candidates=[person.pk], coach=third, connector=None, by=manager)
    handover.undo_reassign(moves=moves, by=manager)
    assert kinds() == [("candidate.new_coach", "waiting")] * 3
    with scoped(Scope.for_bureau(person.bureau)):
        assert messages.deliver(message_id=Message.objects.latest("pk").pk)
    assert f"{second.user} is vanaf nu je coach" in mail.outbox[-1].body


def test_who_has_no_address_or_a_closed_file_gets_nothing(
    person: Candidate, manager: Any, member: Any
) -> None:
    may_mail(person)
    Candidate.objects.filter(pk=person.pk).update(email="")
    services.assign(candidate=person, coach=member(Role.COACH), connector=None, by=manager)
    assert kinds() == []
