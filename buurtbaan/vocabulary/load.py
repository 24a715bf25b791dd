"""The word lists in `data/` as rows of Term: new ones come in, known ones keep their id, none goes."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
FILES = {"talent": "talents.csv", "task": "tasks.csv", "condition": "conditions.csv"}
DEMAND = "demand"
"""The group of conditions that the work asks for; the others are needed by people and offered by places."""


def read() -> list[dict[str, Any]]:
    """Every word of the files with its kind and its place in the list."""
    return [
        {
            "kind": kind,
            "code": row["code"],
            "group": row["group"],
            "label_nl": row["label_nl"],
            "label_en": row["label_en"],
            "clashes_with": (row.get("clashes_with") or "").split(),
            "position": number,
            "active": True,
        }
        for kind, name in FILES.items()
        for number, row in enumerate(_rows(DATA / name), start=1)
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load(model: Any) -> int:
    """Bring the table up to date in one statement per run; gives how many words there are.

    A word that left the files stays readable but is no longer offered. `model`: Term, or what it once was.
    """
    words = read()
    fields = ("group", "label_nl", "label_en", "clashes_with", "position", "active")
    model.objects.bulk_create(
        [model(**word) for word in words],
        update_conflicts=True,
        unique_fields=("kind", "code"),
        update_fields=fields,
    )
    for kind in FILES:
        codes = [word["code"] for word in words if word["kind"] == kind]
        model.objects.filter(kind=kind, active=True).exclude(code__in=codes).update(active=False)
    return len(words)
