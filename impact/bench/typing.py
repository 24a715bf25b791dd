"""What the page says by itself while somebody types, beside an empty page."""

from __future__ import annotations

import re
from html import unescape
from itertools import count

from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from impact.bench.clock import Act, Clock
from impact.bench.data import Stage
from impact.bench.measure import Reading, reading, signed_in, visit

BESIDE_FLOOR = 1.5


def autosave(stage: Stage, clock: Clock, rounds: int) -> Reading:
    """Keeping a draft that changed."""
    with override_settings(ROOT_URLCONF="impact.bench.urls"):
        client = signed_in(stage.coach)
        floor, kept = clock.turns([visit(client, reverse("floor")), _typing(client, stage)], rounds)
    times = kept.median / floor.median
    goal = f"≤ {BESIDE_FLOOR:g} × floor"
    return reading("autosave of a draft", kept, times, "floor", goal, times <= BESIDE_FLOOR)


def _typing(client: Client, stage: Stage) -> Act:
    form = client.get(reverse("candidates:conversation_add", args=[stage.candidate_id])).content.decode()
    said = {
        "concept": _found(r'name="concept" value="([^"]*)"', form),
        "place": _found(r'data-place="([^"]*)"', form),
        "page": "bench",
        "version": "0",
        "was": "",
    }
    turns = count(1)

    def save() -> None:
        turn = next(turns)
        response = client.post(
            reverse("draft_save"), said | {"sequence": turn, "v.text": f"Zij wil {turn} dagen"}
        )
        if response.status_code != 200:
            raise RuntimeError(f"A draft was answered with {response.status_code}")
        said["version"] = str(response.json()["version"])

    return save


def _found(pattern: str, html: str) -> str:
    found = re.search(pattern, html)
    return unescape(found[1]) if found else ""
