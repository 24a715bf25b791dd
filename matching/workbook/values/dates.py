"""Dates as they occur in spreadsheets, from Excel's own to `nov 2025`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from matching.workbook.errors import ValueProblem
from matching.workbook.values.text import Cell, fold, typed

OLDEST_AGE = 110  # years
ADULT_AGE = 18  # years
EARLIEST_DAY = date(1990, 1, 1)  # no bureau keeps work of before
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(2_200, 80_000)  # 1906 to 2119: a bare number in this range is an Excel date
_YEARS = range(1900, 2200)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb febr februari february",
            "mrt maart mar maa march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "aug augustus august",
            "sep sept september",
            "okt oktober oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAY = re.compile(r"^(?:ma|di|wo|do|vr|za|zo|(?:maan|dins|woens|donder|vrij|zater|zon)dag)[.,]?\s+", re.I)
_CLOCK = re.compile(
    r"(?:T|\s+(?:om\s+)?)[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?Z?(?:\s*(?:uur|u))?$", re.I
)
_YMD = re.compile(r"([0-9]{4})\s*[-/. ]\s*([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,2})")
_DMY = re.compile(r"([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,2})\s*[-/. ]\s*([0-9]{4}|[0-9]{2})")
_D_NAME_Y = re.compile(r"([0-9]{1,2})[-/. ]*([^\W\d_]{3,9})[-/., ]*([0-9]{4}|[0-9]{2})")
_NAME_Y = re.compile(r"([^\W\d_]{3,9})[-/., ]*([0-9]{4}|[0-9]{2})")
_MY = re.compile(r"([0-9]{1,2})\s*[-/. ]\s*([0-9]{4})")
_YM = re.compile(r"([0-9]{4})\s*[-/. ]\s*([0-9]{1,2})")


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Day:
    """A date with what was really said: `nov 2025` is the first of the month with precision MONTH."""

    on: date
    precision: Precision = Precision.DAY


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date, or only the year when that is all the bureau knows."""

    year: int
    on: date | None = None


def parse_day(
    value: Cell, *, today: date, earliest: date = EARLIEST_DAY, latest: date | None = None
) -> Day | None:
    """A date between `earliest` and `latest` (ten years ahead unless told otherwise)."""
    day = _read(value, pivot=(today.year + 10) % 100, today=today)
    if day is None:
        return None
    if day.precision is Precision.YEAR:
        raise ValueProblem(_("Hier staat alleen een jaar. Schrijf ook de maand, bijvoorbeeld nov 2025."))
    if day.on < earliest:
        raise ValueProblem(_("Deze datum ligt voor %(year)s. Klopt het jaar?") % {"year": earliest.year})
    if day.on > (latest or _years_after(today, 10)):
        if latest is not None and latest <= today:
            raise ValueProblem(_("Deze datum ligt in de toekomst."))
        raise ValueProblem(_("Deze datum ligt te ver in de toekomst. Klopt het jaar?"))
    return day


def parse_birth(value: Cell, *, today: date) -> Birth | None:
    """A birth date or birth year of someone of 18 or older; the reason says it when the person is younger."""
    day = _read(value, pivot=today.year % 100, today=today)
    if day is None:
        return None
    if day.on > today:
        raise ValueProblem(_("Deze geboortedatum ligt in de toekomst."))
    if today.year - day.on.year > OLDEST_AGE:
        raise ValueProblem(
            _("Volgens deze datum is iemand ouder dan %(n)s jaar. Klopt het jaar?") % {"n": OLDEST_AGE}
        )
    if day.precision is Precision.MONTH:
        raise ValueProblem(_("De dag ontbreekt. Schrijf de hele geboortedatum of alleen het jaar."))
    if day.precision is Precision.YEAR:
        return _birth_year(day.on.year, today)
    if age_on(day.on, today) < ADULT_AGE:
        raise ValueProblem(_("Deze persoon is jonger dan 18 jaar. Een kandidaat is 18 of ouder."))
    return Birth(year=day.on.year, on=day.on)


def _birth_year(year: int, today: date) -> Birth:
    if today.year - year < ADULT_AGE:
        raise ValueProblem(_("Deze persoon is jonger dan 18 jaar. Een kandidaat is 18 of ouder."))
    if today.year - year == ADULT_AGE:
        raise ValueProblem(_("Deze persoon kan nog 17 jaar zijn. Schrijf de hele geboortedatum."))
    return Birth(year=year)


def age_on(birth: date, today: date) -> int:
    """Age in whole years."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _years_after(day: date, years: int) -> date:
    return date(day.year + years, 12, 31)


def _read(value: Cell, *, pivot: int, today: date) -> Day | None:
    """The date as written, unchecked but for existing; two-digit years up to `pivot` are of this century."""
    if isinstance(value, datetime):
        return Day(value.date())
    if isinstance(value, date):
        return Day(value)
    if isinstance(value, bool | time | timedelta):
        raise ValueProblem(_("Dit is geen datum. Schrijf bijvoorbeeld 3-11-2025."))
    if isinstance(value, int | float):
        return _from_number(value)
    text = typed(value)
    return _from_text(text, pivot=pivot, century=today.year // 100 * 100) if text else None


def _from_number(value: int | float) -> Day:
    """A bare number: an Excel serial, a year, or 20251103."""
    if value == value and 0 <= value < 100_000_000:  # the first comparison is false for NaN
        whole = int(value)
        if whole in _SERIALS:
            return Day(_SERIAL_ZERO + timedelta(days=whole))
        if whole in _YEARS:
            return Day(date(whole, 1, 1), Precision.YEAR)
        if whole >= 1_000_000:
            return _from_digits(f"{whole:08d}")
    raise ValueProblem(_("Dit getal is geen datum. Schrijf bijvoorbeeld 3-11-2025."))


def _from_digits(digits: str) -> Day:
    if digits[:2] in ("19", "20") and digits[4:6] <= "12":
        return _make(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return _make(int(digits[4:]), int(digits[2:4]), int(digits[:2]))


def _from_text(text: str, *, pivot: int, century: int) -> Day:
    text = _CLOCK.sub("", _WEEKDAY.sub("", text)).replace("'", "").replace("’", "").strip(" ,.")
    if text.isascii() and text.isdigit():
        return _from_digits(text) if len(text) == 8 else _from_number(int(text) if len(text) < 8 else -1)

    def year(digits: str) -> int:
        if len(digits) == 4:
            return int(digits)
        return century + int(digits) - (0 if int(digits) <= pivot else 100)

    if found := _YMD.fullmatch(text):
        return _make(int(found[1]), int(found[2]), int(found[3]))
    if found := _DMY.fullmatch(text):
        return _make(year(found[3]), int(found[2]), int(found[1]))
    if (found := _D_NAME_Y.fullmatch(text)) and fold(found[2]) in _MONTHS:
        return _make(year(found[3]), _MONTHS[fold(found[2])], int(found[1]))
    if (found := _NAME_Y.fullmatch(text)) and fold(found[1]) in _MONTHS:
        return Day(_make(year(found[2]), _MONTHS[fold(found[1])], 1).on, Precision.MONTH)
    if found := _MY.fullmatch(text):
        return Day(_make(int(found[2]), int(found[1]), 1).on, Precision.MONTH)
    if found := _YM.fullmatch(text):
        return Day(_make(int(found[1]), int(found[2]), 1).on, Precision.MONTH)
    raise ValueProblem(_("Dit is geen datum die we herkennen. Schrijf bijvoorbeeld 3-11-2025."))


def _make(year: int, month: int, day: int) -> Day:
    try:
        return Day(date(year, month, day))
    except ValueError:
        raise ValueProblem(_("Deze datum bestaat niet. Schrijf bijvoorbeeld 3-11-2025.")) from None
