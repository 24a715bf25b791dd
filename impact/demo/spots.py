"""Where the demo's companies lie within their neighbourhood, and what their buildings have; the same in every run."""

from __future__ import annotations

import math
from zlib import crc32

from buurtbaan.bureaus.models import Area
from employers.enums import Facility

FURTHEST_KM = 0.55
KM_PER_DEGREE = 111.2


def spot(area: Area, name: str) -> tuple[float | None, float | None]:
    """A point near the middle of the area that follows from the name alone, so that no dice are thrown for it."""
    if area.latitude is None or area.longitude is None:
        return None, None
    number = crc32(name.encode())
    turn = number % 360 / 360 * 2 * math.pi
    away = (0.35 + 0.65 * (number // 360 % 100 / 100)) * FURTHEST_KM / KM_PER_DEGREE
    east = math.cos(turn) * away / math.cos(math.radians(area.latitude))
    return round(area.latitude + math.sin(turn) * away, 5), round(area.longitude + east, 5)


def facilities(name: str) -> list[str]:
    """Some plain facts about a building, as they follow from the name."""
    number = crc32(name.encode()) >> 8
    return [one.value for place, one in enumerate(Facility) if number >> place & 1]
