"""The map of the neighbourhood: who gives people a chance, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area, Membership
from employers import lists
from employers.enums import PositionStatus
from employers.forms.filters import EmployerFilter
from employers.mapping import Drawing, Pin, Point, Quarter, read_box
from employers.models import Employer, Location, Position

MOST_PLACES = 1000
"""Places that one map draws; more is told in words, and a filter shows the rest."""
PER_PAGE = lists.PER_PAGE
WIDE, NARROW, SMALL = (1000, 560), (360, 430), (360, 240)


@dataclass(frozen=True)
class Place:
    """A location for the map and its table; point is None where nobody knows it."""

    pk: int
    employer_id: int
    name: str
    area: str
    where: str
    point: Point | None
    vague: bool
    positions: int


def places_of(employers: QuerySet[Employer]) -> list[Place]:
    """The places of these employers by neighbourhood and name; a place without a point lies at its neighbourhood's."""
    keys = employers.order_by().values("pk")
    published = Position.objects.filter(employer__in=keys, status=PositionStatus.PUBLISHED).order_by()
    counts = dict(published.values("employer").annotate(count=Count("pk")).values_list("employer", "count"))
    rows = (
        Location.objects.filter(employer__in=keys)
        .order_by("area__name", "employer__name", "pk")
        .values_list(
            "pk", "employer_id", "employer__name", "area__name", "address", "city", "latitude", "longitude",
            "approximate", "area__latitude", "area__longitude",
        )[: MOST_PLACES + 1]
    )  # fmt: skip
    found = []
    for pk, employer, name, area, address, city, lat, lon, vague, area_lat, area_lon in rows:
        exact = _point(lat, lon)
        where = ", ".join(part for part in (address, city) if part)
        point, open_now = exact or _point(area_lat, area_lon), counts.get(employer, 0)
        found.append(Place(pk, employer, name, area or "", where, point, vague or not exact, open_now))
    return found


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    return None if latitude is None or longitude is None else (latitude, longitude)


def quarters_of(membership: Membership) -> list[Quarter]:
    """The neighbourhoods that the bureau works for, as far as they are on the map."""
    assert membership.bureau is not None  # noqa: S101 - staff always have one
    around = Area.objects.filter(latitude__isnull=False, longitude__isnull=False)
    own = around.filter(bureaus=membership.bureau)
    rows = own.values_list("name", "latitude", "longitude")
    return [Quarter(name, (lat, lon)) for name, lat, lon in rows if lat is not None and lon is not None]


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def employer_map(request: Request) -> HttpResponse:
    """The same employers as in the list with the same filters, drawn; and the same in a table."""
    filters = EmployerFilter(request.GET, membership=request.membership)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    everyone = lists.employers(request.membership, wanted, "")
    found = places_of(everyone)
    too_many = len(found) > MOST_PLACES
    box = read_box(request.GET.get("vak", ""))
    shown = [place for place in found if _inside(place, box)] if box else found
    quarters = quarters_of(request.membership)
    pins = _pins(shown)
    context = {
        "filters": filters,
        "drawings": _drawings(pins, quarters) if pins else [],
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "zoomed": box is not None,
        "zoom_query": _without(request, "page", "vak"),
        "too_many": too_many,
        "most": MOST_PLACES,
        "nowhere": sum(place.point is None for place in shown),
        "vague": any(place.vague and place.point for place in shown),
        "filtered": any(wanted.values()),
    }
    return render(request, "employers/employer_map.html", context)


def _without(request: Request, *names: str) -> str:
    """The address's choices but for some, ready to put one behind."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return f"{query.urlencode()}&" if query else ""


def _inside(place: Place, box: tuple[float, float, float, float]) -> bool:
    south, west, north, east = box
    return place.point is not None and south <= place.point[0] <= north and west <= place.point[1] <= east


def _pins(places: Iterable[Place]) -> list[Pin]:
    return [
        Pin(
            key=place.pk,
            name=place.name,
            point=place.point,
            owner=place.employer_id,
            strong=place.positions > 0,
            vague=place.vague,
        )
        for place in places
        if place.point is not None
    ]


def _drawings(pins: Sequence[Pin], quarters: Sequence[Quarter]) -> list[tuple[str, Drawing]]:
    """One for a wide and one for a narrow screen: each groups what lies too near at its own size."""
    wide = Drawing(pins, quarters, *WIDE, near=34, letter=15)
    narrow = Drawing(pins, quarters, *NARROW, near=30, letter=13)
    return [("wide", wide), ("narrow", narrow)]


def small_map(locations: Iterable[Location]) -> Drawing | None:
    """The places of one employer on a small map; None where no point is known. Asks for areas once each."""
    pins, quarters = [], {}
    for one in locations:
        area = one.area
        middle = _point(area.latitude, area.longitude) if area else None
        if area and middle:
            quarters[area.pk] = Quarter(area.name, middle)
        if point := one.point or middle:
            pins.append(Pin(one.pk, str(one), point, vague=one.approximate or one.point is None))
    if not pins:
        return None
    focus = [pin.point for pin in pins] + [quarter.point for quarter in quarters.values()]
    return Drawing(pins, list(quarters.values()), *SMALL, near=20, letter=13, focus=focus)
