"""Employers and positions as workbooks, in the words that our own import reads, so that they may come back.

The files are Dutch in whatever language the page is: a sheet's name and its headers are what the import knows it by.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import translation

from buurtbaan.workbooks import new_book, write_sheet
from employers.enums import PositionStatus
from employers.models import Contact, Employer, Location, Position

MOST_ROWS = 5000
CHUNK = 500
EMPLOYERS = (
    "Werkgever", "Soort", "Wat ze doen", "KvK-nummer", "Adres", "Postcode", "Plaats", "Website",
    "Onze relatie", "Laatst gesproken", "Open werkplekken",
)  # fmt: skip
CONTACTS = ("Werkgever", "Naam", "Functie", "Telefoon", "E-mail")
LOCATIONS = ("Werkgever", "Locatie", "Adres", "Postcode", "Plaats", "Toegankelijkheid")
POSITIONS = (
    "Werkgever", "Functie", "Werkvorm", "Uren vanaf", "Uren tot", "Aantal plekken", "Uren kunnen groeien",
    "Start", "Eind", "Omschrijving", "Wie begeleidt", "Locatie", "Stand",
)  # fmt: skip


def write_employers(employers: QuerySet[Employer], file: IO[bytes]) -> int:
    """Employers, their people and their places on three sheets; gives how many employers were written."""
    published = Count("positions", filter=Q(positions__status=PositionStatus.PUBLISHED))
    rows = (
        employers.only(
            "name", "kind", "sector_name", "kvk", "website", "last_contact_on", "owner__user__name"
        )
        .select_related("owner__user")
        .prefetch_related(Prefetch("locations", Location.objects.order_by("pk")))
        .annotate(published=published)
        .order_by("name", "pk")
    )
    keys = employers.order_by().values("pk")
    people = Contact.objects.filter(employer__in=keys).select_related("employer")
    places = Location.objects.filter(employer__in=keys).select_related("employer")
    with translation.override("nl"):
        book = new_book(file)
        written = write_sheet(book, "Werkgevers", EMPLOYERS, _employers(rows))
        write_sheet(book, "Contactpersonen", CONTACTS, _contacts(people))
        write_sheet(book, "Locaties", LOCATIONS, _locations(places))
        book.close()
    return written


def _employers(rows: QuerySet[Employer]) -> Iterator[list[Any]]:
    for one in rows.iterator(chunk_size=CHUNK):
        first = next(iter(one.locations.all()), None)
        where = (first.address, first.postcode, first.city) if first else ("", "", "")
        yield [
            one.name, one.get_kind_display(), one.sector_name, one.kvk, *where, one.website,
            str(one.owner.user) if one.owner else "", one.last_contact_on, one.published,  # type: ignore[attr-defined]
        ]  # fmt: skip


def _contacts(rows: QuerySet[Contact]) -> Iterator[list[Any]]:
    for one in rows.order_by("employer__name", "name", "pk").iterator(chunk_size=CHUNK):
        yield [one.employer.name, one.name, one.task, one.phone, one.email]


def _locations(rows: QuerySet[Location]) -> Iterator[list[Any]]:
    for one in rows.order_by("employer__name", "pk").iterator(chunk_size=CHUNK):
        yield [one.employer.name, one.name, one.address, one.postcode, one.city, one.accessibility]


def write_positions(positions: QuerySet[Position], file: IO[bytes]) -> int:
    """Positions on one sheet; gives how many were written."""
    rows = positions.select_related(None).only(
        "title", "form", "hours_min", "hours_max", "places", "growth_possible", "starts_from", "ends_on",
        "description", "guide_name", "status", "employer__name", "location__name", "location__address",
        "location__city",
    ).select_related("employer", "location").order_by("employer__name", "title", "pk")  # fmt: skip
    with translation.override("nl"):
        book = new_book(file)
        written = write_sheet(book, "Werkplekken", POSITIONS, _positions(rows))
        book.close()
    return written


def _positions(rows: QuerySet[Position]) -> Iterator[list[Any]]:
    growth = {True: "ja", False: "nee", None: ""}
    for one in rows.iterator(chunk_size=CHUNK):
        yield [
            one.employer.name, one.title, one.get_form_display(), one.hours_min, one.hours_max, one.places,
            growth[one.growth_possible], one.starts_from, one.ends_on, one.description, one.guide_name,
            str(one.location) if one.location else "", one.get_status_display(),
        ]  # fmt: skip
