"""A report as a file: both standards, whatever its size and language, sealed or not, and the same bytes each time."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.utils import translation

from impact.checking import check_document
from impact.seal.keys import SealKey, seal_key
from impact.seal.reading import SealState, read_seal
from impact.seal.signing import sign, validate
from impact.tagging import faults
from tests.pdf.conftest import drawn

Broken = Callable[[bytes, str], dict[str, int]]
REPORTS = [("demo", "en"), ("empty", "nl"), ("large", "nl")]


@pytest.fixture
def key() -> SealKey:
    return seal_key()


@pytest.mark.parametrize(("size", "language"), REPORTS)
def test_a_report_keeps_both_standards_and_its_own_promises_also_when_sealed(
    size: str, language: str, broken: Broken, key: SealKey
) -> None:
    pdf, figures = drawn(size, language)
    with translation.override(language):
        check_document(pdf, figures)
    sealed = sign(pdf, key)
    assert {standard: broken(sealed, standard) for standard in ("3a", "ua1")} == {"3a": {}, "ua1": {}}
    assert validate(sealed, key)
    assert read_seal(sealed).state == SealState.WHOLE


def spoilt(pdf: bytes, spoil: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        spoil(file)
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


def first(file: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    return next(
        item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == kind
    )


def _no_language(file: pikepdf.Pdf) -> None:
    del file.Root.Lang


def _no_words_for_a_figure(file: pikepdf.Pdf) -> None:
    del first(file, "/Figure").Alt


def _no_way_for_a_header(file: pikepdf.Pdf) -> None:
    del first(file, "/TH").A.Scope


def _no_outline(file: pikepdf.Pdf) -> None:
    del file.Root.Outlines


def _an_attachment_twice(file: pikepdf.Pdf) -> None:
    file.Root.AF.append(file.Root.AF[0])


def _no_claim(file: pikepdf.Pdf) -> None:
    metadata = file.Root.Metadata.read_bytes().replace(b'pdfuaid:part="1"', b'pdfuaid:part="9"')
    file.Root.Metadata.write(metadata)


SPOILT = [
    _no_language, _no_words_for_a_figure, _no_way_for_a_header, _no_outline, _an_attachment_twice, _no_claim,
]  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILT)
def test_what_is_spoilt_is_noticed_before_a_report_is_ready(spoil: Callable[[pikepdf.Pdf], None]) -> None:
    pdf, _figures = drawn("demo", "en")
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        assert not list(faults(whole))
    with pikepdf.open(io.BytesIO(spoilt(pdf, spoil))) as bad:
        assert list(faults(bad))


def test_the_checker_of_standards_can_say_no(broken: Broken) -> None:
    pdf, _figures = drawn("demo", "en")
    assert "7.3-1" in " ".join(broken(spoilt(pdf, _no_words_for_a_figure), "ua1"))
    assert broken(spoilt(pdf, _no_claim), "ua1")


def test_the_same_figures_give_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    pdf, figures = drawn("demo", "en")
    place = tmp_path / "figures.json"
    place.write_text(json.dumps(figures))
    script = (
        "import json, sys, django; django.setup()\n"
        "from hashlib import sha256\n"
        "from impact.documents import render_report\n"
        "print(sha256(render_report(json.load(open(sys.argv[1])), language='en')).hexdigest())"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "buurtbaan.settings", "PYTHONHASHSEED": "4711"}
    told = subprocess.run(
        [sys.executable, "-c", script, str(place)],
        cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert told.stdout.strip() == sha256(pdf).hexdigest()
