"""A sum with dated figures, ready to be shown: the figures of the day, the steps, and what is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format

from buurtbaan.bureaus.models import Membership, Rate
from buurtbaan.rules import figures
from buurtbaan.rules.figures import SHARES, Chosen
from buurtbaan.rules.wage_subsidy import spans, subsidy
from buurtbaan.ui.formats import number

EXACT = Decimal("0.0001")


def subsidy_answer(membership: Membership, asked: dict[str, Any]) -> dict[str, Any]:
    """The figures of the day, the sum where they suffice, and what is not known."""
    places, among = figures.own_places(membership), Rate.objects.visible_to(membership)
    day: date = asked["day"]

    def of(kind: str, key: str) -> Chosen:
        return figures.choose(kind, key, on=day, places=places, among=among)

    wage = of("minimum_wage", asked["age"])
    holiday, cap = of("wage_subsidy", "holiday_share"), of("wage_subsidy", "cap_share")
    cost = of("wage_subsidy", "employer_cost_share")
    used = [wage, holiday, cap, cost]
    found: dict[str, Any] = {
        "asked": asked,
        "used": shown_figures(used),
        "wage": wage,
        "cost": cost,
        "sum": None,
    }
    found["missing"] = [one.name for one in (wage, holiday, cap) if one.rate is None]
    if wage.rate and holiday.rate and cap.rate:
        found |= _sum(wage.rate, holiday.rate, cap.rate, cost, asked)
    return found


def _sum(wage: Rate, holiday: Rate, cap: Rate, cost: Chosen, asked: dict[str, Any]) -> dict[str, Any]:
    """The sum with and without employer costs; the last known ones only as such."""
    known = cost.rate or cost.last
    made = subsidy(
        hourly=wage.value,
        holiday_share=holiday.value,
        cap_share=cap.value,
        value_share=asked["value"] / SHARES,
        cost_share=known.value if known else None,
    )
    with_costs = None if made.hour_with_costs is None else spans(made.hour_with_costs, asked["hours"])
    return {
        "sum": made,
        "bare": spans(made.hour, asked["hours"]),
        "with_costs": with_costs,
        "costs_known": cost.rate is not None,
        "costs_last": cost.last if cost.rate is None else None,
        "result": with_costs if cost.rate is not None else spans(made.hour, asked["hours"]),
        "steps": {
            "hourly": number(wage.value),
            "holiday": number(1 + holiday.value),
            "wage": exact(made.wage),
            "share": figures.percent(asked["value"] / SHARES),
            "worth": exact(made.worth),
            "gap": exact(made.gap),
            "cap_share": figures.percent(cap.value),
            "cap": exact(made.cap),
            "hour": exact(made.hour),
            "cost_factor": exact(1 + known.value) if known else "",
            "cost_share": figures.percent(known.value) if known else "",
            "hour_with_costs": "" if made.hour_with_costs is None else exact(made.hour_with_costs),
        },
    }


def exact(value: Decimal) -> str:
    """A figure on the way to the answer, with up to four decimals: 15,8868."""
    rounded = value.quantize(EXACT).normalize()
    places = max(0, -int(rounded.as_tuple().exponent))
    return number_format(rounded, decimal_pos=places, use_l10n=True)


def shown_figures(used: list[Chosen]) -> list[dict[str, Any]]:
    """Each figure with what it is called and, where it is not known, the last one that was."""
    return [
        {
            "name": one.name,
            "rate": one.rate,
            "last": one.last,
            "stale": one.stale,
            "value": _value(one.rate),
            "last_value": _value(one.last),
        }
        for one in used
    ]


def _value(rate: Rate | None) -> str:
    return figures.value_text(rate.value, rate.unit) if rate else ""
