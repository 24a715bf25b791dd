"""One figure of several released reports, added up from what was published of it; exact figures never come here.

Whatever stands in the sum is a function of the parts' published figures, so that nobody learns from it what the
reports do not tell already. A part that is left out makes a count a lower bound, and an amount none at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from impact.publishing import HIDDEN, LEAST, NONE, SHARE_OF, SHOWN

ASSIGNED = "assignments:amount"
"""The amounts of all assignments of a bureau; each stands in its report."""
COUNTED = ("people", "count")
"""Units that are never below nought, so that some of the parts are a lower bound of all."""
NOBODY = ("area", "sector", "checks", "exceptions", "flow", "funds", "cashbook", "sroi")
"""Families of which a report names only what it counted: what it does not name is nought there."""
OF = {"saved": "saved:people", "budget": "budget:people"}
"""Amounts that are no number where nobody stands behind them, and of whom."""
NOUGHT = Decimal(0)
TENTH = Decimal("0.1")
Published = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """What one report says of a figure. No number (none) may still add nought, where there was nobody."""

    value: Decimal | None
    status: str
    unit: str = ""


def told(name: str, published: Published) -> Told:
    """The published figure of one report; nought where the report is silent because there was nothing."""
    figures = published["figures"]
    if name == ASSIGNED:
        amounts = [
            figures[f"assignment:{one['id']}:amount"]["value"] for one in published.get("assignments", ())
        ]
        return Told(sum((Decimal(str(one)) for one in amounts), NOUGHT), SHOWN, "euro")
    family = name.split(":")[0]
    figure = figures.get(name)
    if figure is None:
        return Told(NOUGHT, SHOWN) if family in NOBODY else Told(None, NONE)
    if figure["value"] is None and figure["status"] != HIDDEN:
        behind = figures.get(OF.get(family, ""), {})
        if family == "cashbook" or behind.get("value") == 0:
            return Told(NOUGHT, NONE, figure["unit"])
    value = None if figure["value"] is None else Decimal(str(figure["value"]))
    return Told(value, figure["status"], figure["unit"])


def added(name: str, parts: Sequence[Published]) -> dict[str, Any]:
    """The figure of all reports together: value, status and unit, and what each of them says of it."""
    every = [told(name, part) for part in parts]
    if name in SHARE_OF:
        found = _share(*(added(one, parts) for one in SHARE_OF[name]))
    elif name.endswith(":mean"):
        found = _mean(every, [told(name.removesuffix(":mean"), part) for part in parts])
    else:
        found = _sum(every)
    return {
        **found,
        "parts": [one.value if one.status == SHOWN else None for one in every],
        "states": [one.status for one in every],
    }


def _figure(value: Decimal | None, status: str, unit: str) -> dict[str, Any]:
    return {"value": value, "status": status, "unit": unit}


def _sum(every: Sequence[Told]) -> dict[str, Any]:
    unit = next((one.unit for one in every if one.unit), "count")
    known = sum((one.value for one in every if one.value is not None), NOUGHT)
    if all(one.status == NONE for one in every):
        return _figure(None, NONE, unit)
    if all(one.value is not None for one in every):
        return _figure(known, SHOWN, unit)
    if unit in COUNTED and known > 0:
        return _figure(known, LEAST, unit)
    return _figure(None, _why(every), unit)


def _why(every: Sequence[Told]) -> str:
    """Left out when a report leaves it out; else there is no number."""
    return HIDDEN if any(one.status in (HIDDEN, LEAST) for one in every) else NONE


def _share(part: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """A percentage of two sums, only where every report publishes both."""
    both = [Told(one["value"], one["status"]) for one in (part, whole)]
    if any(one.status != SHOWN for one in both):
        return _figure(None, _why(both), "percent")
    some, of = part["value"], whole["value"]
    return (
        _figure(Decimal(round(100 * some / of)), SHOWN, "percent") if of else _figure(None, NONE, "percent")
    )


def _mean(means: Sequence[Told], people: Sequence[Told]) -> dict[str, Any]:
    """An average weighed by the people behind each, only where every report publishes both."""
    behind = [(mean, of) for mean, of in zip(means, people, strict=True) if of.value != 0]
    if any(mean.value is None or of.value is None for mean, of in behind):
        return _figure(None, _why([one for pair in behind for one in pair]), "hours")
    count = sum((of.value or NOUGHT for _mean, of in behind), NOUGHT)
    if not count:
        return _figure(None, NONE, "hours")
    total = sum(((mean.value or NOUGHT) * (of.value or NOUGHT) for mean, of in behind), NOUGHT)
    return _figure((total / count).quantize(TENTH), SHOWN, "hours")
