"""Hours a week and counts, as people type them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from matching.workbook.errors import ValueProblem
from matching.workbook.values.text import Cell, typed

MOST_HOURS = Decimal(40)  # hours a week
_TENTH = Decimal("0.1")
_HALVES = {"½": ".5", "¼": ".25", "¾": ".75"}
_UNIT = re.compile(r"\s*(?:uren|uur|u|h|hrs|hours)?\.?\s*(?:(?:per|p/?|/|in de)?\.?\s*(?:week|wk|w)\.?)?\s*$")
_ABOUT = re.compile(r"^(?:ca|circa|ong|ongeveer|plm|rond|±|\+/-|\+-|~)\.?\s*")
_RANGE = re.compile(r"\s*(?:-|–|—|/|tot en met|tot|t/m|tm|à|a|of)\s*")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00)?")
_NUMBER = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,4})?")


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a week; `low` and `high` differ for a range such as `8-12`."""

    low: Decimal
    high: Decimal


def parse_hours(value: Cell, *, least: Decimal = Decimal(0)) -> Hours | None:
    """Hours a week from `least` to 40, with at most one decimal."""
    if isinstance(value, datetime | date):
        raise ValueProblem(
            _(
                "Excel heeft hier een datum van gemaakt: %(day)s. Schrijf de uren als tekst, bijvoorbeeld "
                "8-12."
            )
            % {"day": f"{value.day}-{value.month}-{value.year}"}
        )
    if isinstance(value, time | timedelta):
        return _same(_from_clock(value), least)
    if isinstance(value, bool):
        raise ValueProblem(_no_hours())
    if isinstance(value, int | float):
        return _same(_decimal(repr(value)), least)
    text = typed(value).lower()
    if not text:
        return None
    low, high = _from_text(text)
    return _checked(low, high, least)


def _same(number: Decimal, least: Decimal) -> Hours:
    return _checked(number, number, least)


def _from_clock(value: time | timedelta) -> Decimal:
    """8:30 in Excel is eight and a half hours; above a day it arrives as a timedelta."""
    if isinstance(value, time):
        return Decimal(value.hour) + Decimal(value.minute) / 60
    return Decimal(round(value.total_seconds())) / 3600


def _from_text(text: str) -> tuple[Decimal, Decimal]:
    for sign, part in _HALVES.items():
        text = text.replace(sign, part)
    text = _ABOUT.sub("", _UNIT.sub("", text))
    parts = [_UNIT.sub("", part) for part in _RANGE.split(text)]
    if len(parts) == 1:
        return _number(parts[0]), _number(parts[0])
    if len(parts) == 2:
        return _number(parts[0]), _number(parts[1])
    raise ValueProblem(_no_hours())


def _number(text: str) -> Decimal:
    if clock := _CLOCK.fullmatch(text):
        return Decimal(clock[1]) + Decimal(clock[2]) / 60
    if text.startswith("."):
        text = f"0{text}"
    if not _NUMBER.fullmatch(text):
        raise ValueProblem(_no_hours())
    return _decimal(text.replace(",", "."))


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueProblem(_no_hours()) from None
    if not number.is_finite():
        raise ValueProblem(_no_hours())
    return number


def _checked(low: Decimal, high: Decimal, least: Decimal) -> Hours:
    if low > high:
        raise ValueProblem(_("Het eerste getal is groter dan het tweede. Schrijf bijvoorbeeld 8-12."))
    if high > MOST_HOURS:
        raise ValueProblem(_("Dit is meer dan 40 uur per week."))
    if low < least:
        raise ValueProblem(_("Dit zijn te weinig uren: minstens %(n)s per week.") % {"n": _dutch(least)})
    return Hours(low=_tenths(low), high=_tenths(high))


def _tenths(number: Decimal) -> Decimal:
    rounded = number.quantize(_TENTH)
    if abs(number - rounded) > Decimal("0.001"):
        raise ValueProblem(_("Schrijf de uren met hooguit één cijfer achter de komma, bijvoorbeeld 8,5."))
    return rounded


def _dutch(number: Decimal) -> str:
    return str(number).replace(".", ",")


def _no_hours() -> str:
    return _("Dit zijn geen uren per week die we herkennen. Schrijf bijvoorbeeld 8 of 8,5 of 8-12.")


def parse_count(value: Cell, *, most: int = 500) -> int | None:
    """A whole number from 1, such as the number of places."""
    if isinstance(value, datetime | date | time | timedelta | bool):
        raise ValueProblem(_("Dit is geen aantal. Schrijf een heel getal."))
    text = typed(value)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise ValueProblem(_("Dit is geen aantal. Schrijf een heel getal."))
    if not 1 <= int(text) <= most:
        raise ValueProblem(_("Dit aantal ligt niet tussen 1 en %(most)s.") % {"most": most})
    return int(text)
