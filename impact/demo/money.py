"""Money in the stories: funds that want to hear from us, hours on them, a cash book, and years whose sides are equal.

Nothing in here counts people in a report.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau, Rate
from candidates.models import Fund, FundDeadline, HourClaim
from impact.demo.places import GEEREN, SPIJKERKWARTIER
from impact.demo.story import Cast
from impact.enums import FlowDirection, FlowKind
from impact.models import CashbookEntry, FundingFlow
from impact.money.years import year_of

KINDS = (
    ("Gemeente", FlowKind.MUNICIPALITY), ("ESF", FlowKind.GRANT), ("Fonds", FlowKind.FUND),
    ("Verkoop", FlowKind.SALES), ("Coaches", FlowKind.WAGES), ("Huur", FlowKind.RENT),
)  # fmt: skip
"""How a source begins, and what sort of money that is; an impact assignment is the municipality's."""
CONDITIONS = (
    "Alleen uren met of voor mensen uit de wijk. Bewaar van elk uur wie, wanneer en wat. "
    "Een uur dat ergens anders is betaald, mag hier niet nog eens op."
)
WANTED = (("Tussentijdse verantwoording", 12), ("Begroting volgend jaar", 45), ("Startgesprek", -200))
"""What, and in how many days; what is past was done."""
WORK = ("Bijeenkomst voorbereid", "Ronde langs ondernemers", "Administratie van de weken", "Training gegeven")
BOOK: tuple[tuple[int, str, str, str, str, str, str], ...] = (
    # days ago, activity, for whom, cost, how known, value, how known
    (2, "Koffieochtend in de huiskamer", "residents", "38.50", "receipt", "180", "compared"),
    (5, "Fietsen nagekeken voor de basisschool", "organisations", "24.00", "receipt", "310", "compared"),
    (9, "Samen naar de open dag van de bakker", "participants", "12.80", "receipt", "", ""),
    (16, "Ramen gelapt bij vijf buren", "residents", "9.95", "receipt", "125", "asked"),
    (23, "Winkeliersontbijt", "employers", "86.20", "receipt", "400", "estimate"),
    (30, "Koffieochtend in de huiskamer", "residents", "41.10", "receipt", "180", "compared"),
    (37, "Les Nederlands op de werkvloer", "participants", "150.00", "agreed", "600", "compared"),
    (44, "Buurttuin opgeknapt", "residents", "212.35", "receipt", "1450", "compared"),
    (58, "Rondleiding voor collega's van de gemeente", "municipality", "45.00", "estimate", "", ""),
    (65, "Vrijwilligersmaaltijd", "volunteers", "97.60", "receipt", "260", "asked"),
    (79, "Klusdag in het portiek", "residents", "64.75", "receipt", "890", "compared"),
    (93, "Proefdraaien in de keuken van het zorghuis", "employers", "", "", "520", "asked"),
    (107, "Sollicitatiekleding geruild", "participants", "18.40", "receipt", "350", "estimate"),
    (128, "Koffieochtend in de huiskamer", "residents", "36.90", "receipt", "180", "compared"),
    (400, "Buurtfeest", "residents", "640.00", "receipt", "2100", "estimate"),
)
SHARES = (("share_low", "0.20"), ("share_high", "0.50"))


def spend(cast: Cast) -> None:
    """Put the chapter on money beside flows, funds and earnings that are there already."""
    bureau, today = cast.bureau, cast.today
    for begins, kind in KINDS:
        FundingFlow.objects.filter(bureau=bureau, source__startswith=begins).update(kind=kind)
    FundingFlow.objects.filter(bureau=bureau, assignment__isnull=False).update(kind=FlowKind.MUNICIPALITY)
    _funds(cast)
    _book(cast)
    if bureau.slug == GEEREN.slug:
        _lean_on_uwv(bureau, today)
    even_out(bureau, today.year)
    if bureau.slug == SPIJKERKWARTIER.slug:
        _last_year(bureau, today.year - 1)


def _funds(cast: Cast) -> None:
    """Conditions and days for the fund that is there; in Arnhem a grant besides, with the flow that pays it."""
    today, bureau = cast.today, cast.bureau
    found = list(Fund.objects.filter(bureau=bureau).order_by("pk"))
    if bureau.slug == SPIJKERKWARTIER.slug:
        grant = Fund.objects.create(bureau=bureau, name="ESF+ Actieve inclusie", since=date(today.year, 1, 1))
        FundingFlow.objects.filter(bureau=bureau, source__startswith="ESF", year=today.year).update(
            fund=grant
        )
        found.append(grant)
    for place, fund in enumerate(found):
        fund.conditions, fund.amount, fund.hours_most = CONDITIONS, Decimal(30_000), 600
        fund.save(update_fields=["conditions", "amount", "hours_most"])
        for what, days in WANTED:
            due = today + timedelta(days=days + 9 * place)
            done = due - timedelta(days=3) if days < 0 else None
            FundDeadline.objects.create(
                bureau=bureau,
                fund=fund,
                what=what,
                due_on=due,
                done_on=done,
                done_by=cast.coaches[0] if done else None,
            )
        _hours(cast, fund, place)


def _hours(cast: Cast, fund: Fund, place: int) -> None:
    """Each colleague half a morning a week, on one fund only; the day of the week differs per fund."""
    staff = [*cast.coaches, *cast.connectors]
    for week in range(1, 13):
        day = cast.today - timedelta(days=cast.today.weekday() + 7 * week - place)
        if not fund.runs_on(day):
            continue
        for number, one in enumerate(staff):
            starts = timezone.make_aware(datetime.combine(day, time(9 + number % 2)))
            ends = starts + timedelta(minutes=90 + 30 * ((week + number) % 3))
            HourClaim.objects.create(
                bureau=cast.bureau, fund=fund, worker=one.user, day=day, during=DateTimeTZRange(starts, ends),
                what=WORK[(week + number) % len(WORK)], by=one,
            )  # fmt: skip


def _book(cast: Cast) -> None:
    staff = [*cast.connectors, *cast.coaches]
    for number, (days, activity, who, cost, cost_known, value, value_known) in enumerate(BOOK):
        CashbookEntry.objects.create(
            bureau=cast.bureau, on=cast.today - timedelta(days=days), activity=activity, stakeholder=who,
            cost=Decimal(cost) if cost else None, cost_known=cost_known,
            value=Decimal(value) if value else None, value_known=value_known, by=staff[number % len(staff)],
        )  # fmt: skip


def _lean_on_uwv(bureau: Bureau, today: date) -> None:
    """A good part of the money is UWV's, and the board said what is too much; and what would have happened anyway."""
    flow = {"bureau": bureau, "year": today.year, "amount": Decimal(24_000)}
    FundingFlow.objects.create(
        **flow, direction=FlowDirection.IN, kind=FlowKind.UWV, source="UWV, vergoeding voor jobcoaching"
    )
    FundingFlow.objects.create(
        **flow, direction=FlowDirection.OUT, kind=FlowKind.WAGES, source="Jobcoach op de werkvloer"
    )
    here = {
        "bureau": bureau,
        "place": bureau.municipality.code,
        "unit": "share",
        "valid_from": date(2020, 1, 1),
    }
    said = "Afspraak in het bestuur (voorbeeld)"
    Rate.objects.create(**here, kind="uwv_income", key="share_most", value=Decimal("0.20"), source=said)
    for key, value in SHARES:
        note = "aanname, nog niet onderzocht"
        Rate.objects.create(
            **here, kind="counterfactual", key=key, value=Decimal(value), source=said, note=note
        )


def even_out(bureau: Bureau, year: int) -> None:
    """What came in more went to residents; what went out more was put aside before."""
    gap = year_of(bureau.pk, year).gap
    if not gap:
        return
    more = gap > 0
    FundingFlow.objects.create(
        bureau=bureau, year=year, amount=abs(gap),
        direction=FlowDirection.OUT if more else FlowDirection.IN,
        kind=FlowKind.RESIDENTS if more else FlowKind.OTHER_IN,
        source="Bewoners: vergoeding en scholing" if more else "Reserve van vorig jaar",
    )  # fmt: skip


def _last_year(bureau: Bureau, year: int) -> None:
    """Last year was never quite written down: the page says what is missing."""
    for direction, kind, source, amount in (
        (FlowDirection.IN, FlowKind.MUNICIPALITY, "Gemeente Arnhem", 45_000),
        (FlowDirection.IN, FlowKind.FUND, "Fonds Wijkkracht", 12_000),
        (FlowDirection.OUT, FlowKind.WAGES, "Coaches en verbinders", 52_000),
    ):
        FundingFlow.objects.create(
            bureau=bureau, year=year, direction=direction, kind=kind, source=source, amount=Decimal(amount)
        )
