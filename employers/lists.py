"""What stands in the two lists, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from buurtbaan.bureaus.models import Membership
from employers.enums import PositionStatus
from employers.forms.filters import PositionFilter
from employers.models import Contact, DisplacementCheck, Employer, Position

QUIET_AFTER = timedelta(days=90)
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
    found = (
        Employer.objects.visible_to(membership)
        .select_related("owner__user")
        .prefetch_related("locations__area")
    )
    if text := wanted.get("q"):
        known = Contact.objects.filter(employer=OuterRef("pk"), name__icontains=text)
        named = Q(name__icontains=text) | Q(sector_name__icontains=text) | Q(kvk=text)
        found = found.filter(named | Exists(known))
    if kind := wanted.get("kind"):
        found = found.filter(kind=kind)
    if wanted.get("contact") == "quiet":
        day = timezone.localdate() - QUIET_AFTER
        found = found.filter(Q(last_contact_on__isnull=True) | Q(last_contact_on__lte=day))
    return found.order_by(*EMPLOYER_ORDER.get(order, EMPLOYER_ORDER["name"]), "pk")


def positions(membership: Membership, wanted: dict[str, Any], order: str) -> QuerySet[Position]:
    """The positions that somebody asked to see. wanted: the cleaned PositionFilter."""
    found = Position.objects.visible_to(membership).select_related("employer", "location__area")
    if text := wanted.get("q"):
        found = found.filter(Q(title__icontains=text) | Q(employer__name__icontains=text))
    if form := wanted.get("form"):
        found = found.filter(form=form)
    if employer := wanted.get("employer"):
        found = found.filter(employer=employer)
    chosen = _of_status(found, wanted.get("status", PositionFilter.OPEN))
    return chosen.order_by(*POSITION_ORDER.get(order, POSITION_ORDER["title"]), "pk")


def _of_status(found: QuerySet[Position], status: str) -> QuerySet[Position]:
    if status == PositionFilter.EVERYTHING:
        return found
    if status == PositionFilter.WAITING:
        return found.filter(Exists(DisplacementCheck.objects.filter(position=OuterRef("pk"), decision="")))
    if status:
        return found.filter(status=status)
    return found.exclude(status=PositionStatus.CLOSED)


def at_work(model: Any, ids: Iterable[int]) -> dict[int, int]:
    """How many people work today at each of these employers or positions."""
    today = timezone.localdate()
    running = Q(placements__starts_on__lte=today) & (
        Q(placements__ended_on__isnull=True) | Q(placements__ended_on__gte=today)
    )
    rows = model.objects.filter(pk__in=ids).annotate(people=Count("placements", filter=running)).order_by()
    return dict(rows.values_list("pk", "people"))


def open_positions(ids: Iterable[int]) -> dict[int, int]:
    """How many open positions each of these employers has."""
    rows = Position.objects.filter(employer__in=ids, status=PositionStatus.PUBLISHED).order_by()
    return dict(rows.values_list("employer").annotate(Count("pk")))
