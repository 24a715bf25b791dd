"""Smaller lists of words and numbers: kinds of employers and conversations, KvK numbers, websites."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.workbook.errors import ValueProblem
from matching.workbook.values.choices import choose, lookup
from matching.workbook.values.text import Cell, fold, parse_line, typed

_NO_KIND = gettext_lazy("Dit soort werkgever kennen we niet. Kies uit het voorbeeldbestand.")
EMPLOYER_KINDS = lookup(
    {
        "social": "sociale onderneming; sociaal ondernemer; sociaal; sociaal ondernemen; buurtonderneming; "
        "cooperatie; stichting",
        "regular": "gewoon bedrijf; bedrijf; regulier; regulier bedrijf; commercieel; mkb; onderneming; "
        "horeca; winkel",
        "care": "zorgorganisatie; zorg; zorginstelling; verpleeghuis; thuiszorg; welzijn",
        "housing": "woningcorporatie; corporatie; woningbouw; woningbouwvereniging",
        "municipality": "gemeente; overheid",
        "school": "school; onderwijs",
        "own_project": "eigen project van het bureau; eigen project; buurtproject; project",
    }
)
_CONVERSATION_STARTS = (
    ("telef", "phone"),
    ("bel", "phone"),
    ("gebeld", "phone"),
    ("app", "message"),
    ("whatsapp", "message"),
    ("sms", "message"),
    ("mail", "message"),
    ("e mail", "message"),
    ("email", "message"),
    ("bericht", "message"),
    ("online", "message"),
    ("werkplek", "workplace"),
    ("op de werkplek", "workplace"),
    ("werkbezoek", "workplace"),
    ("nazorg", "workplace"),
    ("groep", "group"),
    ("training", "group"),
    ("workshop", "group"),
    ("bijeenkomst", "group"),
)


def parse_employer_kind(value: Cell) -> str | None:
    """The code of the kind of employer."""
    return choose(value, EMPLOYER_KINDS, _NO_KIND)


def parse_conversation_kind(value: Cell) -> str | None:
    """The code of the kind of contact; any other word is an ordinary conversation."""
    text = fold(typed(value))
    return (
        next((kind for start, kind in _CONVERSATION_STARTS if text.startswith(start)), "visit")
        if text
        else None
    )


def parse_kvk(value: Cell) -> str | None:
    """Eight digits; Excel eats a leading zero, it comes back."""
    text = re.sub(r"[ .]", "", typed(value))
    if not text:
        return None
    digits = text.zfill(8) if isinstance(value, int | float) and len(text) == 7 else text
    if not re.fullmatch(r"[0-9]{8}", digits):
        raise ValueProblem(_("Een KvK-nummer heeft acht cijfers."))
    return digits


def parse_website(value: Cell) -> str | None:
    """A web address; `https://` is put in front where it is missing."""
    text = parse_line(typed(value), longest=190)
    if not text:
        return None
    address = text if re.match(r"https?://", text, re.I) else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise ValueProblem(_("Dit is geen webadres. Schrijf bijvoorbeeld www.voorbeeld.nl.")) from None
    return address
