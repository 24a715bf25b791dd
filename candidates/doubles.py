"""Somebody we may know already: a few names, never the whole list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from candidates.models import Candidate
from candidates.names import search_name

SHORTEST = 3
LONGEST_NUMBER = 40
ALIKE = "SELECT candidate_id, named, sounds FROM people_alike(%s, %s, %s, %s, %s, %s, %s)"
"""Ids only, at most four and the likeliest first; which names are alike is written in migrations 0006 and 0016."""


@dataclass(frozen=True)
class Double:
    """A person who may be the same, who holds the file, and whether the reader may open it."""

    candidate: Candidate
    why: str
    mine: bool


def find_doubles(
    *, membership: Membership, first_name: str, infix: str = "", last_name: str = "", phone: str = "",
    email: str = "", birth_year: int | None = None, birth_spread: int = 0,
) -> list[Double]:  # fmt: skip
    """People of the bureau whose name looks or sounds like this, or with this number or address; likeliest first.

    phone: E.164. birth_spread: how many years the year may be off. A year of birth that is known and differs takes
    somebody off the list, unless the phone agrees.
    """
    name = search_name(first_name, infix, last_name)
    if len(name) < SHORTEST:
        name = ""
    if not (name or phone or email) or not membership.is_staff_role:
        return []
    asked = [
        membership.bureau_id,
        name,
        not last_name,
        phone[:LONGEST_NUMBER],
        email,
        birth_year,
        birth_spread,
    ]
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, asked)
        found = cursor.fetchall()
    people = Candidate.objects.listed_to(membership).select_related("coach__user", "connector__user")
    by_id = people.in_bulk([row[0] for row in found]) if found else {}
    return [
        Double(one, _why(one, named, sounds, phone, email, birth_year), one.held_by(membership))
        for pk, named, sounds in found
        if (one := by_id.get(pk))
    ]


def _why(one: Candidate, named: bool, sounds: bool, phone: str, email: str, year: int | None) -> str:
    reasons = (
        (named, _("naam lijkt erop")),
        (sounds and not named, _("naam klinkt hetzelfde")),
        (bool(phone) and one.phone == phone, _("zelfde telefoon")),
        (bool(email) and one.email.casefold() == email.casefold(), _("zelfde e-mail")),
        (bool(year) and one.born_in() == year, _("zelfde geboortejaar")),
    )
    return ", ".join(word for agrees, word in reasons if agrees)


def year_of(birth_date: date | None, birth_year: int | None) -> int | None:
    """The year of birth from whichever was given."""
    return birth_date.year if birth_date else birth_year
