"""From an address to the neighbourhood it lies in."""

from __future__ import annotations

from buurtbaan.bureaus.enums import AreaKind
from buurtbaan.bureaus.models import Area, Bureau


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
