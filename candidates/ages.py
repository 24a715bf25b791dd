"""Taking part is from 18 on. What is not known is not refused."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.models import ADULT_AGE


def age_on(birth_date: date, on: date) -> int:
    """Whole years on a day."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def why_too_young(
    *, birth_date: date | None = None, birth_year: int | None = None, on: date | None = None
) -> str:
    """Why somebody cannot take part yet and what to do, in words for the screen; empty when there is no objection.

    With only a year, somebody who turns 18 in this very year is asked for the whole date.
    """
    day = on or timezone.localdate()
    if birth_date is not None:
        return _too_young() if age_on(birth_date, day) < ADULT_AGE else ""
    if birth_year is None or day.year - birth_year > ADULT_AGE:
        return ""
    if day.year - birth_year < ADULT_AGE:
        return _too_young()
    return _("Wordt dit jaar 18. Vul de hele geboortedatum in, dan weten we of het al kan.")


def _too_young() -> str:
    return _(
        "Meedoen kan vanaf 18 jaar. We bewaren daarom niets. "
        "Breng deze persoon in contact met het jongerenwerk of de school."
    )
