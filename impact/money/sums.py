"""Sums about saved benefits, from days and dated figures to a range in whole hundreds of euros."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

YEAR = Decimal("365.25")
TENTH = Decimal("0.1")
MONTHS_A_YEAR = Decimal(12)


def saved_range(low_days: Decimal, high_days: Decimal, rates: Mapping[str, Decimal]) -> tuple[int, int]:
    """Lowest and highest amount saved, less what would have happened anyway. rates: by kind.key, all of them."""
    keep = 1 - rates["counterfactual.share_high"], 1 - rates["counterfactual.share_low"]
    low = low_days / YEAR * rates["benefit_cost.per_person_year_low"] * keep[0]
    high = high_days / YEAR * rates["benefit_cost.per_person_year_high"] * keep[1]
    return hundreds(low), hundreds(high)


def hundreds(amount: Decimal) -> int:
    """An estimate is no more exact than a hundred euro."""
    return int((amount / 100).to_integral_value()) * 100


def benefit_years(saved: Decimal, cost_a_year: Decimal) -> Decimal:
    """How many years of one benefit an amount is, to one decimal."""
    return (saved / cost_a_year).quantize(TENTH, ROUND_HALF_UP)


def people_at_a_time(years: Decimal, months: int) -> Decimal:
    """How many benefits on average were not needed during these months, to one decimal."""
    return (years * MONTHS_A_YEAR / months).quantize(TENTH, ROUND_HALF_UP)
