"""Whose turn it is: kept while the work goes on, put down with the reason, never held by two."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.scope import Scope, scoped
from impact import services
from impact.enums import ReportState
from impact.models import ImpactReport
from impact.services import making, turns


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quick drawing: these tests are about the way there."""
    monkeypatch.setattr(making, "render_report", lambda published, language: b"%PDF-1.7 quick")
    monkeypatch.setattr(making, "check_document", lambda pdf, published: None)
    monkeypatch.setattr(making, "seal_report", lambda pdf: pdf)


@pytest.fixture
def report(bureau: Bureau, manager: Membership) -> ImpactReport:
    days = {"since": date(2026, 1, 1), "until": date(2026, 6, 30)}
    return services.request_report(bureau=bureau, by=manager, worker=False, **days)


def make(report: ImpactReport) -> ImpactReport:
    services.make_report(report_id=report.pk, bureau_id=report.bureau_id)
    report.refresh_from_db()
    return report


def fails_with(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise fault

    monkeypatch.setattr(making, "render_report", broken)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (SoftTimeLimitExceeded(), "te lang"),
        (MemoryError(), "geheugen"),
        (OSError("disk full"), "ruimte"),
        (RuntimeError("x"), "logboek"),
    ],
)
def test_what_went_wrong_stands_on_the_page_while_it_is_tried_again(
    fault: Exception,
    said: str,
    report: ImpactReport,
    manager: Membership,
    sign_in: Callable[[Membership], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fails_with(monkeypatch, fault)
    assert make(report).state == ReportState.WAITING
    page = sign_in(manager).get(reverse("impact:report", args=[report.pk])).content.decode()
    assert "We proberen het vanzelf opnieuw" in page
    assert said in page


def test_a_report_that_came_good_forgets_what_went_wrong(
    report: ImpactReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as once:
        fails_with(once, RuntimeError("x"))
        assert make(report).error
    monkeypatch.setattr(making, "render_report", lambda published, language: b"%PDF-1.7 quick")
    assert (make(report).state, report.error) == (ReportState.READY, "")


def test_a_report_that_always_brings_its_worker_down_stops(report: ImpactReport) -> None:
    past = timezone.now() - timedelta(seconds=1)
    ImpactReport.objects.update(state=ReportState.RUNNING, lease_until=past, attempts=turns.MOST_TURNS)
    assert make(report).state == ReportState.FAILED
    assert "brak steeds af" in report.error


def test_a_worker_from_before_a_stop_and_a_new_try_cannot_write(
    report: ImpactReport, manager: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old one holds turn 1 of the first asking; the new asking begins to count its tries anew, not its turns."""

    def meanwhile(published: Any, language: str) -> bytes:
        monkeypatch.setattr(making, "render_report", lambda published, language: b"%PDF-1.7 new")
        services.cancel(report=report, by=manager)
        services.retry(report=report, by=manager, worker=False)
        assert make(report).state == ReportState.READY
        return b"%PDF-1.7 old"

    monkeypatch.setattr(making, "render_report", meanwhile)
    assert not services.make_report(report_id=report.pk, bureau_id=report.bureau_id)
    report.refresh_from_db()
    with default_storage.open(report.file_name) as file:
        assert file.read() == b"%PDF-1.7 new"


def test_what_a_killed_worker_left_on_disk_is_thrown_away(report: ImpactReport) -> None:
    class Killed(BaseException):
        """As a kill: nothing in the product catches it."""

    real = turns.Turn.write

    def killed(self: turns.Turn, **fields: Any) -> None:
        if fields.get("state") == ReportState.READY:
            raise Killed
        real(self, **fields)

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(turns.Turn, "write", killed)
        with pytest.raises(Killed):
            services.make_report(report_id=report.pk, bureau_id=report.bureau_id)
    ImpactReport.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    name = make(report).file_name
    assert name.startswith(f"reports/{report.pk}/2/")
    assert name.endswith("-v1-nl.pdf")
    assert not default_storage.exists(name.replace("/2/", "/1/"))


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_a_long_step_runs(settings: Any) -> None:
    from tests.bureaus.factories import BureauFactory

    settings.REPORT_LEASE_SECONDS = 0.3
    bureau = BureauFactory()
    days = {"since": date(2026, 1, 1), "until": date(2026, 6, 30)}
    asked = services.request_report(bureau=bureau, by=None, worker=False, **days)
    taken = turns.take(asked.pk, bureau)
    assert taken
    with turns.kept(turns.Turn(taken)):
        time.sleep(0.8)
        with scoped(Scope.for_bureau(bureau)):
            assert services.hanging() == []
    assert not connection.in_atomic_block
