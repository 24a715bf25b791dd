"""What the bureaus of the story earn: a care subscription, commissions, and own projects that nearly break even.

Nothing in here counts in a report.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from buurtbaan.bureaus.models import Bureau
from employers.enums import CommissionOrigin, EmployerKind, LineKind
from employers.models import (
    Commission,
    CommissionPosition,
    Employer,
    Position,
    ProjectLine,
    Subscription,
    SubscriptionMonth,
    SubscriptionPosition,
)
from employers.models.subscriptions import month_after, month_of
from employers.services.warnings import give_warnings

DELIVERED = (96, 112, 124, 118, 131, 109, 120, 126, 104, 122)
"""Hours of each month since the subscription began; the last one that is over is not noted yet."""
YEARLY = {
    "Wijkfietsen": ((LineKind.SALES, "Fietsen verkocht en verhuurd", 870), (LineKind.RENT, "Huur werkplaats", 640),
                    (LineKind.MATERIAL, "Onderdelen en banden", 310), (LineKind.GUIDANCE, "Fietsenmaker", 210)),
    "Kelderzwam": ((LineKind.SALES, "Oesterzwammen verkocht", 1240), (LineKind.RENT, "Kelder en stroom", 420),
                   (LineKind.MATERIAL, "Koffiedik en broed", 180), (LineKind.WAGES, "Vergoedingen", 560)),
    "Klus Om de Hoek": ((LineKind.SALES, "Kleine klussen bij buren", 480), (LineKind.MATERIAL, "Gereedschap", 390),
                        (LineKind.WAGES, "Vergoedingen", 620), (LineKind.OTHER_COST, "Verzekering", 95)),
}  # fmt: skip
"""For each project of the story: kind, words and euros of an average month."""
ORDERED = (
    ("Woningbouw Rijnoever", "Portieken en bergingen nalopen", 6400, CommissionOrigin.BROUGHT_BACK,
     "een bedrijf van buiten de stad", "Klus Om de Hoek", 40),
    ("Winkeliers van de kade", "Pakjes bezorgen met de bakfiets", 1850, CommissionOrigin.BROUGHT_BACK,
     "een koeriersdienst", "Wijkfietsen", 190),
    ("Bewonersgroep Het Plantsoen", "Buurtfeest opbouwen", 750, CommissionOrigin.NEW, "", "Klus Om de Hoek", 120),
    ("Energieloket", "Langs de deur met energietips", 4200, CommissionOrigin.NEW, "", "", 75),
)  # fmt: skip
"""Who, what, euros, where from, who did it first, own project, days ago."""


def earn(bureau: Bureau, today: date) -> None:
    """Put what is earned beside employers and positions that are there already."""
    for client in Employer.objects.filter(bureau=bureau, kind=EmployerKind.CARE).order_by("pk")[:1]:
        _subscribe(client, today)
    for project in Employer.objects.filter(bureau=bureau, kind=EmployerKind.OWN_PROJECT).order_by("pk"):
        _lines(project, today)
    if Employer.objects.filter(bureau=bureau, name="Klus Om de Hoek").exists():
        _commissions(bureau, today)


def _subscribe(client: Employer, today: date) -> None:
    """Ten months of hospitality in the living room, with 75 days left: the day list says so."""
    last = today + timedelta(days=75)
    made = Subscription.objects.create(
        bureau=client.bureau, employer=client, service="Gastvrouw in de huiskamer en hulp in huis",
        hours_month=Decimal(120), price_month=Decimal(2640), ends_on=last,
        starts_on=month_of(month_of(today) - timedelta(days=300)),
    )  # fmt: skip
    for position in client.positions.order_by("pk")[:2]:
        SubscriptionPosition.objects.create(bureau=client.bureau, subscription=made, position=position)
    month = made.starts_on
    for hours in DELIVERED:
        if month_after(month_after(month)) <= today:
            SubscriptionMonth.objects.create(
                bureau=client.bureau, subscription=made, month=month, hours=Decimal(hours), by=client.owner
            )
        month = month_after(month)
    give_warnings(client.bureau)
    made.warnings.update(recipient="")


def _lines(project: Employer, today: date) -> None:
    """Every month of this year and the last, a little more in summer."""
    months = [date(year, month, 12) for year in (today.year - 1, today.year) for month in range(1, 13)]
    ProjectLine.objects.bulk_create(
        ProjectLine(
            bureau=project.bureau, employer=project, on=day, kind=kind, what=what,
            amount=Decimal(amount + (day.month % 5 - 2) * amount // 25),
        )
        for day in months
        if day <= today
        for kind, what, amount in YEARLY.get(project.name, ())
    )  # fmt: skip


def _commissions(bureau: Bureau, today: date) -> None:
    """Work that came back to the neighbourhood, and work that is new."""
    projects = {one.name: one for one in Employer.objects.filter(bureau=bureau).order_by("pk")}
    for client, what, amount, origin, before, project, days in ORDERED:
        starts = today - timedelta(days=days)
        made = Commission.objects.create(
            bureau=bureau, client_name=client, what=what, amount=Decimal(amount), origin=origin,
            done_before_by=before, project=projects.get(project), starts_on=starts,
            ends_on=starts + timedelta(days=30),
        )  # fmt: skip
        for position in Position.objects.filter(employer=made.project).order_by("pk")[:1]:
            CommissionPosition.objects.create(bureau=bureau, commission=made, position=position)
