"""What the larger components receive: small values without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

Text = str | Promise


class Answer(StrEnum):
    """What a matching criterion answers. Unknown is a state of its own, never a plus."""

    FITS = "fits"
    UNKNOWN = "unknown"
    CLASHES = "clashes"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Criterion:
    """One row of the criteria grid: what each side says, the answer, and who said it when."""

    label: Text
    answer: str
    must: bool = False
    candidate_text: Text = ""
    position_text: Text = ""
    evidence: Text = ""
    overruled: Text = ""
    reason: Text = ""


@dataclass(frozen=True)
class Step:
    """One step of a stepper; `state` is done, current or todo."""

    label: Text
    url: str = ""
    state: str = "todo"


# The look of a state: its colour's name → the icon that always goes with it.
TONES: dict[str, str] = {
    "ok": "check",
    "info": "arrow-right",
    "wait": "hourglass",
    "quiet": "dash",
    "unknown": "question",
    "clash": "clash",
    "error": "alert",
    "accent": "star",
}

# State codes of the domain → look. A code that is not here is shown quietly.
STATUS_TONES: dict[str, str] = {
    # matches
    "proposed": "wait",
    "candidate_agreed": "info",
    "introduced": "info",
    "meeting_planned": "info",
    "met": "info",
    "placed": "ok",
    "declined": "quiet",
    "withdrawn": "quiet",
    "expired": "wait",
    # people, employers, positions, placements
    "new": "accent",
    "active": "ok",
    "open": "ok",
    "published": "ok",
    "approved": "ok",
    "given": "ok",
    "done": "ok",
    "confirmed": "ok",
    "planned": "info",
    "running": "info",
    "intake": "info",
    "draft": "quiet",
    "paused": "wait",
    "pending": "wait",
    "asked": "wait",
    "due": "wait",
    "queued": "wait",
    "overdue": "accent",
    "ending": "wait",
    "closed": "quiet",
    "ended": "quiet",
    "rejected": "clash",
    "filled": "quiet",
    "skipped": "quiet",
    # the neighbourhood
    "unreachable": "wait",
    "sent": "wait",
    "accepted": "ok",
    "refused": "quiet",
    "came": "ok",
    "found": "info",
    "thanked": "ok",
    # reports and imports
    "ready": "ok",
    "released": "ok",
    "failed": "error",
}
