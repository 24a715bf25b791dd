"""The sum of reports as a file: both standards, the figures attached, and the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from django.utils import translation

from buurtbaan.bureaus.models import Bureau
from impact.canonical import canonical
from impact.checking import text_of
from impact.exports import as_csv
from impact.tagging import DOTS, faults
from impact.together.page import paper
from impact.together.summing import Period, together
from tests.impact.sums import SINCE, UNTIL, published, release


def test_the_paper_holds_to_both_standards_and_carries_its_figures(
    bureau: Bureau, broken: Callable[[bytes, str], dict[str, int]]
) -> None:
    place = bureau.municipality
    parts = [release(place, published(seed), f"Bureau {seed}") for seed in (1, 2)]
    with translation.override("nl"):
        summed = together(parts, municipality=place, period=Period(SINCE, UNTIL), without=[bureau.name])
        pdf = paper(summed)
        assert paper(summed) == pdf
    assert not broken(pdf, "ua1")
    assert not broken(pdf, "3a")
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert not list(faults(file))
        attached = {name: bytes(one.get_file().read_bytes()) for name, one in file.attachments.items()}
    assert attached == {"cijfers.json": canonical(summed), "cijfers.csv": as_csv(summed)}
    text = text_of(pdf)
    assert not DOTS.search(text)
    assert bureau.name in text
