"""Somebody is erased while a colleague still has the file open."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from buurtbaan.bureaus.enums import Role
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates import services
from candidates.enums import ErasureRule
from candidates.models import Candidate, Conversation
from candidates.services.erasing import erase
from tests.candidates.test_rights import everywhere
from tests.world import World, build_world

WORD = "zqtegelijk"


def in_thread(act: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    came: list[Any] = []

    def run() -> None:
        try:
            came.append(act())
        except (NotAllowedNow, DatabaseError) as reason:
            came.append(reason)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, came


def write(world: World) -> Conversation:
    coach = world.members[Role.COACH]
    with scoped(Scope.for_membership(coach)):
        return services.add_conversation(candidate=world.candidate, by=coach, text=WORD)


@pytest.mark.django_db(transaction=True)
def test_a_save_that_waits_for_an_erasure_is_refused_and_leaves_nothing() -> None:
    world = build_world("samen")
    with transaction.atomic():
        erase(candidate=world.candidate, rule=ErasureRule.ASKED)
        thread, came = in_thread(lambda: write(world))
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(20)
    assert isinstance(came[0], NotAllowedNow)
    assert everywhere(WORD) == {}


@pytest.mark.django_db(transaction=True)
def test_an_erasure_that_waits_for_a_save_takes_it_along() -> None:
    world = build_world("samen")
    with transaction.atomic():
        write(world)
        thread, came = in_thread(lambda: erase(candidate=world.candidate, rule=ErasureRule.ASKED))
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(20)
    assert came[0].counts["candidates.Conversation"] == 1
    assert everywhere(WORD) == {}


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_adds_without_the_lock_does_not_outlive_the_person() -> None:
    world = build_world("samen")

    def late() -> None:
        with scoped(Scope.for_bureau(world.bureau)):
            Conversation.objects.create(bureau=world.bureau, candidate=world.candidate, text=WORD)
            ready.set()
            gone.wait(20)

    ready, gone = threading.Event(), threading.Event()
    thread, came = in_thread(late)
    assert ready.wait(20)
    erase(candidate=world.candidate, rule=ErasureRule.ASKED)
    gone.set()
    thread.join(20)
    assert isinstance(came[0], DatabaseError)
    assert not Candidate.objects.filter(pk=world.candidate.pk).exists()
    assert everywhere(WORD) == {}


@pytest.mark.django_db(transaction=True)
def test_two_who_erase_at_once_leave_one_line() -> None:
    world = build_world("samen")
    with transaction.atomic():
        erase(candidate=world.candidate, rule=ErasureRule.ASKED)
        thread, came = in_thread(lambda: erase(candidate=world.candidate, rule=ErasureRule.ASKED))
    thread.join(20)
    assert isinstance(came[0], NotAllowedNow)


@pytest.mark.django_db(transaction=True)
def test_a_form_that_loses_the_race_gets_a_page_and_not_a_crash(
    monkeypatch: pytest.MonkeyPatch, sign_in: Callable[[Any], Client]
) -> None:
    world = build_world("samen")
    client = sign_in(world.members[Role.COACH])

    def late(*, candidate: Candidate, **_said: Any) -> None:
        thread, _came = in_thread(lambda: erase(candidate=world.candidate, rule=ErasureRule.ASKED))
        thread.join(20)
        Conversation.objects.create(bureau=world.bureau, candidate=candidate, text=WORD)

    monkeypatch.setattr("candidates.services.add_conversation", late)
    page = reverse("candidates:conversation_add", args=[world.candidate.pk])
    said = {"text": WORD, "kind": "phone", "held_on": date.today(), "once": str(uuid.uuid4())}
    answer = client.post(page, said)
    assert answer.status_code == 409
    assert "Dit is er niet meer" in answer.content.decode()
    assert everywhere(WORD) == {}
