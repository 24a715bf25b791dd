"""An estimate of a journey: the straight line, longer by a factor for real roads, at a plain speed per means.

It needs no service of others and no address leaves the house; every text says that it is an estimate.
"""

from __future__ import annotations

import math
from enum import StrEnum


class Means(StrEnum):
    """How someone travels, slowest first."""

    WALK = "walk"
    BIKE = "bike"
    TRANSIT = "transit"
    CAR = "car"


EARTH_RADIUS_KM = 6371.0
DETOUR = 1.3
"""Roads in a Dutch town are about 1.3 times as long as the straight line."""
SPEED_KM_H = {Means.WALK: 4.5, Means.BIKE: 14.0, Means.TRANSIT: 20.0, Means.CAR: 30.0}
EXTRA_MINUTES = {Means.WALK: 0, Means.BIKE: 2, Means.TRANSIT: 10, Means.CAR: 5}
"""Unlocking, walking to the stop and waiting, parking."""
NEARBY_KM = 0.8
"""Inside one four-digit postcode or neighbourhood. People are on the map by neighbourhood, not by their
door: no distance is taken to be less than this."""


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """The straight line between two (latitude, longitude) pairs, by haversine."""
    lat1, lat2 = math.radians(here[0]), math.radians(there[0])
    half_lat = math.sin((lat2 - lat1) / 2)
    half_lon = math.sin(math.radians(there[1] - here[1]) / 2)
    chord = half_lat * half_lat + math.cos(lat1) * math.cos(lat2) * half_lon * half_lon
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def minutes(kilometres: float, means: str) -> float:
    """Minutes from door to door with one means."""
    return kilometres * DETOUR / SPEED_KM_H[Means(means)] * 60 + EXTRA_MINUTES[Means(means)]


def reach_km(means: frozenset[str], within: int) -> float:
    """How far, in a straight line, one comes in so many minutes with the best of these means."""
    return max((within - EXTRA_MINUTES[Means(one)]) * SPEED_KM_H[Means(one)] / 60 / DETOUR for one in means)


def quickest(kilometres: float, means: frozenset[str]) -> tuple[str, float]:
    """The quickest of the means someone has, and its minutes; the slower means wins a draw."""
    options = [(minutes(kilometres, one), one) for one in Means if one in means]
    best = min(options, key=lambda option: option[0])
    return str(best[1]), best[0]
