"""From rows to what the rules may know; names, ages and benefits stay behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.postcodes import points_of
from candidates.models import Candidate, Intake
from employers.models import Position
from matching.labels import Words
from matching.rules.inputs import (
    ALWAYS_MUST,
    DEFAULT_MUSTS,
    CandidateInputs,
    Criterion,
    Evidence,
    PositionInputs,
)

FIELDS: dict[Criterion, tuple[str, ...]] = {
    Criterion.HOURS: ("hours_now", "hours_wished"),
    Criterion.DAYPARTS: ("dayparts",),
    Criterion.TRAVEL: ("means", "travel_minutes"),
    Criterion.AREA: ("wants_own_area",),
    Criterion.CONDITIONS: ("conditions_needed",),
    Criterion.TASKS: ("tasks_liked", "tasks_to_learn", "tasks_rather_not"),
    Criterion.TALENTS: ("talents_claimed", "talents_shown"),
    Criterion.LANGUAGE: ("dutch_level", "languages"),
    Criterion.GUIDANCE: ("guidance_needed",),
    Criterion.FORM: ("forms_accepted",),
}
"""The intake's fields that each criterion reads; the one noted last is its evidence."""


CRITERIA = frozenset(Criterion)


def candidate_inputs(
    candidate: Candidate, intake: Intake | None, words: Words, *, has_safety_clash: bool
) -> CandidateInputs:
    """What the candidate (with `area` joined) said about work; without an intake nearly everything is unknown."""
    lives = CandidateInputs(
        postcode=candidate.postcode or None,
        coordinates=place(candidate.area) or home(candidate),
        area=candidate.area.code if candidate.area else None,
        has_safety_clash=has_safety_clash,
    )
    if intake is None:
        return lives
    return replace(
        lives,
        hours_now=intake.hours_now,
        hours_wished=intake.hours_wished,
        dayparts=intake.dayparts,
        travel_means=_set(intake.means),
        travel_minutes_max=intake.travel_minutes,
        wants_own_neighbourhood=intake.wants_own_area,
        conditions_needed=words.named(intake.conditions_needed),
        tasks_liked=words.named(intake.tasks_liked),
        tasks_to_learn=words.named(intake.tasks_to_learn),
        tasks_rather_not=words.named(intake.tasks_rather_not),
        talents_claimed=words.named(intake.talents_claimed),
        talents_shown=words.named(intake.talents_shown),
        dutch_level=intake.dutch_level,
        other_languages=_set(intake.languages),
        guidance_needed=intake.guidance_needed,
        forms_accepted=_set(intake.forms_accepted),
        evidence=tuple((criterion, _evidence(intake, names)) for criterion, names in FIELDS.items()),
    )


def position_inputs(position: Position, words: Words) -> PositionInputs:
    """What the position (from `gather.with_place`) asks and offers; what the employer offers counts too."""
    guided_now: int = position.guided_now  # type: ignore[attr-defined]
    location, capacity = position.location, position.guidance_capacity
    area = location.area if location else None
    updated = _updated(position)
    return PositionInputs(
        hours_min=position.hours_min,
        hours_max=position.hours_max,
        growth_possible=position.growth_possible,
        dayparts_asked=position.dayparts_asked,
        dayparts_enough=position.dayparts_enough,
        postcode=(location.postcode or None) if location else None,
        coordinates=place(location) or place(area),
        area=area.code if area else None,
        conditions_offered=_offered(position, words),
        conditions_demanded=words.named(position.conditions_demanded),
        condition_clashes=words.clashes,
        tasks=words.named(position.tasks),
        talents=words.named(position.talents),
        dutch_level=position.dutch_level,
        guidance_languages=_set(position.guidance_languages),
        guidance_offered=position.guidance_offered,
        guidance_capacity_free=None if capacity is None else capacity > guided_now,
        form=position.form or None,
        musts=musts_of(position),
        evidence=tuple((criterion, updated) for criterion in FIELDS),
    )


def _updated(position: Position) -> Evidence:
    """A position keeps no line for each field: all of it stands as it was last saved."""
    return Evidence(who="", role="", on=timezone.localdate(position.updated_at))


def musts_of(position: Position) -> frozenset[Criterion]:
    """What the position calls a must; one that names nothing has the usual musts."""
    named = frozenset(Criterion(one) for one in position.musts if one in CRITERIA)
    return named | ALWAYS_MUST if named else DEFAULT_MUSTS


def place(row: Any) -> tuple[float, float] | None:
    """Latitude and longitude of a location or an area that is on the map."""
    if row is None or row.latitude is None or row.longitude is None:
        return None
    return row.latitude, row.longitude


def note_homes(candidates: Iterable[Candidate]) -> None:
    """For people whose neighbourhood is not on the map: the middle of their postcode, in one query for all."""
    lost = [one for one in candidates if one.postcode and place(one.area) is None]
    points = points_of(one.postcode for one in lost)
    for one in lost:
        one.__dict__["home"] = points.get(one.postcode[:4])


def home(candidate: Candidate) -> Any:
    """The middle of the postcode of somebody whose neighbourhood is not on the map."""
    if "home" not in candidate.__dict__:
        note_homes([candidate])
    return candidate.__dict__.get("home")


def _set(values: list[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)


def _offered(position: Position, words: Words) -> frozenset[str] | None:
    """What the position or its employer offers; what work demands is nothing to offer, wherever it was ticked."""
    here, everywhere = position.conditions_offered, position.employer.environment
    if here is None and everywhere is None:
        return None
    offered = words.named([*(here or ()), *(everywhere or ())]) or frozenset()
    return offered - {demand for demand, _refused in words.clashes}


def _evidence(intake: Intake, names: tuple[str, ...]) -> Evidence:
    """Who noted these fields last, and when; where no line says so, the coach on the day of the intake."""
    lines = [intake.provenance.get(name) for name in names]
    noted = [line for line in lines if isinstance(line, dict) and line.get("on") and not line.get("unknown")]
    if not noted:
        return Evidence(who="", role=Role.COACH, on=intake.completed_on or intake.started_on)
    last = max(noted, key=lambda line: str(line["on"]))
    on = date.fromisoformat(str(last["on"])[:10])
    return Evidence(who=str(last.get("by", "")), role=str(last.get("role", "")), on=on)
