"""A checker that starts once, and reports of three sizes that are drawn once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from impact.documents import render_report
from tests.pdf.figures import published
from tests.pdf.verapdf import VeraPdf


@pytest.fixture(scope="session")
def verapdf() -> Iterator[VeraPdf]:
    """veraPDF in a process of its own."""
    process = VeraPdf()
    yield process
    process.close()


@pytest.fixture
def broken(verapdf: VeraPdf, tmp_path: Path) -> Callable[[bytes, str], dict[str, int]]:
    """broken(pdf, "ua1") tells which rules the file breaks."""

    def ask(pdf: bytes, standard: str) -> dict[str, int]:
        place = tmp_path / "asked.pdf"
        place.write_bytes(pdf)
        return verapdf.broken(place, standard)

    return ask


@cache
def drawn(size: str, language: str) -> tuple[bytes, dict[str, Any]]:
    """A report as PDF, and the figures it was drawn from; once in this process."""
    with translation.override(language):
        figures = published(size)
        return render_report(figures, language=language), figures
