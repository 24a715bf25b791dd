"""What the candidate said was not right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.choices import label
from candidates.enums import CorrectionOutcome
from candidates.models import Candidate
from candidates.timeline.base import Kind, Told, columns


def _rows(candidate: Candidate) -> Mapping[str, QuerySet[Any, Any]]:
    said = candidate.corrections.all()
    return {
        "wrong": columns(said, "wrong", "said_at", code="outcome", text="text", who=""),
        "answered": columns(
            said.exclude(answered_at=None), "answered", "answered_at", code="outcome", text="answer",
            who="answered_by_id",
        ),
    }  # fmt: skip


def _wrong(outcome: str, _other: str) -> Told:
    return _("“Dit klopt niet”"), "edit", "quiet" if outcome else "wait"


def _answered(outcome: str, _other: str) -> Told:
    word = label(list(CorrectionOutcome.choices), outcome)
    return _("Antwoord op “dit klopt niet”: %(outcome)s") % {"outcome": word.lower()}, "check", "quiet"


CORRECTIONS = Kind(gettext_lazy("Klopt niet"), {"wrong": _wrong, "answered": _answered}, rows=_rows)
