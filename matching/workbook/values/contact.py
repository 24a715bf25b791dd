"""Phone numbers, e-mail addresses and postcodes, made alike."""

import re
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from candidates.phones import clean_phone
from matching.workbook.errors import ValueProblem
from matching.workbook.values.text import Cell, typed

EMAIL_MAX = 254
_REMARK = re.compile(r"\([^)]*[^\W\d_][^)]*\)")
_SEVERAL = re.compile(r"(?<=[0-9])\s*(?:/|;|,|\||\bof\b|\ben\b)\s*(?=[+0(])")
_SCIENTIFIC = re.compile(r"[0-9][.,]?[0-9]*E\+?[0-9]{1,2}", re.I)
_PLACE = r"[\s,]+(?:[^\W\d_]{4,}.*|['’]?[^\W\d_]+\s[^\W\d_].*)"
_POSTCODE = re.compile(rf"([1-9][0-9]{{3}})(?:\s*([A-Za-z]{{2}})(?![^\W_]))?(?:{_PLACE})?")
_FORBIDDEN_PAIRS = ("SA", "SD", "SS")


def parse_phone(value: Cell) -> str | None:
    """The number as E.164 (`+31612345678`); a number that lost its leading zero in Excel gets it back."""
    if isinstance(value, datetime | date | time | timedelta | bool):
        raise ValueProblem(_("Dit is geen telefoonnummer."))
    text = _REMARK.sub("", typed(value)).strip()
    if not text:
        return None
    if _SEVERAL.search(text):
        raise ValueProblem(_("Hier staan twee nummers. Laat er een staan."))
    if _SCIENTIFIC.fullmatch(text):
        raise ValueProblem(
            _("Excel heeft dit nummer ingekort. Zet de cel op tekst en vul het nummer opnieuw in.")
        )
    return _e164(_with_zero(text))


def _with_zero(text: str) -> str:
    """Give back what Excel took: `612345678` was 0612345678, `31612345678` was +31612345678."""
    digits = re.sub(r"[^0-9]", "", text)
    if text.startswith(("0", "+", "(")):
        return text
    if len(digits) == 9:
        return f"0{digits}"
    if len(digits) == 11 and digits.startswith("31"):
        return f"+{digits}"
    return text


def _e164(text: str) -> str:
    try:
        return clean_phone(text)
    except ValidationError:
        raise ValueProblem(
            _("Dit is geen geldig telefoonnummer. Schrijf bijvoorbeeld 06 12345678.")
        ) from None


def parse_email(value: Cell) -> str | None:
    """The address in lower case."""
    text = typed(value).strip("<>;, ").removeprefix("mailto:").lower()
    if not text:
        return None
    try:
        if len(text) <= EMAIL_MAX:
            validate_email(text)
            return text
    except ValidationError:
        pass
    raise ValueProblem(_("Dit is geen geldig e-mailadres. Schrijf bijvoorbeeld naam@voorbeeld.nl."))


def parse_postcode(value: Cell) -> str | None:
    """`2531AB`, or `2531` when only the digits are known; a place name behind it is left off."""
    text = typed(value)
    if not text:
        return None
    found = _POSTCODE.fullmatch(text)
    if not found or (found[2] or "").upper() in _FORBIDDEN_PAIRS:
        raise ValueProblem(_("Dit is geen postcode. Schrijf bijvoorbeeld 2531 AB of 2531."))
    return found[1] + (found[2] or "").upper()
