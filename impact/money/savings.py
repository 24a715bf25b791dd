"""What a bureau may have saved, as a range: every parameter with its source, and what would have happened anyway.

Social-return values are effort values; they are never part of a saving.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from buurtbaan.bureaus.models import Bureau, Rate
from impact.money.sums import TENTH, YEAR, saved_range
from impact.money.years import rate
from impact.snapshots import RATES, benefit_days


@dataclass(frozen=True)
class Savings:
    """The range of one period. low and high are None while a rate is missing, or when nobody is counted."""

    people: int
    years_low: Decimal
    years_high: Decimal
    rates: dict[str, Rate]
    missing: tuple[str, ...]
    low: int | None
    high: int | None


def savings(bureau: Bureau, since: date, until: date) -> Savings:
    """The same sums as the report's, exact and for the bureau itself."""
    people, low_days, high_days = benefit_days(bureau, since, until)
    found = {f"{kind}.{key}": rate(bureau, kind, key, until) for kind, key in RATES}
    known = {name: one for name, one in found.items() if one is not None}
    missing = tuple(name for name, one in found.items() if one is None)
    low = high = None
    if people and not missing:
        low, high = saved_range(low_days, high_days, {name: one.amount for name, one in known.items()})
    years = [(days / YEAR).quantize(TENTH) for days in (low_days, high_days)]
    return Savings(people, years[0], years[1], known, missing, low, high)
