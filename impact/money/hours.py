"""Hours claimed per fund, each hour once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from impact.statements import rows

HOUR = Decimal(60)
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class FundHours:
    """What counts on one fund in a period. people: with whom the conversations were."""

    fund: int
    talks: Decimal
    stretches: Decimal
    people: int

    @property
    def all(self) -> Decimal:
        return self.talks + self.stretches


def hours_per_fund(bureau_id: int, since: date, until: date) -> dict[int, FundHours]:
    """Hours to one decimal for every fund of the bureau, by its key."""
    found = rows("fund_hours", {"bureau": bureau_id, "since": since, "until": until})
    return {
        fund: FundHours(fund, hours_of(talks), hours_of(stretches), people)
        for fund, talks, stretches, people in found
    }


def hours_of(minutes: Decimal | int) -> Decimal:
    """To one decimal."""
    return (Decimal(minutes) / HOUR).quantize(TENTH)
