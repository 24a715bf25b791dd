"""Names of people: one column or three, in either order."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candidates.names import PARTICLES
from matching.workbook.errors import ValueProblem
from matching.workbook.values.text import Cell, fold, plain

FIRST_MAX = 80
PREFIX_MAX = 20
LAST_MAX = 120

_SALUTATION = re.compile(r"^(?:dhr|mevr|mw|mevrouw|meneer|de heer|mr|mrs|drs|ir|dr)(?:\.\s*|\s+)", re.I)
_BRACKETED = re.compile(r"^(?P<last>.+?)\s*\((?P<prefix>[^()]+)\)$")
_PICTURES = frozenset(("So", "Sk", "Cn", "Co", "Cf"))


@dataclass(frozen=True, slots=True)
class PersonName:
    first: str
    prefix: str
    last: str

    @property
    def full(self) -> str:
        return " ".join(part for part in (self.first, self.prefix, self.last) if part)

    @property
    def key(self) -> str:
        """The name for comparing: without accents, capitals, spaces and hyphens."""
        return fold(self.full).replace(" ", "")


def name_part(value: Cell) -> str:
    """One part of a name: emoji and control characters gone; raises when it cannot be a name."""
    if value is None or value == "":
        return ""
    text = plain(value)
    if not text.isascii():
        text = "".join(c for c in text if unicodedata.category(c) not in _PICTURES)
        text = " ".join(text.split())
    if not text and not plain(value):
        return ""
    if not any(c.isalpha() for c in text):
        raise ValueProblem(_("Dit is geen naam: er staan geen letters in."))
    if re.fullmatch(r"\S+@\S+\.\S+", text):
        raise ValueProblem(_("Dit is een e-mailadres en geen naam."))
    return text


def parse_name(
    *, first: Cell = None, prefix: Cell = None, last: Cell = None, full: Cell = None
) -> PersonName | None:
    """The name from separate columns, or from one column with the whole name; None when all are empty."""
    parts = name_part(first), name_part(prefix), name_part(last)
    if any(parts):
        return _fitting(_from_parts(*parts))
    whole = name_part(full)
    return _fitting(_from_whole(whole)) if whole else None


def _fitting(name: PersonName) -> PersonName:
    if not any(letter.isalpha() for letter in name.first):
        raise ValueProblem(_("De voornaam ontbreekt."))
    for part, longest in ((name.first, FIRST_MAX), (name.prefix, PREFIX_MAX), (name.last, LAST_MAX)):
        if len(part) > longest:
            raise ValueProblem(_("Deze naam is te lang: hooguit %(n)s tekens.") % {"n": longest})
    return name


def _from_parts(first: str, prefix: str, last: str) -> PersonName:
    first = _SALUTATION.sub("", first)
    if not prefix:
        prefix, last = split_prefix(last)
    elif fold(last).startswith(f"{fold(prefix)} "):  # the prefix is in both columns
        last = last[len(prefix) :].strip() or last
    return PersonName(first=first, prefix=_lower(prefix), last=last)


def _from_whole(text: str) -> PersonName:
    """`Jan van der Berg`, `Berg, Jan van der`, `van der Berg, Jan`; a single word is a first name."""
    text = _SALUTATION.sub("", text)
    if "," in text:
        last, _comma, rest = (part.strip() for part in text.partition(","))
        words = rest.split()
        cut = next((i for i, word in enumerate(words) if i and _is_particle_run(words[i:])), len(words))
        prefix, last = split_prefix(last)
        return PersonName(" ".join(words[:cut]), _lower(" ".join(words[cut:]) or prefix), last)
    words = text.split()
    cut = next((i for i, word in enumerate(words) if i and word.casefold() in PARTICLES), 1)
    prefix, last = split_prefix(" ".join(words[cut:]))
    return PersonName(" ".join(words[:cut]), prefix, last)


def split_prefix(last: str) -> tuple[str, str]:
    """The prefix apart from the last name: `van der Berg`, `Berg, van der` and `Berg (van der)` alike."""
    if (found := _BRACKETED.match(last)) and _is_particle_run(found["prefix"].split()):
        return _lower(found["prefix"]), found["last"]
    before, comma, after = (part.strip() for part in last.partition(","))
    if comma and before and _is_particle_run(after.split()):
        return _lower(after), before
    words = last.split()
    if not words or words[0].casefold() not in PARTICLES:
        return "", last
    cut = next((i for i, word in enumerate(words) if word.casefold() not in PARTICLES), len(words) - 1)
    cut = min(cut, len(words) - 1)
    return _lower(" ".join(words[:cut])), " ".join(words[cut:])


def _is_particle_run(words: list[str]) -> bool:
    return bool(words) and all(word.casefold() in PARTICLES for word in words)


def _lower(prefix: str) -> str:
    return prefix.lower() if prefix and _is_particle_run(prefix.split()) else prefix
