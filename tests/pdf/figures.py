"""What may be published of an invented bureau: as the demo, with nobody in it, or very large."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from impact.figures import STAIRS, Assignment, Figures, Flow, UsedRate
from impact.publishing import publish
from tests.impact import invented

SINCE, UNTIL = date(2026, 1, 1), date(2026, 6, 30)
PEOPLE = {"demo": 50, "empty": 0, "large": 3_000}
RATES = (
    ("benefit_cost", "per_person_year_low", "14000", "euro"),
    ("benefit_cost", "per_person_year_high", "19000", "euro"),
    ("counterfactual", "share_low", "0.15", "share"),
    ("counterfactual", "share_high", "0.40", "share"),
)


def published(size: str) -> dict[str, Any]:
    """The figures after disclosure control, in the active language; the same at every call."""
    people = invented.invent(random.Random(6), PEOPLE[size], SINCE, 180)
    if size == "large":
        codes = [f"BU05180{number:03}" for number in range(40)]
        areas = {code: f"Buurt met een lange naam {number}" for number, code in enumerate(codes)}
        chance = random.Random(7)
        people = [replace(person, area=chance.choice(codes)) for person in people]
    figures = invented.figures_of(people, SINCE, UNTIL)
    if size == "large":
        figures.areas = areas
    if size != "empty":
        _rest(figures, 40 if size == "large" else 3)
    return publish(figures)[0]


def _rest(figures: Figures, many: int) -> None:
    """What does not come from people: places, money, employers and dated figures."""
    for number, week in enumerate(STAIRS):
        count = figures.people(f"stairs:{week}")
        figures.means[f"stairs:{week}"] = (count, Decimal(12) + number if count else None)
    figures.positions = {"positions:new": 14, "positions:places": 22, "checks:passed": 9, "employers:all": 11}
    names = ("Wijkopdracht", "Samen aan het werk in de buurt", "Zorg dichtbij")
    figures.assignments = [
        Assignment(
            n, f"{names[n % 3]} {n}", "Gemeente Proefstad", Decimal(20_000), "entered", 25, SINCE, UNTIL
        )
        for n in range(1, many + 1)
    ]
    figures.counts |= {f"assignment:{a.id}": figures.people("funnel:entered") for a in figures.assignments}
    figures.flows = [
        Flow(2026, direction, f"Bron {n}", Decimal(1_000 * n))
        for direction in ("in", "out")
        for n in range(1, many + 1)
    ]
    figures.employers = [f"Werkgever {n}" for n in range(1, many + 1)]
    figures.rates = [
        UsedRate(kind, key, Decimal(value), unit, "NL", "Centraal Planbureau, raming 2026", SINCE)
        for kind, key, value, unit in RATES
    ]
    figures.counts["saved:people"] = figures.people("paid:yes")
    figures.benefit_days = (
        Decimal(30 * figures.people("paid:yes")),
        Decimal(60 * figures.people("paid:yes")),
    )
