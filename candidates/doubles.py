"""Somebody we may know already: a few names, never the whole list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from candidates.models import Candidate
from candidates.names import search_name

SHOWN = 4
LOOKED_AT = 20
SHORTEST = 3
ALIKE = 0.42
"""Trigram similarity from which two names may be one: finds Fatima and Fatma, not Fatima and Farida."""
FIRST_NAME_ALIKE = 0.65
YEARS_APART = 1


@dataclass(frozen=True)
class Double:
    """A person who may be the same, who holds the file, and whether the reader may open it."""

    candidate: Candidate
    why: str
    mine: bool
    score: float


def find_doubles(
    *, membership: Membership, first_name: str, infix: str = "", last_name: str = "", phone: str = "",
    email: str = "", birth_year: int | None = None,
) -> list[Double]:  # fmt: skip
    """People of the bureau with a name like this, or with this phone number or address; likeliest first.

    phone: E.164. A year of birth that is known and differs takes somebody off the list, unless the phone agrees.
    """
    name = search_name(first_name, infix, last_name)
    same = Q()
    if phone:
        same |= Q(phone=phone)
    if email:
        same |= Q(email__iexact=email)
    people = Candidate.objects.listed_to(membership).select_related("coach__user", "connector__user")
    if len(name) >= SHORTEST:
        people = people.annotate(alike=_alike(name, with_last_name=bool(last_name)))
        same |= Q(alike__gte=ALIKE)
    elif same:
        people = people.annotate(alike=Value(0.0, output_field=FloatField()))
    else:
        return []
    found = people.filter(same).order_by(F("alike").desc(), "pk")[:LOOKED_AT]
    judged = [_judge(one, membership, phone, email, birth_year) for one in found]
    return sorted((d for d in judged if d), key=lambda d: -d.score)[:SHOWN]


def _alike(name: str, *, with_last_name: bool) -> Greatest | TrigramSimilarity:
    """How alike two names are; a lone first name is also held against the words of longer names."""
    whole = TrigramSimilarity("search_name", name)
    if with_last_name:
        return whole
    return Greatest(whole, TrigramWordSimilarity(name, "search_name") * (ALIKE / FIRST_NAME_ALIKE))


def _judge(one: Candidate, membership: Membership, phone: str, email: str, year: int | None) -> Double | None:
    same_phone = bool(phone) and one.phone == phone
    same_email = bool(email) and one.email.lower() == email.lower()
    born = one.born_in()
    if year and born and abs(born - year) > YEARS_APART and not (same_phone or same_email):
        return None
    same_year = bool(year) and born == year
    score = one.alike + 0.8 * same_phone + 0.6 * same_email + 0.3 * same_year  # type: ignore[attr-defined]
    why = [
        word
        for agrees, word in (
            (one.alike >= ALIKE, _("naam lijkt erop")),  # type: ignore[attr-defined]
            (same_phone, _("zelfde telefoon")),
            (same_email, _("zelfde e-mail")),
            (same_year, _("zelfde geboortejaar")),
        )
        if agrees
    ]
    return Double(one, ", ".join(why), one.held_by(membership), score)


def year_of(birth_date: date | None, birth_year: int | None) -> int | None:
    """The year of birth from whichever was given."""
    return birth_date.year if birth_date else birth_year
