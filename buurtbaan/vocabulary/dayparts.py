"""The 21 dayparts of a week as one bitmask: bit = weekday * 3 + part; Monday and morning come first.

`None` is unknown (nobody asked); 0 is known: no daypart at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DAYS = (
    gettext_lazy("maandag"),
    gettext_lazy("dinsdag"),
    gettext_lazy("woensdag"),
    gettext_lazy("donderdag"),
    gettext_lazy("vrijdag"),
    gettext_lazy("zaterdag"),
    gettext_lazy("zondag"),
)
SHORT_DAYS = (
    gettext_lazy("ma"),
    gettext_lazy("di"),
    gettext_lazy("wo"),
    gettext_lazy("do"),
    gettext_lazy("vr"),
    gettext_lazy("za"),
    gettext_lazy("zo"),
)
PARTS = (gettext_lazy("ochtend"), gettext_lazy("middag"), gettext_lazy("avond"))
MORNING, AFTERNOON, EVENING = range(3)
COUNT = len(DAYS) * len(PARTS)
ALL = (1 << COUNT) - 1
WHOLE_DAY = 0b111
WEEKEND_FROM = 5


def bit(weekday: int, part: int) -> int:
    """The mask of one daypart; weekday 0 is Monday, part 0 is the morning."""
    if not (0 <= weekday < len(DAYS) and 0 <= part < len(PARTS)):
        raise ValueError(f"No such daypart: weekday {weekday}, part {part}.")
    return 1 << (weekday * len(PARTS) + part)


def mask(dayparts: Iterable[tuple[int, int]]) -> int:
    """The mask of several (weekday, part) pairs."""
    total = 0
    for weekday, part in dayparts:
        total |= bit(weekday, part)
    return total


def pairs(dayparts: int) -> Iterator[tuple[int, int]]:
    """The (weekday, part) pairs in a mask, from Monday morning on."""
    for number in range(COUNT):
        if dayparts >> number & 1:
            yield divmod(number, len(PARTS))


def count(dayparts: int) -> int:
    """How many dayparts a mask holds."""
    return dayparts.bit_count()


def every_week(part: int, *, weekend: bool = False) -> int:
    """One part of each weekday, for example all mornings; with `weekend` of Saturday and Sunday, too."""
    return mask((day, part) for day in range(len(DAYS) if weekend else WEEKEND_FROM))


def whole_day(weekday: int) -> int:
    """Morning, afternoon and evening of one day."""
    return WHOLE_DAY << (weekday * len(PARTS))


def numbers(dayparts: int | None) -> list[int]:
    """The bits of a mask as numbers 0 to 20, the values of a form's checkboxes."""
    return [number for number in range(COUNT) if (dayparts or 0) >> number & 1]


def from_numbers(values: Iterable[int | str]) -> int:
    """The mask of checkbox values; a value outside 0 to 20 raises ValueError."""
    total = 0
    for value in values:
        number = int(value)
        if not 0 <= number < COUNT:
            raise ValueError(f"No such daypart: {number}.")
        total |= 1 << number
    return total


def choices() -> list[tuple[int, str]]:
    """Each daypart with its name, for a form field."""
    return [(number, f"{DAYS[number // len(PARTS)]} {PARTS[number % len(PARTS)]}") for number in range(COUNT)]


def text(dayparts: int | None) -> str:
    """A mask in words: "maandag en dinsdag, ochtend; vrijdag, ochtend en middag"."""
    if dayparts is None:
        return _("nog niet gevraagd")
    if dayparts == 0:
        return _("geen dagdelen")
    if dayparts == ALL:
        return _("alle dagdelen")
    return "; ".join(f"{_days(days)}, {_parts(parts)}" for parts, days in _grouped(dayparts))


def _grouped(dayparts: int) -> list[tuple[int, list[int]]]:
    """Days that share the same parts, in order of their first day."""
    groups: dict[int, list[int]] = {}
    for day in range(len(DAYS)):
        parts = dayparts >> (day * len(PARTS)) & WHOLE_DAY
        if parts:
            groups.setdefault(parts, []).append(day)
    return list(groups.items())


def _days(days: list[int]) -> str:
    in_a_row = days == list(range(days[0], days[-1] + 1))
    if in_a_row and len(days) > 2:
        return _("%(first)s tot en met %(last)s") % {"first": DAYS[days[0]], "last": DAYS[days[-1]]}
    return listed([str(DAYS[day]) for day in days])


def _parts(parts: int) -> str:
    if parts == WHOLE_DAY:
        return _("de hele dag")
    return listed([str(PARTS[part]) for part in range(len(PARTS)) if parts >> part & 1])


def listed(words: list[str]) -> str:
    """Words as a person would sum them up: "a, b en c"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s en %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
