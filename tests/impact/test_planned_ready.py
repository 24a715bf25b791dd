"""Managers hear by e-mail that a planned report is ready: once, with a link, and nobody is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from impact import tasks
from impact.enums import ReportState
from impact.models import ImpactReport
from impact.services import planning
from tests.impact.test_planning import a_plan, finished


@pytest.fixture
def planned(bureau: Bureau) -> ImpactReport:
    """A report that two plans asked for and that is ready."""
    made = finished(bureau, state=ReportState.READY, taken=date(2026, 4, 7))
    ImpactReport.objects.filter(pk=made.pk).update(ready_at=timezone.now())
    a_plan(bureau)
    a_plan(bureau, bureau=None)
    planning.ask_all(bureau, today=date(2026, 4, 7))
    return made


def test_the_manager_gets_one_letter_about_a_planned_report_with_a_link(
    planned: ImpactReport, manager: Membership, coach: Membership
) -> None:
    assert tasks.tell_managers() == 1
    assert tasks.tell_managers() == 0
    (sent,) = mail.outbox
    assert (sent.to, sent.attachments) == ([manager.user.email], [])
    assert reverse("impact:report", args=[planned.pk]) in sent.body
    assert "1 januari 2026 tot en met 31 maart 2026" in sent.body


def test_a_letter_that_cannot_leave_is_tried_again_for_that_manager_alone(
    planned: ImpactReport, manager: Membership, member: Callable[..., Membership]
) -> None:
    member(Role.MANAGER)
    send, left = mail.EmailMultiAlternatives.send, []

    def once(letter: Any, *args: Any, **kwargs: Any) -> int:
        if left:
            raise OSError("away")
        left.append(letter)
        return send(letter, *args, **kwargs)

    with mock.patch("django.core.mail.EmailMultiAlternatives.send", once):
        assert tasks.tell_managers() == 1
    assert tasks.tell_managers() == 1
    assert tasks.tell_managers() == 0
    assert len({letter.to[0] for letter in mail.outbox}) == len(mail.outbox) == 2


@pytest.mark.parametrize(
    "change", [{"state": ReportState.RELEASED}, {"ready_at": datetime(2026, 4, 7, tzinfo=UTC)}]
)
def test_what_is_released_or_old_is_no_news(
    change: dict[str, Any], planned: ImpactReport, manager: Membership
) -> None:
    ImpactReport.objects.filter(pk=planned.pk).update(**change)
    assert tasks.tell_managers() == 0


def test_a_report_that_a_manager_asked_for_brings_no_letter(bureau: Bureau, manager: Membership) -> None:
    made = finished(bureau, state=ReportState.READY, taken=date(2026, 4, 7))
    ImpactReport.objects.filter(pk=made.pk).update(ready_at=timezone.now())
    assert tasks.tell_managers() == 0
