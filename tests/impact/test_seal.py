"""The seal: which key, what happens when it is lost, and which files still hold it."""

from __future__ import annotations

import logging
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_der_private_key,
)

from impact.models import SealCertificate
from impact.seal.keys import OWN_FILE, SealError, make_own, seal_key
from impact.seal.reading import SealState, read_seal
from impact.services import sealing
from impact.services.verifying import Verdict, verify_file

PAPER = (
    """<!doctype html><html lang="nl"><head><title>Klein</title></head><body><h1>Klein</h1></body></html>"""
)


@pytest.fixture(scope="module")
def paper() -> bytes:
    """A document of one page, to seal."""
    from buurtbaan.ui.pdf import write_pdf

    moment = datetime(2026, 7, 1, tzinfo=UTC)
    return write_pdf(PAPER, base="/", identifier="a" * 16, files={}, moment=moment, links={})


def test_the_installation_makes_one_key_of_its_own_that_nobody_else_reads(settings: Any) -> None:
    first, second = seal_key(), seal_key()
    assert first == second
    assert first.own
    place = Path(settings.SEAL_FOLDER) / OWN_FILE
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert [one.name for one in place.parent.iterdir()] == [OWN_FILE]


def test_a_key_may_come_from_the_environment_or_from_files(settings: Any, tmp_path: Path) -> None:
    pem = make_own()
    place = tmp_path / "seal.pem"
    place.write_bytes(pem)
    settings.SEAL_KEY_FILE = str(place)
    from_file = seal_key()
    settings.SEAL_KEY_FILE, settings.SEAL_KEY = "", pem.decode().replace("\n", "\\n")
    from_environment = seal_key()
    assert from_file == from_environment
    assert not from_file.own
    secret = load_der_private_key(from_file.key, None)
    locked = secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"geheim"))
    settings.SEAL_KEY, settings.SEAL_PASSWORD = locked.decode(), "geheim"
    settings.SEAL_CERTIFICATE = from_file.certificate.public_bytes(Encoding.PEM).decode()
    assert seal_key() == from_file


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"SEAL_KEY_FILE": "/nowhere/key.pem"}, "niet te lezen"),
        ({"SEAL_KEY": "-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----"}, "beschadigd"),
        ({"SEAL_KEY": make_own().decode(), "SEAL_CERTIFICATE": make_own().decode()}, "horen niet bij elkaar"),
        ({"SEAL_CERTIFICATE": make_own().decode()}, "geen sleutel"),
        ({"SEAL_KEY": make_own(datetime(1990, 1, 1, tzinfo=UTC)).decode()}, "verlopen"),
    ],
)
def test_a_key_that_cannot_be_used_is_explained(values: dict[str, str], says: str, settings: Any) -> None:
    for name, value in values.items():
        setattr(settings, name, value)
    with pytest.raises(SealError, match=says):
        seal_key()


@pytest.mark.django_db
def test_a_lost_key_is_followed_by_a_new_one_and_what_it_sealed_still_holds(
    paper: bytes, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    before = sealing.seal_report(paper)
    (Path(settings.SEAL_FOLDER) / OWN_FILE).unlink()
    with caplog.at_level(logging.WARNING, logger="buurtbaan.reports"):
        after = sealing.seal_report(paper)
    assert "new key" in caplog.text
    newest, oldest = SealCertificate.objects.order_by("-pk")[:2]
    assert newest.replaces == oldest
    assert [verify_file(one).certificate for one in (before, after)] == [oldest, newest]
    assert [verify_file(one).verdict for one in (before, after)] == [Verdict.SEALED, Verdict.SEALED]


@pytest.mark.django_db
def test_a_seal_that_does_not_hold_is_not_let_through(paper: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "sign", lambda pdf, key: pdf)
    with pytest.raises(SealError):
        sealing.seal_report(paper)


@pytest.mark.django_db
def test_every_change_to_a_sealed_file_shows(paper: bytes) -> None:
    """But for the seal's own place: what changes there makes it another seal, or none."""
    sealed = sealing.seal_report(paper)
    assert sealed.startswith(paper)
    assert read_seal(sealed).state == SealState.WHOLE
    hole = range(sealed.rindex(b"/Contents <"), sealed.rindex(b">"))
    places = [*range(0, len(sealed), len(sealed) // 150), len(sealed) - 2]
    for place in (place for place in places if place not in hole):
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert read_seal(bytes(changed)).state != SealState.WHOLE, place
    assert read_seal(sealed + b"\n").state == SealState.ADDED
    assert read_seal(sealed[:-40]).state == SealState.CUT
    assert read_seal(paper).state == SealState.NONE
