"""Days on which nobody is expected to work: weekends and the public holidays of the Netherlands.

Easter by the Gregorian computus (Meeus); King's Day moves to Saturday when 27 April is a Sunday. Liberation Day counts
once in five years, as most collective agreements have it; Good Friday is a working day.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

SATURDAY = 5


def easter(year: int) -> date:
    """Easter Sunday."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """The public holidays of a year."""
    sunday = easter(year)
    king = date(year, 4, 27)
    days = {
        date(year, 1, 1), sunday, sunday + timedelta(days=1), sunday + timedelta(days=39),
        sunday + timedelta(days=49), sunday + timedelta(days=50), date(year, 12, 25), date(year, 12, 26),
        king - timedelta(days=1) if king.weekday() == 6 else king,
    }  # fmt: skip
    return frozenset(days | ({date(year, 5, 5)} if year % 5 == 0 else set()))


def is_working_day(day: date) -> bool:
    """No weekend and no public holiday."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def next_working_day(day: date) -> date:
    """The first working day after a day."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def begins_the_week(day: date) -> bool:
    """Whether this is the first working day of its week: Monday, or Tuesday after Easter."""
    monday = day - timedelta(days=day.weekday())
    return is_working_day(day) and next_working_day(monday - timedelta(days=1)) == day
