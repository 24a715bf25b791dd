"""Inputs and explanations as JSON with the same bytes every time, to freeze and compare."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from matching.rules.criteria import plain
from matching.rules.inputs import CandidateInputs, Criterion, Evidence, PositionInputs
from matching.rules.results import Answer, CriterionResult, Explanation, Text, Texts, Weight

Json: TypeAlias = Any


def to_bytes(value: Json) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def to_plain(value: object) -> Json:
    """Dataclasses, sets, dates and decimals as what JSON knows; sets sorted."""
    if isinstance(value, Text):
        return {"code": value.code, **({"params": to_plain(dict(value.params))} if value.params else {})}
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): to_plain(one) for key, one in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(to_plain(one) for one in value)
    if isinstance(value, (list, tuple)):
        return [to_plain(one) for one in value]
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def dump(value: CandidateInputs | PositionInputs | Explanation) -> bytes:
    """The canonical bytes of inputs or of an explanation."""
    return to_bytes(to_plain(value))


def load(data: bytes) -> Json:
    """What `dump` wrote, as what JSON knows."""
    return json.loads(data)


def candidate_from(data: Json) -> CandidateInputs:
    """The inputs as they were frozen."""
    return CandidateInputs(**_values(data))


def position_from(data: Json) -> PositionInputs:
    """The inputs as they were frozen."""
    clashes = tuple((demand, tuple(needs)) for demand, needs in data["condition_clashes"])
    values = _values(
        {name: value for name, value in data.items() if name not in ("musts", "condition_clashes")}
    )
    musts = frozenset(Criterion(one) for one in data["musts"])
    return PositionInputs(**values, musts=musts, condition_clashes=clashes)


_HOURS = frozenset({"hours_now", "hours_wished", "hours_min", "hours_max"})


def _values(data: Json) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in data.items():
        if name == "evidence":
            values[name] = tuple((Criterion(criterion), _evidence(said)) for criterion, said in value)
        elif name == "coordinates" and value is not None:
            values[name] = (float(value[0]), float(value[1]))
        elif name in _HOURS and value is not None:
            values[name] = Decimal(value)
        else:
            values[name] = frozenset(value) if isinstance(value, list) else value
    return values


def _evidence(data: Json) -> Evidence:
    return Evidence(
        who=data["who"], role=data["role"], on=date.fromisoformat(data["on"]) if data["on"] else None
    )


def explanation_from(data: Json) -> Explanation:
    """An explanation as it was frozen; what was answered then is read, nothing is worked out again."""
    return Explanation(data["rules_version"], tuple(_result(one) for one in data["results"]))


def _result(data: Json) -> CriterionResult:
    return CriterionResult(
        criterion=Criterion(data["criterion"]),
        answer=Answer(data["answer"]),
        weight=Weight(data["weight"]),
        reasons=_texts(data["reasons"]),
        candidate=_texts(data["candidate"]),
        position=_texts(data["position"]),
        candidate_evidence=_evidence(data["candidate_evidence"]) if data["candidate_evidence"] else None,
        position_evidence=_evidence(data["position_evidence"]) if data["position_evidence"] else None,
    )


def _texts(data: Json) -> Texts:
    return tuple(text_from(one) for one in data)


def text_from(data: Json) -> Text:
    """One sentence from its code and parameters."""
    params = data.get("params", {})
    return Text(
        data["code"],
        tuple(sorted((name, tuple(one) if isinstance(one, list) else one) for name, one in params.items())),
    )
