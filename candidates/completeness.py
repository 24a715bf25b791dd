"""What matching still lacks about somebody, in the order in which it helps most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.intake_steps import step_of
from candidates.models import Candidate, Intake


@dataclass(frozen=True)
class Missing:
    """One thing that nobody knows yet, and the step where it is asked. asked: it was, and the person does not know."""

    field: str
    label: str | Promise
    step: str
    asked: bool = False


@dataclass(frozen=True)
class Completeness:
    """How much of what matching compares is known."""

    known: int
    total: int
    missing: tuple[Missing, ...]

    @property
    def share(self) -> int:
        """Known, in whole percents of all."""
        return round(100 * self.known / self.total)

    @property
    def to_ask(self) -> list[Missing]:
        """What nobody asked yet."""
        return [one for one in self.missing if not one.asked]

    @property
    def to_find_out(self) -> list[Missing]:
        """What was asked, and what the person does not know yet."""
        return [one for one in self.missing if one.asked]

    @property
    def is_complete(self) -> bool:
        return not self.missing


# Each line is one thing that matching compares; one of its fields is enough.
NEEDED: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("uren"), ("hours_now",)),
    (_("dagdelen"), ("dayparts",)),
    (_("wat nodig is op het werk"), ("conditions_needed",)),
    (_("hoe de reis gaat"), ("means",)),
    (_("hoe lang de reis mag duren"), ("travel_minutes",)),
    (_("eigen buurt of verder"), ("wants_own_area",)),
    (_("soort werk"), ("forms_accepted",)),
    (_("taken"), ("tasks_liked", "tasks_to_learn")),
    (_("talenten"), ("talents_claimed", "talents_shown")),
    (_("hoe goed het Nederlands gaat"), ("dutch_level",)),
    (_("begeleiding"), ("guidance_needed",)),
)


def completeness(candidate: Candidate, intake: Intake | None) -> Completeness:
    """What is known and what is missing; "none" counts as known, "not asked" does not."""
    missing = [
        Missing(fields[0], label, step_of(fields[0])[0], bool(intake and intake.said_unknown(fields)))
        for label, fields in NEEDED
        if all(_unknown(intake, name) for name in fields)
    ]
    if not candidate.postcode:
        missing.append(Missing("postcode", _("postcode"), step_of("means")[0]))
    total = len(NEEDED) + 1
    return Completeness(total - len(missing), total, tuple(missing))


def _unknown(intake: Intake | None, name: str) -> bool:
    value: Any = getattr(intake, name, None)
    return value is None or value == ""
