"""Bringing a workbook in the browser: upload, look, take over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Candidate
from matching import tasks
from matching.models import ImportJob
from matching.workbook import jobs
from tests.bureaus.factories import MembershipFactory
from tests.matching.workbook.books import book
from tests.matching.workbook.messy import messy_workbook
from tests.matching.workbook.test_reader import zipped

HEADER = ["Voornaam", "Achternaam", "Geb.datum", "Diagnose"]
GOOD = {"Kandidaten": [HEADER, ["Jan", "Jansen", "3-11-1985", "geheim"]]}
BAD = {"Kandidaten": [*GOOD["Kandidaten"], ["Els", "Bakker", "31-2-1990", None]]}
SignIn = Callable[[Membership], Client]


def upload(client: Client, sheets: dict[str, Any] | bytes, capture: Any, **data: Any) -> Any:
    content = sheets if isinstance(sheets, bytes) else book(sheets).getvalue()
    file = SimpleUploadedFile("bureau.xlsx", content)
    with capture(execute=True):
        return client.post(reverse("matching:import_new"), {"file": file, **data})


def start(client: Client, job: ImportJob, capture: Any, **data: str) -> Any:
    with capture(execute=True):
        return client.post(reverse("matching:import_start", args=[job.pk]), data)


@pytest.fixture
def capture(django_capture_on_commit_callbacks: Any) -> Any:
    return django_capture_on_commit_callbacks


@pytest.fixture
def client(manager: Membership, sign_in: SignIn) -> Client:
    return sign_in(manager)


def test_upload_look_and_take_over(client: Client, capture: Any, manager: Membership) -> None:
    response = upload(client, GOOD, capture)
    job = ImportJob.objects.get()
    url = reverse("matching:import_preview", args=[job.pk])
    assert response.url == url
    assert (job.state, job.by, job.file_name) == ("ready", manager, "bureau.xlsx")
    assert Candidate.objects.count() == 0
    page = client.get(url).content.decode()
    assert "er 1 regels bij" in page
    assert "gezondheid bewaren we niet" in page
    assert "geheim" not in page
    assert start(client, job, capture).url == url
    job.refresh_from_db()
    assert (job.state, job.progress) == ("done", 100)
    assert Candidate.objects.get().first_name == "Jan"
    assert "Overgenomen" in client.get(url).content.decode()
    assert "bureau.xlsx" in client.get(reverse("matching:import_list")).content.decode()


def test_the_file_goes_once_it_is_taken_over(client: Client, capture: Any) -> None:
    upload(client, GOOD, capture)
    job = ImportJob.objects.get()
    name = job.file.name
    assert default_storage.exists(name)
    assert "bureau" not in name
    start(client, job, capture)
    assert not default_storage.exists(name)


def test_bad_rows_ask_for_a_choice(client: Client, capture: Any) -> None:
    upload(client, BAD, capture)
    job = ImportJob.objects.get()
    page = client.get(reverse("matching:import_preview", args=[job.pk])).content.decode()
    assert "Deze datum bestaat niet" in page
    refused = start(client, job, capture)
    assert "kies dat we ze overslaan" in client.get(refused.url).content.decode()
    assert Candidate.objects.count() == 0
    start(client, job, capture, skip_bad_rows="on")
    job.refresh_from_db()
    assert job.state == "done"
    assert Candidate.objects.count() == 1


def test_many_problems_are_shown_page_by_page(client: Client, capture: Any, count_queries: Any) -> None:
    upload(client, messy_workbook(200, seed=5, faults=0.6).content, capture)
    url = reverse("matching:import_preview", args=[ImportJob.objects.get().pk])
    first, second = client.get(url), client.get(url, {"page": 2})
    assert first.content.decode().count("<tr>") < 70
    assert second.status_code == 200
    assert "Vorige" in second.content.decode()
    assert len(first.content) < 60_000
    assert count_queries(lambda: client.get(url)) <= 12


def test_two_clicks_on_upload_make_one_job(client: Client, capture: Any) -> None:
    token = "5f0c3c1e-7a44-4f6e-9f3e-111111111111"
    first = upload(client, GOOD, capture, once=token)
    second = upload(client, GOOD, capture, once=token)
    assert first.url == second.url
    assert ImportJob.objects.count() == 1


def test_two_clicks_on_taking_over_take_over_once(client: Client, capture: Any) -> None:
    upload(client, GOOD, capture)
    job = ImportJob.objects.get()
    assert start(client, job, capture).status_code == start(client, job, capture).status_code == 302
    tasks.take_over_workbook(job.pk, job.bureau_id)
    tasks.read_workbook(job.pk, job.bureau_id)
    job.refresh_from_db()
    assert job.state == "done"
    assert Candidate.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leeg"),
        (b"Voornaam;Achternaam\n", "CSV"),
        (b"PK\x03\x04rommel", "beschadigd"),
        (zipped(mimetype=b"x", content_dot_xml=b"<a/>"), "OpenDocument"),
    ],
)
def test_another_kind_of_file_is_refused_at_once(
    client: Client, capture: Any, content: bytes, words: str
) -> None:
    response = upload(client, content, capture)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert ImportJob.objects.count() == 0


def test_no_file_asks_for_one(client: Client) -> None:
    response = client.post(reverse("matching:import_new"), {})
    assert response.status_code == 422
    assert "Kies eerst een bestand" in response.content.decode()


def test_a_workbook_that_cannot_be_read_says_why_and_goes(client: Client, capture: Any) -> None:
    upload(client, {"Blad1": [["a", "b"]]}, capture)
    job = ImportJob.objects.get()
    assert (job.state, bool(job.file)) == ("failed", False)
    assert (
        "Geen tabblad herkend"
        in client.get(reverse("matching:import_preview", args=[job.pk])).content.decode()
    )


def test_an_unforeseen_fault_leaves_nothing_and_is_told(
    client: Client, capture: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(client, GOOD, capture)
    job = ImportJob.objects.get()

    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("stroom weg")

    monkeypatch.setattr("matching.workbook.importing.aftermath.stages_follow", broken)
    start(client, job, capture)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "niets overgenomen" in job.error
    assert Candidate.objects.count() == 0


def test_with_the_database_away_the_job_waits(
    client: Client, capture: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(client, GOOD, capture)
    job = ImportJob.objects.get()
    client.post(reverse("matching:import_start", args=[job.pk]))

    def away(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError("weg")

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "take_over", away)
        with pytest.raises(OperationalError):
            tasks.take_over_workbook(job.pk, job.bureau_id)
    job.refresh_from_db()
    assert job.state == "running"
    with capture(execute=True):
        jobs.take_up_again(bureau_id=job.bureau_id, now=timezone.now() + timedelta(hours=1))
    job.refresh_from_db()
    assert job.state == "done"


def test_with_the_queue_away_the_upload_is_kept(
    client: Client, capture: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: Any) -> None:
        raise ConnectionError("geen wachtrij")

    with monkeypatch.context() as patch:
        patch.setattr(tasks.read_workbook, "delay", away)
        assert upload(client, GOOD, capture).status_code == 302
    job = ImportJob.objects.get()
    assert job.state == "previewing"
    assert (
        "Het werkboek wordt gelezen"
        in client.get(reverse("matching:import_preview", args=[job.pk])).content.decode()
    )
    with capture(execute=True):
        jobs.take_up_again(bureau_id=job.bureau_id, now=timezone.now() + timedelta(hours=1))
    job.refresh_from_db()
    assert job.state == "ready"


def test_progress_is_a_bar_and_then_the_page_itself(client: Client, capture: Any) -> None:
    upload(client, GOOD, capture)
    job = ImportJob.objects.get()
    url = reverse("matching:import_progress", args=[job.pk])
    assert client.get(url, headers={"hx-request": "true"}).headers["HX-Refresh"] == "true"
    assert client.get(url).status_code == 302
    ImportJob.objects.update(state="running", progress=40)
    page = client.get(url, headers={"hx-request": "true"}).content.decode()
    assert 'value="40"' in page
    assert url in page


def test_a_workbook_can_be_thrown_away(client: Client, capture: Any) -> None:
    upload(client, GOOD, capture)
    job = ImportJob.objects.get()
    with capture(execute=True):
        client.post(reverse("matching:import_remove", args=[job.pk]))
    assert ImportJob.objects.count() == 0
    assert not default_storage.exists(job.file.name)


def test_what_was_taken_over_cannot_be_thrown_away(client: Client, capture: Any) -> None:
    upload(client, GOOD, capture)
    job = ImportJob.objects.get()
    start(client, job, capture)
    assert client.post(reverse("matching:import_remove", args=[job.pk])).status_code == 409
    assert ImportJob.objects.count() == 1


def test_files_go_after_a_day_and_details_after_a_week(client: Client, capture: Any) -> None:
    upload(client, BAD, capture)
    job = ImportJob.objects.get()
    name = job.file.name
    with capture(execute=True):
        tasks.clean_up_imports()
    assert default_storage.exists(name)
    ImportJob.objects.update(created_at=timezone.now() - timedelta(days=2))
    with capture(execute=True):
        tasks.clean_up_imports()
    job.refresh_from_db()
    assert (job.state, bool(job.file)) == ("failed", False)
    assert not default_storage.exists(name)
    assert job.result["problems"]
    ImportJob.objects.update(created_at=timezone.now() - timedelta(days=8))
    tasks.clean_up_imports()
    job.refresh_from_db()
    assert set(job.result) & {"problems", "doubles", "notes"} == set()
    assert client.get(reverse("matching:import_preview", args=[job.pk])).status_code == 200


def test_the_same_file_again_says_so(client: Client, capture: Any) -> None:
    content = book(GOOD).getvalue()
    upload(client, content, capture)
    start(client, ImportJob.objects.get(), capture)
    upload(client, content, capture)
    page = client.get(
        reverse("matching:import_preview", args=[ImportJob.objects.first().pk])
    ).content.decode()
    assert "al overgenomen" in page
    assert "niets om over te nemen" in page


def test_the_template_can_be_fetched(client: Client) -> None:
    response = client.get(reverse("matching:import_template"))
    assert response.content.startswith(b"PK")
    assert "attachment" in response["Content-Disposition"]


def test_another_bureaus_workbook_does_not_exist(
    client: Client, capture: Any, other_bureau: Bureau, sign_in: SignIn
) -> None:
    upload(client, GOOD, capture)
    job = ImportJob.objects.get()
    stranger = sign_in(MembershipFactory(role=Role.MANAGER, bureau=other_bureau))
    for name in ("import_preview", "import_progress"):
        assert stranger.get(reverse(f"matching:{name}", args=[job.pk])).status_code == 404
    for name in ("import_start", "import_remove"):
        assert stranger.post(reverse(f"matching:{name}", args=[job.pk])).status_code == 404
    assert "bureau.xlsx" not in stranger.get(reverse("matching:import_list")).content.decode()


@pytest.mark.parametrize("role", [Role.CONNECTOR, Role.COACH])
def test_only_the_manager_brings_workbooks(role: Role, member: Any, sign_in: SignIn) -> None:
    client = sign_in(member(role))
    for name in ("import_list", "import_new", "import_template"):
        assert client.get(reverse(f"matching:{name}")).status_code == 403
