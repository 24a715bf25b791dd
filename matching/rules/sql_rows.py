"""The rows that `sql` reads, made from the rules' inputs, and a position's inputs made from such a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from matching.rules.criteria import district
from matching.rules.inputs import CandidateInputs, PositionInputs
from matching.rules.sql import must_mask, musts_from

Ids: TypeAlias = Callable[[Iterable[str] | None], list[int] | None]
"""Turns codes of the vocabulary into ids; None stays None."""
Codes: TypeAlias = Callable[[Iterable[int] | None], frozenset[str] | None]
"""Turns ids into codes; None stays None."""
Clashes: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]

CANDIDATE_COLUMNS: dict[str, str] = {
    "hours_now": "numeric",
    "dayparts": "int",
    "postcode4": "text",
    "lat": "float8",
    "lon": "float8",
    "area_code": "text",
    "means": "text[]",
    "minutes_max": "int",
    "wants_own_area": "bool",
    "needs": "int[]",
    "refusing": "int[]",
    "liked": "int[]",
    "to_learn": "int[]",
    "rather_not": "int[]",
    "claimed": "int[]",
    "shown": "int[]",
    "dutch": "int",
    "languages": "text[]",
    "guidance": "int",
    "forms": "text[]",
    "unsafe": "bool",
    "said": "bool",
}
POSITION_COLUMNS: dict[str, str] = {
    "hours_min": "numeric",
    "hours_max": "numeric",
    "growth": "bool",
    "dayparts_asked": "int",
    "dayparts_enough": "int",
    "postcode4": "text",
    "lat": "float8",
    "lon": "float8",
    "area_code": "text",
    "district": "text",
    "offered": "int[]",
    "demanded": "int[]",
    "refused": "int[]",
    "tasks": "int[]",
    "talents": "int[]",
    "dutch": "int",
    "guidance_languages": "text[]",
    "guidance": "int",
    "guidance_free": "bool",
    "form": "text",
    "must_mask": "int",
}


def constants(columns: dict[str, str], values: dict[str, Any], prefix: str) -> tuple[str, dict[str, Any]]:
    """A SELECT of one row, and its parameters, whose names begin with `prefix`."""
    row = ", ".join(f"%({prefix}{name})s::{kind} AS {name}" for name, kind in columns.items())
    return f"SELECT {row}", {f"{prefix}{name}": values[name] for name in columns}


def position_values(position: PositionInputs, ids: Ids) -> dict[str, Any]:
    """A position's values for `constants(POSITION_COLUMNS)`."""
    demanded = position.conditions_demanded or frozenset()
    refused = {need for demand, needs in position.condition_clashes if demand in demanded for need in needs}
    lat, lon = position.coordinates or (None, None)
    return {
        "hours_min": position.hours_min,
        "hours_max": position.hours_max,
        "growth": position.growth_possible,
        "dayparts_asked": position.dayparts_asked,
        "dayparts_enough": position.dayparts_enough,
        "postcode4": _postcode4(position.postcode),
        "lat": lat,
        "lon": lon,
        "area_code": position.area,
        "district": district(position.area) if position.area else None,
        "offered": ids(position.conditions_offered),
        "demanded": ids(demanded),
        "refused": ids(refused),
        "tasks": ids(position.tasks),
        "talents": ids(position.talents),
        "dutch": position.dutch_level,
        "guidance_languages": _list(position.guidance_languages),
        "guidance": position.guidance_offered,
        "guidance_free": position.guidance_capacity_free,
        "form": position.form,
        "must_mask": must_mask(position.musts),
    }


def candidate_values(candidate: CandidateInputs, clashes: Clashes, ids: Ids) -> dict[str, Any]:
    """A candidate's values for `constants(CANDIDATE_COLUMNS)`; clashes: each demand with what it refuses."""
    needs = candidate.conditions_needed or frozenset()
    lat, lon = candidate.coordinates or (None, None)
    return {
        "hours_now": candidate.hours_now,
        "dayparts": candidate.dayparts,
        "postcode4": _postcode4(candidate.postcode),
        "lat": lat,
        "lon": lon,
        "area_code": candidate.area,
        "means": _list(candidate.travel_means),
        "minutes_max": candidate.travel_minutes_max,
        "wants_own_area": candidate.wants_own_neighbourhood,
        "needs": ids(candidate.conditions_needed),
        "refusing": ids({demand for demand, refused in clashes if needs.intersection(refused)}),
        "liked": ids(candidate.tasks_liked),
        "to_learn": ids(candidate.tasks_to_learn),
        "rather_not": ids(candidate.tasks_rather_not),
        "claimed": ids(candidate.talents_claimed),
        "shown": ids(candidate.talents_shown),
        "dutch": candidate.dutch_level,
        "languages": _list(candidate.other_languages),
        "guidance": candidate.guidance_needed,
        "forms": _list(candidate.forms_accepted),
        "unsafe": candidate.has_safety_clash,
        "said": bool(candidate.evidence),
    }


def _postcode4(postcode: str | None) -> str | None:
    return postcode[:4] if postcode else None


def _list(values: frozenset[Any] | None) -> list[str] | None:
    return None if values is None else sorted(str(value) for value in values)


def position_from(row: Sequence[Any], codes: Codes, clashes: Clashes) -> PositionInputs:
    """The inputs in a row with POSITION_COLUMNS; of the postcode four digits are left."""
    told = dict(zip(POSITION_COLUMNS, row, strict=True))
    on_map = told["lat"] is not None and told["lon"] is not None
    return PositionInputs(
        hours_min=told["hours_min"],
        hours_max=told["hours_max"],
        growth_possible=told["growth"],
        dayparts_asked=told["dayparts_asked"],
        dayparts_enough=told["dayparts_enough"],
        postcode=told["postcode4"],
        coordinates=(told["lat"], told["lon"]) if on_map else None,
        area=told["area_code"],
        conditions_offered=codes(told["offered"]),
        conditions_demanded=codes(told["demanded"]),
        condition_clashes=clashes,
        tasks=codes(told["tasks"]),
        talents=codes(told["talents"]),
        dutch_level=told["dutch"],
        guidance_languages=_set(told["guidance_languages"]),
        guidance_offered=told["guidance"],
        guidance_capacity_free=told["guidance_free"],
        form=told["form"] or None,
        musts=musts_from(told["must_mask"]),
    )


def _set(values: list[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)
