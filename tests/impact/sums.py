"""Bureaus of one municipality that each released a report of invented people, to be added up."""

from __future__ import annotations

import copy
import random
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils import timezone

from buurtbaan.bureaus.models import Municipality
from impact.figures import STAIRS, Assignment, Flow, UsedRate
from impact.models import ImpactReport, Release, Snapshot
from impact.publishing import publish
from tests.bureaus.factories import BureauFactory
from tests.impact import invented

SINCE, UNTIL = date(2026, 1, 1), date(2026, 6, 30)
AREAS = ({"BU1": "Noord", "BU2": "Zuid", "BU3": "Oost"}, {"BU3": "Oost", "BU4": "West"})


@cache
def _published(seed: int, people: int) -> dict[str, Any]:
    found = invented.invent(random.Random(seed), people, SINCE, 180)
    figures = invented.figures_of(found, SINCE, UNTIL)
    figures.areas = AREAS[seed % 2]
    for number, one in enumerate(found):
        code = [*figures.areas][number % len(figures.areas)]
        figures.counts[f"area:{one.area}"] -= one.area != "unknown" and SINCE <= one.entered <= UNTIL
        figures.counts[f"area:{code}"] = figures.people(f"area:{code}") + (one.area != "unknown")
    for week in STAIRS:
        count = figures.people(f"stairs:{week}")
        figures.means[f"stairs:{week}"] = (count, Decimal(12) + seed if count else None)
    figures.positions = {"positions:new": 14 + seed, "positions:places": 22, "checks:passed": 9}
    figures.assignments = [
        Assignment(seed, f"Opdracht {seed}", "Gemeente", Decimal(20_000), "entered", 25, SINCE, UNTIL)
    ]
    figures.counts[f"assignment:{seed}"] = figures.people("funnel:entered")
    figures.flows = [Flow(2026, way, f"Bron {seed}", Decimal(1_000 + seed)) for way in ("in", "out")]
    rates = (
        ("benefit_cost", "per_person_year_low", "14000", "euro"),
        ("counterfactual", "share_low", "0.15", "share"),
    )
    figures.rates = [
        UsedRate(kind, key, Decimal(value), unit, "NL", "Bron", date(2026, 1, 1))
        for kind, key, value, unit in rates
    ]
    return publish(figures)[0]


def published(seed: int, people: int = 60) -> dict[str, Any]:
    """What one bureau may publish; a copy of its own at every call."""
    return copy.deepcopy(_published(seed, people))


def release(place: Municipality, said: dict[str, Any], name: str, **fields: Any) -> Release:
    """A bureau that released these figures."""
    bureau = fields.pop("bureau", None) or BureauFactory(name=name, municipality=place)
    days = {"since": fields.pop("since", SINCE), "until": fields.pop("until", UNTIL)}
    version = fields.pop("version", 1)
    snapshot = Snapshot.objects.create(
        bureau=bureau, **days, figures={"counts": {"area:BU1": 3}}, sha256="0" * 64, definitions_version="1"
    )
    report = ImpactReport.objects.create(
        bureau=bureau,
        **days,
        state="released",
        snapshot=snapshot,
        published=said,
        pdf="x.pdf",
        version=version,
        language=fields.get("language", "nl"),
    )
    return Release.objects.create(
        bureau=bureau, bureau_name=bureau.name, municipality=place, report=report, **days, version=version,
        published=said, pdf="x.pdf", pdf_sha256="0" * 64, **{"released_at": timezone.now(), **fields},
    )  # fmt: skip
