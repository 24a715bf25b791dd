"""Whom a row of another sheet speaks of: somebody on file, found by name and, where needed, birth."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from candidates.models import Candidate
from candidates.names import search_name
from matching.workbook.columns import Sheet
from matching.workbook.doubles import Person, why_alike
from matching.workbook.importing.ground import Ground
from matching.workbook.rows import ConversationRow, HoursStepRow, MeasurementRow, PersonRef, PlacementRow
from matching.workbook.values import Birth, PersonName

AboutSomeone = TypeVar("AboutSomeone", PlacementRow, HoursStepRow, ConversationRow, MeasurementRow)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody on file, with what writers need. `district`: the six characters of where they live, or nothing."""

    pk: int
    name: PersonName
    birth: Birth | None
    person: Person
    district: str


def find_people(
    rows: Sequence[AboutSomeone], sheet: Sheet, ground: Ground
) -> list[tuple[AboutSomeone, Found]]:
    """Each row with the person it speaks of, in one query; rows of whom nobody is known are named."""
    names = _by_name({_search(row.person) for row in rows}, ground)
    pairs = []
    for row in rows:
        found, reason = _choose(row.person, names.get(_search(row.person), []), ground)
        if found is not None:
            pairs.append((row, found))
        else:
            column = "first_name" if ground.stream.has(row.sheet, "first_name") else "full_name"
            ground.fault(row, sheet, column, row.person.name.full, reason)
    return pairs


def _search(person: PersonRef) -> str:
    return search_name(person.name.first, person.name.prefix, person.name.last)


def _by_name(names: set[str], ground: Ground) -> dict[str, list[Found]]:
    fields = (
        "pk",
        "first_name",
        "infix",
        "last_name",
        "birth_date",
        "birth_year",
        "phone",
        "email",
        "area__code",
    )
    known = Candidate.objects.filter(bureau=ground.bureau, search_name__in=names).order_by("pk")
    found: dict[str, list[Found]] = defaultdict(list)
    for search, pk, first, infix, last, day, year, phone, email, area in known.values_list(
        "search_name", *fields
    ):
        name = PersonName(first, infix, last)
        birth = Birth(day.year if day else year, day) if day or year else None
        person = Person.of(name, birth, phone, email, pk=pk)
        found[search].append(Found(pk, name, birth, person, (area or "")[2:8]))
    return found


def _choose(person: PersonRef, people: list[Found], ground: Ground) -> tuple[Found | None, str]:
    """The one person a row can mean, or the reason why that is not clear."""
    if not people:
        return None, _nobody(person, ground)
    fitting = [one for one in people if _fits(person.birth, one.birth)]
    if not fitting:
        return None, _("Er is wel iemand met deze naam, maar met een andere geboortedatum.")
    sure = [one for one in fitting if person.birth and one.birth] or fitting
    exact = [one for one in sure if one.name.full.casefold() == person.name.full.casefold()] or sure
    first = exact[0]
    if all(why_alike(first.person, other.person) for other in exact[1:]):
        return first, ""  # one, or possible doubles of one: the first of them
    return None, _("Er zijn meer mensen met deze naam. Zet de geboortedatum erbij.")


def _fits(said: Birth | None, known: Birth | None) -> bool:
    if said is None or known is None:
        return True
    return said.year == known.year and len({said.on, known.on} - {None}) < 2


def _nobody(person: PersonRef, ground: Ground) -> str:
    row = ground.stream.bad_row_of(person.name.full)
    if row:
        return _("Deze persoon staat op rij %(row)s van Kandidaten, maar die rij klopt niet.") % {"row": row}
    return _("Deze persoon staat niet op Kandidaten en niet in het bureau.")
