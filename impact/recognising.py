"""What in a story may tell who it is about: the person's own name, places, work and numbers, found by machine.

A machine finds words, no combinations: a second person reads along with QUESTIONS in hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.models import Candidate
from employers.models import Location
from matching.models import Introduction, Placement

QUESTIONS: dict[str, Promise] = {
    "names": _("Er staat geen echte naam in: niet van deze persoon, familie, collega's of hulpverleners."),
    "places": _("Er staat geen straat, school, vereniging of bedrijf in waaraan je deze persoon herkent."),
    "private": _("Er staat niets in over ziekte, schulden, straf, geloof of afkomst."),
    "rare": _("Er staat geen bijzondere gebeurtenis in die buren of familie zich herinneren."),
    "together": _("Leeftijd, gezin, herkomst en werk wijzen samen niet naar één persoon in de buurt."),
}
"""What the second person says yes to, one by one."""
STREET = re.compile(
    r"\b[A-ZÀ-Þ][\w'’-]*(?:straat|laan|weg|plein|kade|gracht|singel|hof|dreef|pad|park|steeg|dijk)\b(?:\s+\d+\w?)?"
)
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
DIGITS = re.compile(r"(?:\+|\b)\d(?:[\s./-]?\d){8,}")
POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b")
SHORT = 3
"""A name of two letters is a word too often."""


@dataclass(frozen=True)
class Clue:
    """What was found and where it comes from."""

    kind: str
    word: str
    why: Promise


def warnings(candidate: Candidate, *texts: str) -> list[Clue]:
    """Everything in these texts that belongs to the person; in their scope's sight, a handful of queries."""
    text = "\n".join(texts)
    found = [*_names(candidate, text), *_work(candidate, text), *_numbers(candidate, text)]
    return list({(one.kind, one.word.casefold()): one for one in found}.values())


def _names(candidate: Candidate, text: str) -> Iterator[Clue]:
    own = [candidate.first_name, *candidate.last_name.replace("-", " ").split()]
    for name in own:
        if _holds(text, name):
            yield Clue("name", name, _("de eigen naam"))
    holders = [one.user.name for one in (candidate.coach, candidate.connector) if one is not None]
    for first in {name.split()[0] for name in holders if name.strip()}:
        if _holds(text, first):
            yield Clue("colleague", first, _("de naam van wie begeleidt"))
    if candidate.area and _holds(text, candidate.area.name):
        yield Clue("area", candidate.area.name, _("de buurt waar deze persoon woont"))


def _work(candidate: Candidate, text: str) -> Iterator[Clue]:
    """Where the person works or was introduced: the company's name, and the streets where it has its work."""
    ids = set(Placement.objects.filter(candidate=candidate).values_list("employer_id", "employer__name"))
    ids |= set(Introduction.objects.filter(candidate=candidate).values_list("employer_id", "employer__name"))
    for _pk, name in sorted(ids):
        if _holds(text, name):
            yield Clue("employer", name, _("de werkgever"))
    places = Location.objects.filter(employer__in=[pk for pk, _name in ids]).values_list("address", flat=True)
    for address in sorted(set(places)):
        street = re.sub(r"\s+\d+\S*$", "", address)
        if _holds(text, street):
            yield Clue("street", street, _("de straat van het werk"))


def _numbers(candidate: Candidate, text: str) -> Iterator[Clue]:
    own = _digits(candidate.phone)[-9:]
    for hit in DIGITS.findall(text):
        same = bool(own) and _digits(hit).endswith(own)
        yield Clue("phone", hit.strip(), _("het eigen telefoonnummer") if same else _("een lang nummer"))
    for hit in POSTCODE.findall(text):
        yield Clue("postcode", hit, _("een postcode"))
    for hit in MAIL.findall(text):
        yield Clue("mail", hit, _("een e-mailadres"))
    for match in STREET.finditer(text):
        yield Clue("street", match.group(), _("een straat of plein"))


def _holds(text: str, name: str) -> bool:
    """Whether a text has a name as a word of its own, in whatever spelling of accents and capitals."""
    wanted = _folded(name).strip()
    return len(wanted) >= SHORT and bool(
        re.search(rf"(?<!\w){re.escape(wanted)}(?:s|'s)?(?!\w)", _folded(text))
    )


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
