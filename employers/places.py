"""From an address to the neighbourhood it lies in, and to a point on the map."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from buurtbaan.bureaus.enums import AreaKind
from buurtbaan.bureaus.models import Area, Bureau
from buurtbaan.bureaus.postcodes import points_of
from employers.models import Location


def area_of(postcode: str) -> Area | None:
    """The neighbourhood of a postcode, or its district where several neighbourhoods share it.

    None where we do not know the postcode, or where it lies in several districts: then a person chooses.
    """
    digits = postcode[:4]
    if len(digits) < 4:
        return None
    found = list(Area.objects.filter(postcodes__contains=[digits]).order_by("code"))
    for kind in (AreaKind.NEIGHBOURHOOD, AreaKind.DISTRICT):
        of_kind = [area for area in found if area.kind == kind]
        if len(of_kind) == 1:
            return of_kind[0]
    return None


def is_near(area: Area | None, bureau: Bureau) -> bool | None:
    """Whether an area is one of those that the bureau works for; None where the area is not known."""
    if area is None:
        return None
    own = {one.code for one in bureau.areas.all()}
    return area.code in own or any(area.code[2:8] == code[2:] for code in own if code.startswith("WK"))


def fill(locations: Iterable[Location]) -> list[Location]:
    """Give places without a point the middle of their postcode, marked as a guess. Saves nothing.

    One query; gives those that changed. A guess follows the postcode, a point that somebody chose stays.
    """
    vague = [one for one in locations if one.point is None or one.approximate]
    points = points_of(one.postcode for one in vague)
    changed = []
    for one in vague:
        point = points.get(one.postcode[:4])
        if point != one.point:
            one.latitude, one.longitude = point or (None, None)
            one.approximate = point is not None
            changed.append(one)
    return changed


def fill_all() -> int:
    """The same for every place that the scope shows, written; gives how many changed."""
    vague = Location.objects.filter(Q(latitude=None) | Q(longitude=None) | Q(approximate=True))
    changed = fill(vague.exclude(postcode="").only("postcode", "latitude", "longitude", "approximate"))
    Location.objects.bulk_update(changed, ["latitude", "longitude", "approximate"], batch_size=500)
    return len(changed)
