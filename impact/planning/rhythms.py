"""How often a report is asked for, over which days, and on which day; in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Rhythm(TextChoices):
    MONTHLY = "monthly", _("Elke maand")
    QUARTERLY = "quarterly", _("Elk kwartaal")
    YEARLY = "yearly", _("Elk jaar")


class Moment(TextChoices):
    """When, after the period is over."""

    FIRST_MONDAY = "monday", _("Op de eerste maandag erna")
    FIFTEENTH = "fifteenth", _("Op de 15e van de maand erna")


MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.YEARLY: 12}
WORDS: dict[tuple[str, str], Promise] = {
    (Rhythm.MONTHLY, Moment.FIRST_MONDAY): _("Elke maand, op de eerste maandag na de maand"),
    (Rhythm.MONTHLY, Moment.FIFTEENTH): _("Elke maand, op de 15e van de maand erna"),
    (Rhythm.QUARTERLY, Moment.FIRST_MONDAY): _("Elk kwartaal, op de eerste maandag na het kwartaal"),
    (Rhythm.QUARTERLY, Moment.FIFTEENTH): _("Elk kwartaal, op de 15e van de maand na het kwartaal"),
    (Rhythm.YEARLY, Moment.FIRST_MONDAY): _("Elk jaar, op de eerste maandag van het nieuwe jaar"),
    (Rhythm.YEARLY, Moment.FIFTEENTH): _("Elk jaar, op 15 januari over het jaar ervoor"),
}


@dataclass(frozen=True)
class Period:
    """The days of one report, both included, and the day on which it is asked for."""

    since: date
    until: date
    due: date


def first_day(rhythm: str, day: date) -> date:
    """The first day of the month, quarter or year that `day` lies in."""
    months = MONTHS[Rhythm(rhythm)]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def period(rhythm: str, moment: str, since: date) -> Period:
    """The period that begins on `since`."""
    following = _later(since, MONTHS[Rhythm(rhythm)])
    until = following - timedelta(days=1)
    if moment == Moment.FIFTEENTH:
        return Period(since, until, following.replace(day=15))
    return Period(since, until, following + timedelta(days=-following.weekday() % 7))


def periods(rhythm: str, moment: str, starts: date) -> Iterator[Period]:
    """All periods from `starts` on, without end."""
    since = first_day(rhythm, starts)
    while True:
        yield (one := period(rhythm, moment, since))
        since = one.until + timedelta(days=1)


def _later(day: date, months: int) -> date:
    count = day.month - 1 + months
    return date(day.year + count // 12, count % 12 + 1, 1)
