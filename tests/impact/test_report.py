"""A report from question to download: once, whole, in the right hands, whatever happens on the way."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.models import Candidate, FirstConversation
from impact import exports, services, tasks
from impact.checking import CheckFailed, _check_frame, check_document, text_of
from impact.documents import render_report
from impact.enums import DownloadKind, ReportState
from impact.models import Download, ImpactReport, Release, Snapshot
from impact.services import making
from impact.services.verifying import Verdict, verify_hash
from tests.world import build_world

SINCE, UNTIL = date(2026, 1, 1), date(2026, 6, 30)


@pytest.fixture
def people(bureau: Bureau, coach: Membership) -> list[Candidate]:
    """Twelve people who came in the period."""
    made = []
    for number in range(12):
        person = Candidate.objects.create(
            bureau=bureau,
            first_name=f"Mens {number}",
            source="walk_in",
            coach=coach,
            entered_on=date(2026, 2, 1),
        )
        FirstConversation.objects.create(bureau=bureau, candidate=person, held_on=date(2026, 2, 1))
        made.append(person)
    return made


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quick drawing for tests about the way there; drawing itself has tests of its own."""
    monkeypatch.setattr(making, "render_report", lambda published, language: b"%PDF-1.7 quick")
    monkeypatch.setattr(making, "check_document", lambda pdf, published: None)
    monkeypatch.setattr(making, "seal_report", lambda pdf: pdf)


@pytest.fixture
def report(people: list[Candidate], bureau: Bureau, manager: Membership) -> ImpactReport:
    return services.request_report(bureau=bureau, since=SINCE, until=UNTIL, by=manager, worker=False)


def make(report: ImpactReport) -> ImpactReport:
    services.make_report(report_id=report.pk, bureau_id=report.bureau_id)
    report.refresh_from_db()
    return report


def test_a_report_says_what_the_data_say(report: ImpactReport) -> None:
    made = make(report)
    assert (made.state, made.error) == (ReportState.READY, "")
    assert made.published
    assert made.published["figures"]["funnel:entered"]["value"] == 12
    with default_storage.open(made.pdf.name) as file:
        pdf = file.read()
    assert "12" in text_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert set(opened.attachments) == {"cijfers.csv", "cijfers.json"}


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2026, 6, 30), date(2026, 1, 1)),
        (timezone.localdate() + timedelta(days=1), timezone.localdate() + timedelta(days=9)),
        (date(2026, 1, 1), timezone.localdate() + timedelta(days=1)),
        (date(1900, 1, 1), date(2026, 1, 1)),
    ],
)
def test_an_impossible_period_is_explained(
    since: date, until: date, bureau: Bureau, manager: Membership
) -> None:
    with pytest.raises(NotAllowedNow):
        services.request_report(bureau=bureau, since=since, until=until, by=manager, worker=False)
    assert not ImpactReport.objects.exists()


def test_a_day_without_anything_is_a_report_too(bureau: Bureau, manager: Membership) -> None:
    empty = services.request_report(bureau=bureau, since=UNTIL, until=UNTIL, by=manager, worker=False)
    assert make(empty).state == ReportState.READY


def test_asking_twice_gives_one_report(report: ImpactReport, bureau: Bureau, manager: Membership) -> None:
    again = services.request_report(bureau=bureau, since=SINCE, until=UNTIL, by=manager, worker=False)
    assert again.pk == report.pk


def test_making_twice_makes_once(report: ImpactReport, drawn: None) -> None:
    assert services.make_report(report_id=report.pk, bureau_id=report.bureau_id)
    assert not services.make_report(report_id=report.pk, bureau_id=report.bureau_id)
    assert Snapshot.objects.count() == 1


def test_a_worker_that_has_it_is_left_alone(report: ImpactReport, drawn: None) -> None:
    ImpactReport.objects.update(state=ReportState.RUNNING, lease_until=timezone.now() + timedelta(minutes=1))
    assert not services.make_report(report_id=report.pk, bureau_id=report.bureau_id)


PHASES = ("earlier.measure", "publish", "render_report", "check_document")


@pytest.mark.parametrize("place", PHASES)
def test_a_report_whose_worker_was_killed_is_taken_up_again(
    place: str, report: ImpactReport, drawn: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """As a kill: nothing in the product catches it."""

    def killed(*args: Any, **kwargs: Any) -> None:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(f"impact.services.making.{place}", killed)
        with pytest.raises(Killed):
            services.make_report(report_id=report.pk, bureau_id=report.bureau_id)
    with scoped(Scope.for_bureau(report.bureau)):
        assert services.hanging() == []
    ImpactReport.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert tasks.take_up_hanging_reports() == 1
    assert make(report).state == ReportState.READY
    assert ImpactReport.objects.count() == 1


def test_a_slow_worker_that_lost_its_turn_writes_nothing(
    report: ImpactReport, drawn: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(published: Any, language: str) -> bytes:
        ImpactReport.objects.update(turn=9)
        return b"%PDF-1.7 late"

    monkeypatch.setattr(making, "render_report", overtaken)
    assert not services.make_report(report_id=report.pk, bureau_id=report.bureau_id)
    report.refresh_from_db()
    assert not report.pdf


def test_three_failures_end_with_a_reason(
    report: ImpactReport, drawn: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no paper")

    monkeypatch.setattr(making, "render_report", broken)
    states = [make(report).state for _try in range(3)]
    assert states == [ReportState.WAITING, ReportState.WAITING, ReportState.FAILED]
    assert report.error
    with scoped(Scope.for_bureau(report.bureau)):
        services.retry(report=report, by=None, worker=False)
    monkeypatch.undo()


def test_a_document_that_fails_its_own_check_is_not_ready(
    report: ImpactReport, drawn: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lies(*args: Any, **kwargs: Any) -> None:
        raise CheckFailed(gettext_lazy("niet elk cijfer staat erin"))

    monkeypatch.setattr(making, "check_document", lies)
    made = make(report)
    assert made.state == ReportState.FAILED
    assert made.error.startswith(
        "Het rapport kwam niet door zijn eigen controle: niet elk cijfer staat erin."
    )


def test_what_a_document_lacks_is_said_in_words() -> None:
    pdf = pikepdf.new()
    with pytest.raises(CheckFailed) as failed:
        _check_frame(pdf)
    said = str(failed.value)
    for words in ("de taal", "de inhoudsopgave", "de titel", "kenmerk van de norm"):
        assert words in said
    assert not set("/=") & set(said)


def test_the_check_notices_a_figure_that_is_not_there(report: ImpactReport, drawn: None) -> None:
    published = make(report).published
    assert published
    with translation.override("nl"):
        pdf = render_report(published, language="nl")
        check_document(pdf, published)
        published["figures"]["funnel:entered"]["value"] = 98765
        with pytest.raises(CheckFailed):
            check_document(pdf, published)


def test_the_same_figures_give_the_same_bytes(report: ImpactReport, drawn: None) -> None:
    published = make(report).published
    assert published
    assert render_report(published, language="nl") == render_report(published, language="nl")


def test_a_stopped_report_stays_stopped(report: ImpactReport, manager: Membership, drawn: None) -> None:
    services.cancel(report=report, by=manager)
    assert make(report).state == ReportState.CANCELLED


def test_what_is_released_never_changes(report: ImpactReport, manager: Membership, drawn: None) -> None:
    made = services.release(report=make(report), by=manager)
    before = made.published
    Candidate.objects.all().delete()
    made.refresh_from_db()
    assert made.published == before
    with pytest.raises(NotAllowedNow):
        services.release(report=report, by=manager)


def test_a_period_that_overlaps_a_released_one_cannot_be_released(
    report: ImpactReport, bureau: Bureau, manager: Membership, drawn: None
) -> None:
    services.release(report=make(report), by=manager)
    crossing = services.request_report(
        bureau=bureau, since=date(2026, 3, 1), until=date(2026, 7, 31), by=manager, worker=False
    )
    crossing = make(crossing)
    with pytest.raises(NotAllowedNow):
        services.release(report=crossing, by=manager)


def test_a_damaged_file_is_not_handed_out(report: ImpactReport, manager: Membership, drawn: None) -> None:
    made = services.release(report=make(report), by=manager)
    with default_storage.open(made.pdf, "wb") as file:
        file.write(b"something else")
    with pytest.raises(NotAllowedNow):
        services.hand_out(release=made, kind=DownloadKind.PDF, by=manager)
    assert services.hand_out(release=made, kind=DownloadKind.JSON, by=manager)


def test_files_hold_no_formula_and_no_hidden_figure(report: ImpactReport, drawn: None) -> None:
    published = make(report).published
    assert published
    published["tables"][0]["rows"][0][1] = "=HYPERLINK(0)"
    assert b'"=HYPERLINK' not in exports.as_csv(published)
    assert b"'=HYPERLINK" in exports.as_csv(published)
    assert exports.as_xlsx(published)[:2] == b"PK"


@pytest.fixture
def released(report: ImpactReport, manager: Membership, drawn: None) -> Release:
    return services.release(report=make(report), by=manager)


def officer(bureau: Bureau) -> Membership:
    from tests.bureaus.factories import MembershipFactory

    return MembershipFactory(role=Role.MUNICIPALITY, bureau=None, municipality=bureau.municipality)


@pytest.mark.parametrize("kind", list(DownloadKind))
def test_an_officer_downloads_and_it_is_noted(
    kind: DownloadKind, released: Release, bureau: Bureau, sign_in: Callable[..., Client]
) -> None:
    response = sign_in(officer(bureau)).get(
        reverse("impact:release_download", args=[released.pk, kind.value])
    )
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert Download.objects.get().kind == kind


def test_an_officer_sees_no_draft_and_no_other_municipality(
    report: ImpactReport, bureau: Bureau, sign_in: Callable[..., Client], drawn: None
) -> None:
    make(report)
    client = sign_in(officer(bureau))
    assert client.get(reverse("impact:report", args=[report.pk])).status_code == 403
    other = build_world("elders").release
    assert client.get(reverse("impact:released", args=[other.pk])).status_code == 404


def test_a_withdrawn_report_is_out_of_sight(
    released: Release, bureau: Bureau, manager: Membership, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(manager)
    page = client.post(
        reverse("impact:release_withdraw", args=[released.pk]), {"reason": "Fout in de gegevens"}
    )
    assert page.status_code == 302
    client = sign_in(officer(bureau))
    assert client.get(reverse("impact:released", args=[released.pk])).status_code == 404
    for kind in DownloadKind.values:
        assert client.get(reverse("impact:release_download", args=[released.pk, kind])).status_code == 404
    assert not Download.objects.exists()
    for known in (released.pdf_sha256, released.figures_sha256):
        answer = verify_hash(known)
        assert (answer.verdict, answer.good) == (Verdict.WITHDRAWN, False)


def test_a_double_click_asks_once(
    people: list[Candidate], manager: Membership, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(manager)
    form = {
        "since": "2026-01-01",
        "until": "2026-06-30",
        "language": "nl",
        "once": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    }
    first, second = (client.post(reverse("impact:report_new"), form) for _click in range(2))
    assert first["Location"] == second["Location"]
    assert ImpactReport.objects.count() == 1


def test_the_command_makes_the_same_report_as_the_button(
    people: list[Candidate], bureau: Bureau, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    args = ["--bureau", bureau.slug, "--from", "2026-01-01", "--until", "2026-06-30", "--out", str(tmp_path)]
    call_command("make_report", *args, "--json")
    told = json.loads(capsys.readouterr().out)
    assert set(told["files"]) == {"pdf", "xlsx", "csv", "json"}
    figures = json.loads((tmp_path / told["files"]["json"].rsplit("/", 1)[1]).read_text())["figures"]
    assert figures["funnel:entered"]["value"] == 12
    assert ImpactReport.objects.get().pdf_sha256 == told["sha256"]


def test_the_command_names_the_bureaus_it_knows(bureau: Bureau) -> None:
    with pytest.raises(CommandError, match=bureau.slug):
        call_command(
            "make_report", "--bureau", "x", "--from", "2026-01-01", "--until", "2026-06-30", "--out", "x"
        )


@pytest.mark.parametrize(
    "state", [ReportState.WAITING, ReportState.RUNNING, ReportState.FAILED, ReportState.CANCELLED]
)
def test_the_page_shows_how_far_it_is(
    state: ReportState, report: ImpactReport, manager: Membership, sign_in: Callable[..., Client]
) -> None:
    ImpactReport.objects.update(
        state=state, progress=35, phase="figures" if state == ReportState.RUNNING else ""
    )
    client = sign_in(manager)
    page = client.get(reverse("impact:report", args=[report.pk]))
    assert page.status_code == 200
    bar = client.get(reverse("impact:report_progress", args=[report.pk]), headers={"HX-Request": "true"})
    assert bar.status_code == 200
    busy = state in (ReportState.WAITING, ReportState.RUNNING)
    assert ("35" in bar.content.decode()) == busy
    assert bar.has_header("HX-Redirect") != busy
