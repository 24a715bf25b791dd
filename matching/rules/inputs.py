"""What the rules may know, and nothing more.

There is no field for a name, an age, a sex, an origin, a religion, health or a benefit; no rule can use one.
`None` means that nobody asked; an empty set means that somebody asked and the answer was "none".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Criterion(StrEnum):
    """What is compared, in the order in which it is shown."""

    HOURS = "hours"
    DAYPARTS = "dayparts"
    TRAVEL = "travel"
    AREA = "area"
    CONDITIONS = "conditions"
    TASKS = "tasks"
    TALENTS = "talents"
    LANGUAGE = "language"
    GUIDANCE = "guidance"
    FORM = "form"
    SAFETY = "safety"


ALWAYS_MUST = frozenset({Criterion.SAFETY})
DEFAULT_MUSTS = ALWAYS_MUST | {
    Criterion.HOURS,
    Criterion.DAYPARTS,
    Criterion.TRAVEL,
    Criterion.CONDITIONS,
    Criterion.FORM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Who told us, in which role and when. `who` is the person who noted it, never the candidate's name."""

    who: str
    role: str
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateInputs:
    """What one candidate said about work.

    hours_*: hours a week. dayparts: bitmask of `buurtbaan.vocabulary.dayparts`.
    coordinates: latitude, longitude.
    dutch_level: see `language` in criteria. guidance_needed: 0 none to 3 all the time.
    has_safety_clash: somebody whom the candidate does not want to meet is at this position; never who or why.
    """

    hours_now: Decimal | None = None
    hours_wished: Decimal | None = None
    dayparts: int | None = None
    postcode: str | None = None
    coordinates: tuple[float, float] | None = None
    area: str | None = None
    travel_means: frozenset[str] | None = None
    travel_minutes_max: int | None = None
    wants_own_neighbourhood: bool | None = None
    conditions_needed: frozenset[str] | None = None
    tasks_liked: frozenset[str] | None = None
    tasks_to_learn: frozenset[str] | None = None
    tasks_rather_not: frozenset[str] | None = None
    talents_claimed: frozenset[str] | None = None
    talents_shown: frozenset[str] | None = None
    dutch_level: int | None = None
    other_languages: frozenset[str] | None = None
    guidance_needed: int | None = None
    forms_accepted: frozenset[str] | None = None
    has_safety_clash: bool = False
    evidence: tuple[tuple[Criterion, Evidence], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionInputs:
    """What one position asks and offers.

    dayparts_enough: how many of the asked dayparts suffice; None means all of them.
    condition_clashes: for each demanded condition the needs that it makes impossible.
    """

    hours_min: Decimal | None = None
    hours_max: Decimal | None = None
    growth_possible: bool | None = None
    dayparts_asked: int | None = None
    dayparts_enough: int | None = None
    postcode: str | None = None
    coordinates: tuple[float, float] | None = None
    area: str | None = None
    conditions_offered: frozenset[str] | None = None
    conditions_demanded: frozenset[str] | None = None
    condition_clashes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tasks: frozenset[str] | None = None
    talents: frozenset[str] | None = None
    dutch_level: int | None = None
    guidance_languages: frozenset[str] | None = None
    guidance_offered: int | None = None
    guidance_capacity_free: bool | None = None
    form: str | None = None
    musts: frozenset[Criterion] = field(default=DEFAULT_MUSTS)
    evidence: tuple[tuple[Criterion, Evidence], ...] = ()
