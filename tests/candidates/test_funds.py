"""Hours of a conversation are claimed once, on a fund that ran that day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from buurtbaan.errors import NotAllowedNow
from candidates import services
from candidates.models import Conversation, Fund
from tests.candidates.factories import CandidateFactory


@pytest.fixture
def candidate(coach: Any) -> Any:
    return CandidateFactory(bureau=coach.bureau, coach=coach)


@pytest.fixture
def fund(coach: Any) -> Fund:
    return Fund.objects.create(bureau=coach.bureau, name="ESF", until=date(2099, 1, 1))


def test_a_conversation_names_a_fund_and_the_manager_sees_the_hours(
    candidate: Any, fund: Fund, coach: Any, manager: Any, sign_in: Any
) -> None:
    client, url = sign_in(coach), reverse("candidates:conversation_add", args=[candidate.pk])
    today = timezone.localdate().isoformat()
    post = {"kind": "visit", "text": "We spraken elkaar", "held_on": today, "fund": fund.pk}
    assert "Vul de minuten in" in client.post(url, post).content.decode()
    client.post(url, {**post, "minutes": 90})
    assert Conversation.objects.get().fund == fund
    page = sign_in(manager).get(reverse("impact:funds")).content.decode()
    assert "1,5" in page


def test_a_fund_of_another_time_takes_no_hours(candidate: Any, fund: Fund, coach: Any) -> None:
    fund.until = timezone.localdate() - timedelta(days=1)
    with pytest.raises(NotAllowedNow):
        services.add_conversation(candidate=candidate, by=coach, text="x", minutes=30, fund=fund)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.create(bureau=coach.bureau, candidate=candidate, fund=fund)


def test_without_funds_nobody_is_asked(candidate: Any, coach: Any, sign_in: Any) -> None:
    url = reverse("candidates:conversation_add", args=[candidate.pk])
    assert "fund" not in sign_in(coach).get(url).context["form"].fields


def test_a_manager_adds_a_fund_once_and_with_days_in_order(fund: Fund, manager: Any, sign_in: Any) -> None:
    client, url = sign_in(manager), reverse("impact:funds")
    assert "Dit fonds staat er al" in client.post(url, {"name": "esf"}).content.decode()
    wrong = {"name": "Gemeente", "since": "2026-02-01", "until": "2026-01-01"}
    assert "voor de eerste" in client.post(url, wrong).content.decode()
    client.post(url, {"name": "Gemeente", "since": "2026-01-01"})
    assert Fund.objects.filter(bureau=manager.bureau).count() == 2
