"""What a municipality adds to a wage: the sum, step by step, from figures that are dated elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
WEEKS = Decimal(52)
MONTHS = Decimal(12)


@dataclass(frozen=True)
class Subsidy:
    """Euros for one hour, unrounded: each step of the sum and what comes out.

    Rounding: nothing is rounded on the way; only what is paid (`cents`) is, to the nearest cent, half a cent up.
    That is the one rule under which an hourly wage of 14.71 gives 7.94 at half the wage value, 9.81 with 23.5 %
    employer costs, and 11.12 at the cap (a wage with holiday pay that is rounded first would give 7.95).
    """

    wage: Decimal
    worth: Decimal
    gap: Decimal
    cap: Decimal
    hour: Decimal
    hour_with_costs: Decimal | None

    @property
    def capped(self) -> bool:
        return self.gap > self.cap


def subsidy(
    *,
    hourly: Decimal,
    holiday_share: Decimal,
    cap_share: Decimal,
    value_share: Decimal,
    cost_share: Decimal | None,
) -> Subsidy:
    """(minimum wage with holiday pay − wage value), at most `cap_share` of that wage, plus employer costs over it.

    hourly: the minimum wage in euros. value_share: the wage value as a share of the minimum wage, 0 to 1, as an
    outside expert set it; a higher one counts as 1. cost_share: None where the figure of the day is not known.
    """
    wage = hourly * (1 + holiday_share)
    worth = wage * value_share
    gap = max(wage - worth, Decimal(0))
    cap = wage * cap_share
    hour = min(gap, cap)
    return Subsidy(wage, worth, gap, cap, hour, None if cost_share is None else hour * (1 + cost_share))


def cents(amount: Decimal) -> Decimal:
    """To the nearest cent, half a cent up."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Spans:
    """What an hourly amount comes to, in cents: 52 weeks a year, and a month is a twelfth of a year."""

    hour: Decimal
    week: Decimal
    month: Decimal
    year: Decimal


def spans(hour: Decimal, hours_a_week: Decimal) -> Spans:
    """Each span from the unrounded amount, so that a rounding never multiplies."""
    week = hour * hours_a_week
    return Spans(cents(hour), cents(week), cents(week * WEEKS / MONTHS), cents(week * WEEKS))
