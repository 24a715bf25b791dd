"""What an effort counts for in social return: a block's value times how much of it there was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from buurtbaan.bureaus.enums import RateUnit
from buurtbaan.bureaus.models import Bureau, Rate
from buurtbaan.rules.figures import BLOCKS
from buurtbaan.rules.wage_subsidy import cents

KIND = "sroi_block"
MONTHS_A_YEAR = Decimal(12)
WARN_DAYS = 42
"""How long before the end an obligation that is not fulfilled yet shows on the list of the day."""
NEEDED: dict[str, tuple[str, ...]] = {
    RateUnit.EUR_FTE_YEAR: ("fte", "months"),
    RateUnit.EUR_MONTH: ("months",),
    RateUnit.EUR_HOUR: ("hours",),
}
"""Unit of a block → what must be known of the effort to reckon its worth."""


def worth(
    value: Decimal, unit: str, *, fte: Decimal | None, months: Decimal | None, hours: Decimal | None
) -> Decimal | None:
    """Euros, to the cent; None where the unit asks for something that is not known.

    fte: share of a full-time job. A year of a full-time job is twelve months of one FTE.
    """
    given = {"fte": fte, "months": months, "hours": hours}
    parts = [given[name] for name in NEEDED.get(unit, ())]
    if not parts:
        return None
    found = value
    for part in parts:
        if part is None:
            return None
        found *= part
    return cents(found / MONTHS_A_YEAR if unit == RateUnit.EUR_FTE_YEAR else found)


def rate_of(block: str, *, bureau: Bureau, place: str, on: date) -> Rate | None:
    """The value of a block in a region's table on a day; None where the table does not tell."""
    return Rate.objects.usable_by(bureau).choose(KIND, block, on=on, places=[place])


def block_name(block: str) -> str:
    """What a block is called on screen."""
    return str(BLOCKS[block][0]) if block in BLOCKS else block


def tables(bureau: Bureau) -> list[str]:
    """The places that have a table of block values, the own municipality always among them."""
    found = Rate.objects.usable_by(bureau).filter(kind=KIND).order_by().values_list("place", flat=True)
    return sorted({*found.distinct(), bureau.municipality.code})
