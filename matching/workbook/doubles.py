"""Finds people who may be the same: shown to the manager, never merged by the machine."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from matching.workbook.values import Birth, PersonName, fold

ALIKE = 0.85  # share of equal signs above which two names may be one
MOST_IN_GROUP = 25  # people looked at who share a phone or birth date; more are not one person


@dataclass(frozen=True, slots=True)
class Double:
    """Two rows, or a row and somebody the bureau knows (`other_row` is then None), that may be the same."""

    sheet: str
    row: int
    name: str
    other_row: int | None
    other_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Person:
    """What tells people apart; `row` is None for somebody whom the bureau has on file, `pk` then says who.

    first, last, key: the name's parts folded for comparing.
    """

    full: str
    first: str
    last: str
    key: str
    birth: Birth | None
    phone: str
    email: str
    row: int | None = None
    pk: int | None = None

    @classmethod
    def of(
        cls,
        name: PersonName,
        birth: Birth | None,
        phone: str,
        email: str,
        *,
        row: int | None = None,
        pk: int | None = None,
    ) -> "Person":
        """With the name folded once, for it is compared often."""
        return cls(name.full, fold(name.first), fold(name.last), name.key, birth, phone, email, row, pk)


class People:
    """People met so far, findable by name, phone, e-mail and birth date."""

    def __init__(self) -> None:
        self._groups: dict[str, list[Person]] = defaultdict(list)

    def add(self, person: Person) -> None:
        """Remember somebody for those who come after."""
        for key in _keys(person):
            self._groups[key].append(person)

    def like(self, person: Person) -> tuple[Person, str] | None:
        """Somebody who may be the same, and why; the first found."""
        for key in (*_keys(person), *_swapped_key(person)):
            for other in self._groups.get(key, ())[:MOST_IN_GROUP]:
                if reason := why_alike(person, other):
                    return other, reason
        return None


def _keys(person: Person) -> list[str]:
    keys = [f"n{person.key}"]
    if person.phone:
        keys.append(f"p{person.phone}")
    if person.email:
        keys.append(f"e{person.email}")
    if person.birth and person.birth.on:
        keys.append(f"b{person.birth.on.isoformat()}")
    return keys


def _swapped_key(person: Person) -> list[str]:
    other = swapped(person.birth.on) if person.birth and person.birth.on else None
    return [f"b{other.isoformat()}"] if other else []


def swapped(day: date) -> date | None:
    """The date with day and month changed places; None where that is no other date."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 and day.day != day.month else None


def why_alike(one: Person, other: Person) -> str | None:
    """Why two people may be the same, in Dutch; None when they are plainly two."""
    same_name = one.key == other.key
    if not same_name and not names_alike(one, other):
        return None
    name = _("Zelfde naam") if same_name else _("Bijna dezelfde naam")
    if one.phone and one.phone == other.phone:
        return _("%(name)s en hetzelfde telefoonnummer.") % {"name": name}
    if one.email and one.email == other.email:
        return _("%(name)s en hetzelfde e-mailadres.") % {"name": name}
    return _why_by_birth(one.birth, other.birth, name, same_name=same_name)


def _why_by_birth(one: Birth | None, other: Birth | None, name: str, *, same_name: bool) -> str | None:
    if one is None or other is None:
        return _("Zelfde naam; van een van beiden is de geboortedatum niet bekend.") if same_name else None
    if one.on and other.on:
        if one.on == other.on:
            return _("%(name)s en dezelfde geboortedatum.") % {"name": name}
        if swapped(one.on) == other.on:
            return _("%(name)s; dag en maand van de geboortedatum zijn verwisseld.") % {"name": name}
        return None
    return _("Zelfde naam en hetzelfde geboortejaar.") if same_name and one.year == other.year else None


def names_alike(one: Person, other: Person) -> bool:
    """Whether two names differ by a slip of the pen, by a prefix, or by first and last changing places."""
    if one.first == other.last and one.last == other.first:
        return True
    first, second = one.key, other.key
    if abs(len(first) - len(second)) > max(3, len(first) // 3):
        return False
    if one.first == other.first and one.last == other.last:
        return True
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
