"""Reports that come by themselves: due on the right day, asked for once, seen by the right people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from impact import services, tasks
from impact.enums import ReportState
from impact.models import ImpactReport, Release, ReportBatch, ReportOrder, ReportSchedule, Snapshot
from impact.planning.rhythms import WORDS, Moment, Rhythm, period, periods
from impact.services import batches, planning
from tests.bureaus.factories import BureauFactory, MembershipFactory
from tests.matching.test_races import at_once, refusals


@pytest.mark.parametrize(
    ("rhythm", "moment", "since", "until", "due"),
    [
        ("quarterly", "monday", date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 5)),
        ("quarterly", "monday", date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 4)),
        ("monthly", "monday", date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 1)),
        ("monthly", "fifteenth", date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 15)),
        ("yearly", "monday", date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 4)),
    ],
)
def test_a_period_has_its_days_and_its_moment(
    rhythm: str, moment: str, since: date, until: date, due: date
) -> None:
    found = period(rhythm, moment, since)
    assert (found.since, found.until, found.due) == (since, until, due)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(Rhythm.values),
    st.sampled_from(Moment.values),
    st.dates(date(2001, 1, 1), date(2090, 1, 1)),
)
def test_periods_follow_each_other_without_a_gap_and_are_asked_for_when_they_are_over(
    rhythm: str, moment: str, starts: date
) -> None:
    found = [one for one, _n in zip(periods(rhythm, moment, starts), range(14), strict=False)]
    assert found[0].since <= starts <= found[0].until
    for one, following in pairwise(found):
        assert following.since == one.until + timedelta(days=1)
    for one in found:
        assert one.until < one.due <= one.until + timedelta(days=16)
        assert moment != Moment.FIRST_MONDAY or one.due.weekday() == 0


def test_every_plan_can_be_said_in_words() -> None:
    assert set(WORDS) == {(rhythm, moment) for rhythm in Rhythm.values for moment in Moment.values}


def a_plan(at: Bureau, **fields: Any) -> ReportSchedule:
    values = {"rhythm": "quarterly", "moment": "monday", "starts": date(2026, 1, 1), "bureau": at}
    return ReportSchedule.objects.create(municipality=at.municipality, **{**values, **fields})


def test_after_months_of_standstill_every_missed_period_is_asked_for_once(bureau: Bureau) -> None:
    a_plan(bureau)
    assert planning.ask_all(bureau, today=date(2026, 4, 5)) == 0
    assert planning.ask_all(bureau, today=date(2026, 10, 6)) == 3
    assert planning.ask_all(bureau, today=date(2026, 10, 6)) == 0
    found = ImpactReport.objects.order_by("since").values_list("since", "until", "version")
    assert list(found) == [
        (date(2026, 1, 1), date(2026, 3, 31), 1),
        (date(2026, 4, 1), date(2026, 6, 30), 1),
        (date(2026, 7, 1), date(2026, 9, 30), 1),
    ]


def test_a_plan_of_the_bureau_and_one_of_its_municipality_give_one_report(bureau: Bureau) -> None:
    a_plan(bureau)
    a_plan(bureau, bureau=None)
    planning.ask_all(bureau, today=date(2026, 4, 7))
    assert ReportOrder.objects.count() == 2
    assert ImpactReport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_schedules_that_run_at_once_ask_once() -> None:
    bureau = BureauFactory()
    a_plan(bureau, rhythm="monthly")
    a_plan(bureau, bureau=None)
    with mock.patch("impact.tasks.wake"):
        outcomes = at_once(4, lambda _n: planning.ask_all(bureau, today=date(2026, 6, 3)), threads=4)
    assert not refusals(outcomes)
    asked = ImpactReport.objects.values_list("since", "until")
    assert len(asked) == len(set(asked)) == 6
    assert ReportOrder.objects.filter(report=None).count() == 0


def test_the_database_itself_refuses_a_second_line(bureau: Bureau) -> None:
    line = {
        "schedule": a_plan(bureau),
        "bureau": bureau,
        "municipality": bureau.municipality,
        "since": date(2026, 1, 1),
        "until": date(2026, 3, 31),
    }
    ReportOrder.objects.create(**line)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportOrder.objects.create(**line)


def test_a_period_that_the_manager_asked_for_already_is_not_asked_for_again(
    bureau: Bureau, manager: Membership
) -> None:
    days = {"since": date(2026, 1, 1), "until": date(2026, 3, 31)}
    asked = services.request_report(bureau=bureau, by=manager, worker=False, **days)
    a_plan(bureau)
    planning.ask_all(bureau, today=date(2026, 4, 7))
    assert ReportOrder.objects.get().report == asked
    assert ImpactReport.objects.count() == 1


def finished(bureau: Bureau, *, state: str, taken: date) -> ImpactReport:
    """A report over the first quarter of 2026, of which the figures were taken on a day."""
    days = {"bureau": bureau, "since": date(2026, 1, 1), "until": date(2026, 3, 31)}
    at = timezone.make_aware(datetime.combine(taken, time(12)))
    snapshot = Snapshot.objects.create(**days, figures={"beside": []}, sha256="0" * 64, computed_at=at)
    return ImpactReport.objects.create(
        **days, state=state, snapshot=snapshot, published={}, pdf="reports/a.pdf"
    )


@pytest.mark.parametrize(
    ("state", "taken", "again"),
    [
        (ReportState.READY, date(2026, 3, 31), "same, made anew"),
        (ReportState.READY, date(2026, 4, 1), ""),
        (ReportState.RELEASED, date(2026, 3, 31), "next version"),
        (ReportState.RELEASED, date(2026, 4, 1), ""),
    ],
)
def test_a_plan_takes_no_figures_from_before_the_last_day_was_over(
    bureau: Bureau, state: str, taken: date, again: str
) -> None:
    was = finished(bureau, state=state, taken=taken)
    a_plan(bureau)
    planning.ask_all(bureau, today=date(2026, 4, 7))
    found = ReportOrder.objects.get().report
    assert found
    assert (found == was) == (again != "next version")
    assert (found.state == ReportState.WAITING) == bool(again)


def test_a_report_up_to_today_is_not_made_anew_on_the_same_day(bureau: Bureau, manager: Membership) -> None:
    was = finished(bureau, state=ReportState.READY, taken=timezone.localdate())
    today = timezone.localdate()
    ImpactReport.objects.filter(pk=was.pk).update(until=today)
    found = services.request_report(bureau=bureau, since=was.since, until=today, by=manager, worker=False)
    assert (found, found.state) == (was, ReportState.READY)


def test_a_stopped_plan_asks_for_nothing_and_goes_on_after_taking_that_back(
    bureau: Bureau, manager: Membership
) -> None:
    plan = a_plan(bureau)
    planning.stop(schedule=plan, by=manager)
    assert planning.ask_all(bureau, today=date(2026, 4, 7)) == 0
    planning.resume(schedule=plan, by=manager)
    assert planning.ask_all(bureau, today=date(2026, 4, 7)) == 1


def test_a_stop_cannot_be_taken_back_after_a_day_or_beside_a_new_plan(
    bureau: Bureau, manager: Membership
) -> None:
    old = a_plan(bureau, stopped_on=timezone.now() - timedelta(hours=25), rhythm="yearly")
    with pytest.raises(NotAllowedNow):
        planning.resume(schedule=old, by=manager)
    plan = a_plan(bureau)
    planning.stop(schedule=plan, by=manager)
    a_plan(bureau)
    with pytest.raises(NotAllowedNow):
        planning.resume(schedule=plan, by=manager)


def test_a_manager_plans_stops_and_takes_that_back(
    bureau: Bureau, manager: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    client = sign_in(manager)
    form = {"rhythm": "quarterly", "moment": "monday", "language": "nl"}
    assert client.post(reverse("impact:schedule_new"), form).status_code == 302
    plan = ReportSchedule.objects.get()
    assert (plan.bureau, plan.made_by) == (bureau, manager)
    assert plan.starts <= timezone.localdate()
    again = client.post(reverse("impact:schedule_new"), form)
    assert "al gepland" in again.content.decode()
    client.post(reverse("impact:schedule_stop", args=[plan.pk]))
    assert "Terugdraaien" in client.get(reverse("impact:schedule_list")).content.decode()
    client.post(reverse("impact:schedule_resume", args=[plan.pk]))
    plan.refresh_from_db()
    assert plan.stopped_on is None


def test_a_manager_reads_the_municipalitys_plan_and_cannot_stop_it(
    bureau: Bureau, manager: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    whole = a_plan(bureau, bureau=None)
    client = sign_in(manager)
    assert "platformbeheerder" in client.get(reverse("impact:schedule_list")).content.decode()
    assert client.post(reverse("impact:schedule_stop", args=[whole.pk])).status_code == 404


def test_the_platform_administrator_plans_for_a_municipality(
    bureau: Bureau, sign_in: Callable[[Membership], Client]
) -> None:
    client = sign_in(MembershipFactory(role=Role.PLATFORM, bureau=None))
    form = {
        "municipality": bureau.municipality_id,
        "rhythm": "yearly",
        "moment": "fifteenth",
        "language": "nl",
    }
    assert client.post(reverse("impact:schedule_new"), form).status_code == 302
    assert ReportSchedule.objects.get().bureau is None
    form["municipality"] = 987654
    assert "is-invalid" in client.post(reverse("impact:schedule_new"), form).content.decode()


def test_an_officer_sees_what_comes_and_nothing_of_a_draft(
    bureau: Bureau, sign_in: Callable[[Membership], Client], count_queries: Callable[..., int]
) -> None:
    a_plan(bureau)
    planning.ask_all(bureau, today=date(2026, 4, 7))
    officer = MembershipFactory(role=Role.MUNICIPALITY, bureau=None, municipality=bureau.municipality)
    client, url = sign_in(officer), reverse("impact:schedule_list")
    page = client.get(url).content.decode()
    assert "Elk kwartaal" in page
    assert "1 januari 2026 tot en met 31 maart 2026" in page
    few = count_queries(lambda: client.get(url))
    for number in range(20):
        a_plan(BureauFactory(municipality=bureau.municipality, name=f"Bureau {number}"))
    assert count_queries(lambda: client.get(url)) <= few <= 12


def platform() -> Membership:
    return MembershipFactory(role=Role.PLATFORM, bureau=None)


DAYS = {"since": date(2026, 1, 1), "until": date(2026, 3, 31), "language": "nl"}


@pytest.fixture
def town(bureau: Bureau) -> list[Bureau]:
    """Three bureaus of one municipality, and one elsewhere."""
    BureauFactory()
    return [bureau, *(BureauFactory(municipality=bureau.municipality) for _n in range(2))]


def test_a_batch_asks_every_bureau_once(town: list[Bureau]) -> None:
    batch = batches.start_batch(**DAYS, municipality=town[0].municipality, by=platform())
    assert batches.carry_out(batch_id=batch.pk) == 3
    assert batches.carry_out(batch_id=batch.pk) == 0
    assert set(ImpactReport.objects.values_list("bureau", flat=True)) == {one.pk for one in town}
    other = batches.start_batch(**DAYS, municipality=None, by=platform())
    assert batches.carry_out(batch_id=other.pk) == 4
    assert ImpactReport.objects.count() == 4


def test_a_batch_whose_worker_was_killed_is_taken_up_by_the_schedule(town: list[Bureau]) -> None:
    class Killed(BaseException):
        """As a kill: nothing in the product catches it."""

    batch = batches.start_batch(**DAYS, municipality=town[0].municipality, by=platform())
    real, calls = batches.ask, []

    def dies(**what: Any) -> bool:
        calls.append(what)
        if len(calls) == 2:
            raise Killed
        return real(**what)

    with mock.patch("impact.services.batches.ask", dies), pytest.raises(Killed):
        batches.carry_out(batch_id=batch.pk)
    assert ImpactReport.objects.count() == 1
    tasks.ask_for_planned_reports()
    assert ImpactReport.objects.count() == 3
    assert ReportOrder.objects.filter(report=None).count() == 0


def test_a_batch_says_what_failed_and_only_that_is_tried_again(
    town: list[Bureau], sign_in: Callable[[Membership], Client]
) -> None:
    batch = batches.start_batch(**DAYS, municipality=town[0].municipality, by=platform())
    batches.carry_out(batch_id=batch.pk)
    first, second, third = ImpactReport.objects.order_by("pk")
    whole = {"state": ReportState.READY, "published": {}, "pdf": "reports/x.pdf", "progress": 100}
    from tests.world import build_world

    snapshot = build_world("momentopname").snapshot
    ImpactReport.objects.filter(pk=first.pk).update(**whole, snapshot=snapshot)
    ImpactReport.objects.filter(pk=second.pk).update(state=ReportState.FAILED, error="Het duurde te lang.")
    ImpactReport.objects.filter(pk=third.pk).update(state=ReportState.RUNNING, progress=50)
    client = sign_in(platform())
    page = client.get(reverse("impact:batch", args=[batch.pk])).content.decode()
    assert "1 van de 3" in page
    assert "Het duurde te lang." in page
    bar = client.get(reverse("impact:batch_progress", args=[batch.pk]), headers={"HX-Request": "true"})
    assert "83%" in bar.content.decode()
    with mock.patch("impact.tasks.wake"):
        client.post(reverse("impact:batch_retry", args=[batch.pk]))
    states = dict(ImpactReport.objects.filter(pk__gte=first.pk, pk__lte=third.pk).values_list("pk", "state"))
    assert states == {first.pk: "ready", second.pk: "waiting", third.pk: "running"}


def test_the_bar_of_a_batch_stops_when_nothing_is_busy(
    town: list[Bureau], sign_in: Callable[[Membership], Client]
) -> None:
    batch = batches.start_batch(**DAYS, municipality=town[0].municipality, by=platform())
    batches.carry_out(batch_id=batch.pk)
    ImpactReport.objects.update(state=ReportState.CANCELLED)
    url = reverse("impact:batch_progress", args=[batch.pk])
    answer = sign_in(platform()).get(url, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == reverse("impact:batch", args=[batch.pk])


@pytest.mark.parametrize(
    ("since", "until"), [("2026-03-31", "2026-01-01"), ("2999-01-01", "2999-03-31"), ("", "2026-01-01")]
)
def test_a_batch_over_an_impossible_period_is_explained(
    since: str, until: str, town: list[Bureau], sign_in: Callable[[Membership], Client]
) -> None:
    form = {"municipality": "", "since": since, "until": until, "language": "nl"}
    page = sign_in(platform()).post(reverse("impact:batch_new"), form)
    assert page.status_code == 200
    assert "is-invalid" in page.content.decode()
    assert not ReportBatch.objects.exists()


def test_a_platform_administrator_still_reads_no_report(town: list[Bureau]) -> None:
    admin = platform()
    batch = batches.start_batch(**DAYS, municipality=None, by=admin)
    batches.carry_out(batch_id=batch.pk)
    with scoped(Scope.for_membership(admin)):
        assert batches.progress(batch).total == 4
        assert ImpactReport.objects.count() == Release.objects.count() == 0
