"""How much of somebody's pay does not count for the benefit, as far as the figures of a place and day tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from buurtbaan.bureaus.models import Rate
from buurtbaan.rules.figures import COUNTRY, Chosen, choose
from buurtbaan.rules.wage_subsidy import cents

KIND = "income_exemption"


@dataclass(frozen=True)
class Exemption:
    """The three figures, and what is kept of a month's pay (None where share or limit is not known)."""

    share: Chosen
    month_max: Chosen
    months: Chosen
    kept: Decimal | None

    @property
    def unknown(self) -> list[Chosen]:
        """What nobody wrote down for this place and day."""
        return [one for one in (self.share, self.month_max, self.months) if one.rate is None]


def exemption(*, on: date, places: list[str], among: object, pay: Decimal | None) -> Exemption:
    """The figures of the nearest place; a sum only where the share and its limit are both known.

    pay: euros in a month, before the benefit office looks at it.
    """
    share, most, months = (
        choose(KIND, key, on=on, places=places or [COUNTRY], among=among)
        for key in ("share", "month_max", "months")
    )
    return Exemption(share, most, months, _kept(share.rate, most.rate, pay))


def _kept(share: Rate | None, most: Rate | None, pay: Decimal | None) -> Decimal | None:
    if share is None or most is None or pay is None:
        return None
    return cents(min(pay * share.value, most.value))
