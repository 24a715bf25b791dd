"""How long a trial placement may last: a dated figure that differs by municipality."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau, Rate
from employers.enums import END_REQUIRED_FORMS
from employers.models import Position


def max_months(bureau: Bureau, on: date) -> int | None:
    """The longest trial in months on a day, here or else in the country; None where nobody knows."""
    places = [bureau.municipality.code, bureau.municipality.name, "NL"]
    rate = Rate.objects.all().choose("trial_placement", "max_months", on=on, places=places)
    return None if rate is None else int(rate.value)


def last_day(starts: date, months: int) -> date:
    """The same day so many months later, or that month's last day."""
    year, month = divmod(starts.year * 12 + starts.month - 1 + months, 12)
    return date(year, month + 1, min(starts.day, monthrange(year, month + 1)[1]))


def end_problem(position: Position) -> str:
    """What is wrong with the end date for this work form, in words; nothing where it is fine."""
    if position.form not in END_REQUIRED_FORMS:
        return ""
    if position.ends_on is None:
        return _("Een proefplaatsing heeft een einddatum. Vul in tot welke dag.")
    starts = position.starts_from or timezone.localdate()
    months = max_months(position.bureau, starts)
    if months is None or position.ends_on <= last_day(starts, months):
        return ""
    return _("Een proefplaatsing duurt hoogstens %(months)s maanden. Kies een dag tot en met %(day)s.") % {
        "months": months,
        "day": date_format(last_day(starts, months), "j F Y"),
    }
