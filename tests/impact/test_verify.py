"""Is this report real? What the page and the command say about every sort of file, and what they never say."""

from __future__ import annotations

import io
import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.scope import Scope, scoped
from buurtbaan.ui.pdf import write_pdf
from impact import services
from impact.canonical import canonical
from impact.enums import ReportState
from impact.models import ImpactReport, Release, Snapshot
from impact.seal.keys import make_own, seal_key
from impact.seal.signing import sign
from impact.services.sealing import seal_report
from impact.services.verifying import BIGGEST, Verdict, verify_file
from impact.views.verify import AROUND, PATIENCE, verify_report

URL = "/klopt-dit/"
PAGE = '<!doctype html><html lang="nl"><head><title>{0}</title></head><body><h1>{0}</h1></body></html>'
FIGURES = {"schema": "buurtbaan-impact/1", "version": 1, "figures": {}}


def paper(title: str) -> bytes:
    moment = timezone.now()
    return write_pdf(PAGE.format(title), base="/", identifier="b" * 16, files={}, moment=moment, links={})


@pytest.fixture
def report(bureau: Bureau, manager: Membership) -> ImpactReport:
    """A report that is ready and sealed; its words do not matter here."""
    sealed = seal_report(paper("Een rapport"))
    period = {"since": date(2026, 1, 1), "until": date(2026, 6, 30)}
    snapshot = Snapshot.objects.create(bureau=bureau, **period, figures={}, sha256="0" * 64)
    return ImpactReport.objects.create(
        bureau=bureau, **period, state=ReportState.READY, snapshot=snapshot, published=FIGURES,
        pdf=default_storage.save("reports/een.pdf", ContentFile(sealed)),
        pdf_sha256=sha256(sealed).hexdigest(), ready_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def released(report: ImpactReport, manager: Membership) -> tuple[Release, bytes]:
    release = services.release(report=report, by=manager)
    with default_storage.open(release.pdf) as file:
        return release, bytes(file.read())


def ask(data: bytes = b"", hash: str = "", client: Client | None = None) -> Any:  # noqa: A002
    fields: dict[str, Any] = {"hash": hash}
    if data:
        fields["file"] = SimpleUploadedFile("rapport.pdf", data)
    return (client or Client()).post(URL, fields)


def verdict(data: bytes) -> Verdict:
    return verify_file(data).verdict


def test_a_released_report_is_recognised_by_its_file_and_by_both_hashes(
    released: tuple[Release, bytes],
) -> None:
    release, data = released
    assert verify_file(data).release == release
    assert verify_file(canonical(FIGURES)).verdict == Verdict.FIGURES
    for page in (ask(data), ask(hash=release.pdf_sha256.upper()), ask(hash=f" {release.figures_sha256}\n")):
        assert page.status_code == 200
        assert page.context["answer"].good
        assert release.bureau_name in page.content.decode()


def test_a_report_that_was_withdrawn_says_so_without_the_reason(
    released: tuple[Release, bytes], manager: Membership
) -> None:
    release, data = released
    services.withdraw_release(release=release, reason="Fout in telling", by=manager)
    page = ask(data)
    assert page.context["answer"].verdict == Verdict.WITHDRAWN
    assert "Fout in telling" not in page.content.decode()


def test_a_draft_is_not_betrayed(report: ImpactReport, bureau: Bureau) -> None:
    """Who holds a draft hears that the seal holds and no more; a hash tells nothing at all."""
    with default_storage.open(report.file_name) as file:
        data = bytes(file.read())
    page = ask(data)
    assert page.context["answer"].verdict == Verdict.SEALED
    assert page.context["answer"].release is None
    assert bureau.name not in page.content.decode()
    unknown, draft = ask(hash="0" * 64), ask(hash=report.pdf_sha256)
    assert unknown.context["answer"].verdict == draft.context["answer"].verdict == Verdict.UNKNOWN
    with scoped(Scope(token=report.pdf_sha256)):
        assert not ImpactReport.objects.exists()
        assert not Release.objects.exists()


def test_a_hash_opens_one_release_and_nothing_else(released: tuple[Release, bytes]) -> None:
    release, _data = released
    with scoped(Scope(token=release.pdf_sha256)):
        assert [found.pk for found in Release.objects.all()] == [release.pk]
        assert not ImpactReport.objects.exists()
        assert not Snapshot.objects.exists()


def test_damaged_altered_and_foreign_files_each_get_their_own_answer(
    released: tuple[Release, bytes], settings: Any
) -> None:
    _release, data = released
    altered = data.replace(b"/Lang", b"/Leng", 1) if b"/Lang" in data else data[:900] + b"X" + data[901:]
    settings.SEAL_KEY = make_own().decode()
    stranger = sign(paper("Van een ander"), seal_key())
    assert [
        verdict(one)
        for one in (
            altered,
            data + b"%meer",
            data[:-300],
            data[: len(data) // 3],
            stranger,
            paper("Zonder zegel"),
        )
    ] == [Verdict.ALTERED, Verdict.ALTERED, Verdict.CUT, Verdict.CUT, Verdict.STRANGER, Verdict.UNSEALED]
    assert [verdict(one) for one in (b"", b"hello", b"PK\x03\x04", b"{}")] == [
        Verdict.EMPTY,
        *[Verdict.NO_REPORT] * 3,
    ]
    nonsense = b"%PDF-1.7 /ByteRange [0 20 99999999 1]\n<zz> /ByteRange [9 9 9 9] /ByteRange [0 9 3 4] %%EOF"
    assert verdict(nonsense) in (Verdict.STRANGER, Verdict.CUT)


def test_the_words_of_an_answer_never_come_from_the_file(released: tuple[Release, bytes]) -> None:
    page = ask(b"%PDF-1.7 <script>alert(1)</script> %%EOF")
    assert "<script>alert" not in page.content.decode()


@pytest.mark.django_db
def test_a_huge_file_is_refused_before_it_is_read() -> None:
    class Never(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError("read")

    request = RequestFactory().post(URL)
    request.META["CONTENT_LENGTH"] = str(PATIENCE + 1)
    request._stream = Never()  # type: ignore[attr-defined]
    answer = verify_report(request)
    assert answer.status_code == 413
    assert str(Verdict.TOO_BIG.label) in answer.content.decode()


@pytest.mark.django_db
def test_a_file_that_is_too_big_gets_an_answer() -> None:
    page = ask(bytes(BIGGEST + AROUND))
    assert (page.status_code, page.context["answer"].verdict) == (413, Verdict.TOO_BIG)


def test_nothing_of_a_file_is_kept(released: tuple[Release, bytes], settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "never"
    _release, data = released
    before = sorted(Path(settings.MEDIA_ROOT).rglob("*"))
    page = ask(data + bytes(4 * 1024 * 1024))
    assert page.status_code == 200
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*")) == before
    assert "no-store" in page["Cache-Control"]


@pytest.mark.django_db
def test_a_post_without_the_token_is_refused_and_asking_often_has_to_wait() -> None:
    assert Client(enforce_csrf_checks=True).post(URL, {"hash": "0" * 64}).status_code == 403
    client = Client()
    codes = [ask(hash="0" * 64, client=client).status_code for _ in range(22)]
    assert codes[0] == 200
    assert codes[-1] == 429


@pytest.mark.django_db
def test_who_asks_too_often_is_told_so_before_the_file_is_read() -> None:
    class Never(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError("read")

    client = Client()
    for _ in range(20):
        ask(hash="0" * 64, client=client)
    for size in (BIGGEST, PATIENCE):
        body = {
            "CONTENT_LENGTH": str(size),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "wsgi.input": Never(),
        }
        page = client.generic("POST", URL, **body)  # type: ignore[arg-type]
        assert page.status_code == 429
        assert "Wacht een paar minuten" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("hash", "says"), [("", "Kies een bestand"), ("abc", "geen kenmerk")])
def test_what_cannot_be_asked_is_explained(hash: str, says: str) -> None:  # noqa: A002
    assert says in ask(hash=hash).content.decode()


def test_the_command_says_the_same_and_fails_when_it_is_no_report(
    released: tuple[Release, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release, data = released
    place = tmp_path / "rapport.pdf"
    place.write_bytes(data)
    call_command("verify_report", str(place), "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["verdict"], told["sha256"]) == ("released", release.pdf_sha256)
    call_command("verify_report", release.figures_sha256)
    place.write_bytes(data[:-9])
    for what in (str(place), "0" * 64, str(tmp_path / "none.pdf")):
        with pytest.raises(CommandError):
            call_command("verify_report", what)


@pytest.mark.django_db
def test_the_page_is_for_everybody_and_links_to_what_sealed(released: tuple[Release, bytes]) -> None:
    _release, data = released
    page = Client().get(reverse("verify:verify_report"))
    assert page.status_code == 200
    certificate = verify_file(data).certificate
    assert certificate
    assert certificate.fingerprint in page.content.decode()
