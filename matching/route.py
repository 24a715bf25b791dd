"""How to get to a meeting: the address, how far, and about how long with each means; nothing is asked of others."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.ui.formats import number
from candidates.models import Intake
from matching import facts
from matching.models import Match
from matching.rules import travel
from matching.rules.travel import Means

PLANNER = "https://9292.nl/"
"""A link that a person may open; it carries nothing about anybody."""
BY = {
    Means.WALK: gettext_lazy("Lopend: ongeveer %(minutes)s minuten"),
    Means.BIKE: gettext_lazy("Met de fiets: ongeveer %(minutes)s minuten"),
    Means.TRANSIT: gettext_lazy("Met bus, tram of metro: ongeveer %(minutes)s minuten"),
}
LONGEST_WALK = 60


@dataclass(frozen=True)
class Route:
    """The address on its own line, and what the distance means."""

    address: str
    far: str = ""
    lines: list[str] = field(default_factory=list)
    planner: str = PLANNER


def route_to(match: Match, place: str) -> Route | None:
    """From the candidate's neighbourhood to where the work is; None when they meet somewhere else."""
    location = match.position.location
    if location is None or str(location) not in place:
        return None
    address = ", ".join(
        part
        for part in (location.address, f"{location.postcode} {location.city}".strip(), location.accessibility)
        if part
    )
    here = facts.place(match.candidate.area) or facts.home(match.candidate)
    if here is None or location.point is None:
        return Route(address)
    km = max(travel.distance_km(here, location.point), travel.NEARBY_KM)
    far = _("Ongeveer %(km)s kilometer, in een rechte lijn gemeten.") % {"km": number(round(km, 1))}
    return Route(address, far, _lines(km, _means(match)))


def _means(match: Match) -> frozenset[str]:
    said = Intake.objects.filter(candidate=match.candidate_id).values_list("means", flat=True).first()
    return frozenset(said or BY)


def _lines(km: float, means: frozenset[str]) -> list[str]:
    found = []
    for one, text in BY.items():
        minutes = math.ceil(travel.minutes(km, one))  # the same number as in the reasons
        if one in means and not (one == Means.WALK and minutes > LONGEST_WALK):
            found.append(str(text) % {"minutes": minutes})
    return found
