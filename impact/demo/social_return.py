"""A company that promised something for people in two contracts: one on its way, one nearly over."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from employers.effort import rate_of, worth
from employers.models import Employer, SocialReturn, SocialReturnLine
from impact.demo.story import Cast

TABLE = "region Utrecht"
EFFORTS: tuple[tuple[str, str, str, str, int, bool], ...] = (
    # block, what was done, full-time share, months, days after the start, approved
    ("benefit_over_2y", "Werkplek in het groen", "0.60", "4", 20, True),
    ("social_activity_hour", "Gereedschap en uitleg op de buurtdag", "", "", 45, True),
    ("nug", "Leerplek in de werkplaats", "0.40", "3", 80, False),
    ("trial_placement", "Twee maanden proefplaatsing", "", "2", 100, False),
)


def promise(cast: Cast) -> None:
    """Two obligations at the first employer that is no project of the bureau; one line has no value in the table."""
    company = Employer.objects.filter(bureau=cast.bureau).exclude(kind="own_project").order_by("pk").first()
    if company is None:
        return
    running = _obligation(cast, company, "Onderhoud van het groen in de wijk", 240_000, -150, 215)
    for block, what, fte, months, days, approved in EFFORTS:
        _line(cast, running, block, what, fte, months, days, approved)
    ending = _obligation(cast, company, "Schoonmaak van de buurthuizen", 60_000, -330, 28)
    _line(cast, ending, "ww_under_1y", "Schoonmaakster in opleiding", "0.30", "2", 60, True)


def _obligation(
    cast: Cast, company: Employer, contract: str, amount: int, first: int, last: int
) -> SocialReturn:
    return SocialReturn.objects.create(
        bureau=cast.bureau,
        employer=company,
        contract=contract,
        principal="Gemeente",
        contract_amount=amount,
        share=Decimal(5),
        place=TABLE,
        starts_on=cast.today + timedelta(days=first),
        ends_on=cast.today + timedelta(days=last),
    )


def _line(
    cast: Cast,
    obligation: SocialReturn,
    block: str,
    what: str,
    fte: str,
    months: str,
    days: int,
    approved: bool,
) -> None:
    on = obligation.starts_on + timedelta(days=days)
    line = SocialReturnLine(bureau=cast.bureau, obligation=obligation, block=block, what=what, on=on)
    line.fte = Decimal(fte) if fte else None
    line.months = Decimal(months) if months else None
    line.hours = None if months else Decimal(16)
    rate = rate_of(block, bureau=cast.bureau, place=obligation.place, on=on)
    if rate is not None:
        line.value, line.unit, line.source = rate.value, rate.unit, rate.source
        line.amount = worth(rate.value, rate.unit, fte=line.fte, months=line.months, hours=line.hours)
    if approved and line.amount is not None:
        line.approved_on, line.approved_by = on + timedelta(days=30), "Contractbeheer"
    line.save()
