"""A report on paper: beside WeasyPrint alone, and by two workers beside one."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from impact import earlier, snapshots
from impact.bench.clock import Clock, Times
from impact.bench.data import Stage
from impact.bench.measure import Reading, reading
from impact.documents import PAGES, pdf_html, render_report
from impact.publishing import publish
from impact.seal.keys import seal_key
from impact.seal.signing import sign

BESIDE_WEASYPRINT, TWO_BESIDE_ONE = 1.3, 1.8
REPORTS = 4
"""How many reports each worker makes in a turn."""


def papers(stage: Stage, clock: Clock) -> Iterator[Reading]:
    """The whole way of a report from published figures to a sealed file."""
    from weasyprint import HTML

    published = _published(stage)
    with translation.override("nl"):
        html = pdf_html(published, language="nl")
    key = seal_key()
    bare, whole = clock.turns(
        [
            lambda: HTML(string=html, base_url=f"{PAGES}/").write_pdf(),
            lambda: sign(render_report(published, language="nl"), key),
        ],
        3,
        warm=1,
    )
    times = whole.median / bare.median
    goal = f"≤ {BESIDE_WEASYPRINT:g} × WeasyPrint alone"
    yield reading("report as sealed PDF", whole, times, "WeasyPrint", goal, times <= BESIDE_WEASYPRINT)
    yield _workers(published)


def _published(stage: Stage) -> dict[str, Any]:
    bureau, until = stage.bureau, timezone.localdate()
    with translation.override("nl"):
        with snapshots.one_moment(bureau, reason="bench"):
            figures, units = earlier.measure(
                bureau, since=until - timedelta(days=364), until=until, reports=earlier.released(bureau)
            )
        return publish(figures, version=1, earlier=[], units=units)[0]


def _workers(published: dict[str, Any]) -> Reading:
    """Reports a second by two processes beside one; by the clock on the wall, so it needs two cores at rest."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "figures.json"
        place.write_text(json.dumps(published))
        one, two = (min(_turn(place, count) for _try in range(2)) for count in (1, 2))
    times = 2 * one / two
    goal = f"≥ {TWO_BESIDE_ONE:g} × one worker"
    took = Times.of([(two * 1000, two * 1000)])
    return reading(
        f"{2 * REPORTS} reports by two workers", took, times, "one worker", goal, times >= TWO_BESIDE_ONE
    )


def _turn(place: Path, count: int) -> float:
    """Seconds in which `count` warm processes each make their reports."""
    line = [sys.executable, "-m", "impact.bench.worker", str(place), str(REPORTS)]
    workers = [
        subprocess.Popen(
            line, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(count)
    ]
    for worker in workers:
        _hear(worker)
    begun = time.perf_counter()
    for worker in workers:
        print("go", file=worker.stdin, flush=True)
    for worker in workers:
        _hear(worker)
    took = time.perf_counter() - begun
    for worker in workers:
        worker.communicate(timeout=60)
    return took


def _hear(worker: subprocess.Popen[str]) -> None:
    if worker.stdout is None or not worker.stdout.readline():
        raise RuntimeError("A worker of the benchmark stopped.")
