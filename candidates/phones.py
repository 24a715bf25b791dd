"""Phone numbers, kept alike and shown the way people say them."""

from __future__ import annotations

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

REGION = "NL"
LONGEST = 40
MOBILE = re.compile(r"(?:\+31|0031|0)6([1-58][0-9]{7})")
"""What nearly everybody writes; what it gives, the library would give too, ten times slower."""


def clean_phone(text: str) -> str:
    """The number as E.164 (`+31612345678`), or nothing for nothing; raises ValidationError with what to write."""
    text = text.strip()
    if not text:
        return ""
    if mobile := MOBILE.fullmatch(text):
        return f"+316{mobile[1]}"
    wrong = ValidationError(
        _("Dit is geen telefoonnummer. Schrijf bijvoorbeeld 06 12 34 56 78."), code="phone"
    )
    if len(text) > LONGEST or any(letter.isalpha() for letter in text):
        raise wrong
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        raise wrong from None
    if not phonenumbers.is_valid_number(number):
        raise wrong
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def as_phone(text: str) -> str:
    """The number as E.164 if these words are a whole phone number, else nothing; for searching."""
    try:
        return clean_phone(text)
    except ValidationError:
        return ""


def show_phone(kept: str) -> str:
    """06 12345678 for a Dutch number, +32 … for others; what cannot be read is shown as it is."""
    try:
        number = phonenumbers.parse(kept, REGION)
    except phonenumbers.NumberParseException:
        return kept
    national = number.country_code == phonenumbers.country_code_for_region(REGION)
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, style)
