"""What stands in the two lists, and in which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextChoices, Value, Window
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from buurtbaan.bureaus.models import Membership
from employers.enums import PositionStatus
from employers.forms.filters import PositionFilter
from employers.models import Contact, DisplacementCheck, Employer, FormerEmployer, Location, Position

PER_PAGE = 25
EMPTY = Value("")
LONGEST_NUMBER = 7  # digits of a page's number
QUIET_AFTER = timedelta(days=90)
EMPLOYER_ROW = (
    "bureau_id", "name", "kind", "paused_until", "last_contact_on", "owner__user__name", "owner__user__email",
)  # fmt: skip
POSITION_ROW = (
    "title", "form", "status", "hours_min", "hours_max", "places", "employer__name", "employer__paused_until",
    "location__city", "location__area__name",
)  # fmt: skip
"""What the rows of the two lists show."""
EMPLOYER_ORDER = {
    "name": [F("name").asc()],
    "-name": [F("name").desc()],
    "spoken": [F("last_contact_on").asc(nulls_first=True), F("name").asc()],
    "-spoken": [F("last_contact_on").desc(nulls_last=True), F("name").asc()],
}
POSITION_ORDER = {
    "title": [F("title").asc()],
    "-title": [F("title").desc()],
    "employer": [F("employer__name").asc(), F("title").asc()],
    "-employer": [F("employer__name").desc(), F("title").asc()],
}


def is_quiet(employer: Employer) -> bool:
    """Whether nobody spoke with them for 90 days, as far as we know."""
    last = employer.last_contact_on
    return last is None or last <= timezone.localdate() - QUIET_AFTER


def employers(membership: Membership, wanted: dict[str, Any], order: str) -> QuerySet[Employer]:
    """The employers that somebody asked to see. wanted: the cleaned EmployerFilter."""
    found = Employer.objects.visible_to(membership)
    if text := wanted.get("q"):
        known = Contact.objects.filter(employer=OuterRef("pk"), name__icontains=text)
        former = FormerEmployer.objects.filter(employer=OuterRef("pk"), name__icontains=text)
        named = Q(name__icontains=text) | Q(sector_name__icontains=text) | Q(kvk=text)
        found = found.filter(named | Exists(known) | Exists(former))
    if kind := wanted.get("kind"):
        found = found.filter(kind=kind)
    if wanted.get("contact") == "quiet":
        day = timezone.localdate() - QUIET_AFTER
        found = found.filter(Q(last_contact_on__isnull=True) | Q(last_contact_on__lte=day))
    chosen = _of_owner(found, membership, wanted.get("owner", ""))
    return chosen.order_by(*EMPLOYER_ORDER.get(order, EMPLOYER_ORDER["name"]), "pk")


def _of_owner(found: QuerySet[Employer], membership: Membership, owner: str) -> QuerySet[Employer]:
    """One's own relations in whichever role, nobody's, or a colleague's."""
    if owner == "mine":
        return found.filter(owner__user=membership.user_id)
    if owner == "none":
        return found.filter(owner=None)
    return found.filter(owner=int(owner)) if owner else found


def positions(membership: Membership, wanted: dict[str, Any], order: str) -> QuerySet[Position]:
    """The positions that somebody asked to see. wanted: the cleaned PositionFilter."""
    found = Position.objects.visible_to(membership)
    if text := wanted.get("q"):
        found = found.filter(Q(title__icontains=text) | Q(employer__name__icontains=text))
    if form := wanted.get("form"):
        found = found.filter(form=form)
    if employer := wanted.get("employer"):
        found = found.filter(employer=employer)
    if wanted.get("near"):
        found = found.filter(_near(membership))
    if wanted.get("guidance"):
        found = found.filter(guidance_capacity__gt=_how_many(_guided()))
    if day := wanted.get("starts"):
        found = found.filter(Q(starts_from__isnull=True) | Q(starts_from__lt=day))
    chosen = _of_status(found, wanted.get("status", PositionFilter.OPEN))
    return chosen.order_by(*POSITION_ORDER.get(order, POSITION_ORDER["title"]), "pk")


def _near(membership: Membership) -> Q:
    """Work in an area that the bureau works for, or in a neighbourhood of its district; as `places.is_near`."""
    own = [] if membership.bureau is None else [area.code for area in membership.bureau.areas.all()]
    near = Q(location__area__code__in=own)
    for code in own:
        if code.startswith("WK"):
            near |= Q(location__area__code__startswith=f"BU{code[2:]}")
    return near


def _guided() -> QuerySet[Any]:
    """For the outer position: how many people work there today."""
    here = Position.objects.filter(_running(), pk=OuterRef("pk")).order_by()
    return here.values("pk").annotate(count=Count("placements"))


def _of_status(found: QuerySet[Position], status: str) -> QuerySet[Position]:
    if status == PositionFilter.EVERYTHING:
        return found
    if status == PositionFilter.WAITING:
        return found.filter(Exists(DisplacementCheck.objects.filter(position=OuterRef("pk"), decision="")))
    if status:
        return found.filter(status=status)
    return found.exclude(status=PositionStatus.CLOSED)


def page_of(found: QuerySet[Any], number: str | None, rows: QuerySet[Any] | None = None) -> Page[Any]:
    """One page of a list: sorted by key alone first, so that the joins are made for its own rows only.

    rows: how to read the rows of the page, without conditions of its own; as `found` where it is left out.
    The keys and how many there are in all come in one query; a page beyond the last is the last.
    """
    asked = int(number) if number and number.isdecimal() and len(number) < LONGEST_NUMBER else 1
    start = (max(asked, 1) - 1) * PER_PAGE
    counted = found.annotate(whole=Window(Count("pk"))).values_list("pk", "whole")
    rows_here = list(counted[start : start + PER_PAGE])
    if rows_here:
        page: Page[Any] = Paginator(range(rows_here[0][1]), PER_PAGE).get_page(max(asked, 1))
        keys = [pk for pk, _whole in rows_here]
    else:
        page = Paginator(found.values_list("pk", flat=True), PER_PAGE).get_page(number)
        keys = list(page.object_list)
    here = (found if rows is None else rows).order_by().in_bulk(keys)
    page.object_list = [here[key] for key in keys if key in here]
    return page


def employer_rows() -> QuerySet[Any]:
    """Employers as their list shows them: `place`, `people` who work there today and `open_now` positions."""
    first = Location.objects.filter(employer=OuterRef("pk")).order_by("pk")
    place = first.values(place=Coalesce(NullIf("area__name", EMPTY), NullIf("city", EMPTY), "address"))
    working = Employer.objects.filter(_running(), pk=OuterRef("pk")).order_by().values("pk")
    published = Position.objects.filter(employer=OuterRef("pk"), status=PositionStatus.PUBLISHED)
    return (
        Employer.objects.select_related("owner__user")
        .only(*EMPLOYER_ROW)
        .annotate(
            place=Subquery(place[:1]),
            people=_how_many(working.annotate(count=Count("placements"))),
            open_now=_how_many(published.order_by().values("employer").annotate(count=Count("pk"))),
        )
    )


def position_rows() -> QuerySet[Any]:
    """Positions as their list shows them, with how many `people` work there today."""
    rows = Position.objects.select_related("employer", "location__area").only(*POSITION_ROW)
    return rows.annotate(people=_how_many(_guided()))


def _how_many(counted: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(counted.values("count")), 0)


def labels(choices: type[TextChoices]) -> dict[str, str]:
    """The words of a choice in the reader's language, looked up once for a whole list."""
    return {code: str(label) for code, label in choices.choices}


def _running() -> Q:
    """Placements that somebody works in today."""
    today = timezone.localdate()
    not_ended = Q(placements__ended_on__isnull=True) | Q(placements__ended_on__gte=today)
    return Q(placements__starts_on__lte=today) & not_ended


def people_at(positions: Iterable[int]) -> dict[int, int]:
    """How many people work today at each of these positions."""
    rows = Position.objects.filter(_running(), pk__in=positions).annotate(people=Count("placements"))
    return defaultdict(int, rows.order_by().values_list("pk", "people"))
