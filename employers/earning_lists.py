"""What stands in the lists of subscriptions and commissions, and in which order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from buurtbaan.bureaus.models import Membership
from employers.enums import SubscriptionState
from employers.models import Commission, Subscription, SubscriptionMonth
from employers.models.subscriptions import WARN_DAYS

LEFT_WITH_PEOPLE = "people"
SUBSCRIPTION_ORDER = {
    "ends": [F("until").asc()],
    "-ends": [F("until").desc()],
    "client": [F("employer__name").asc(), F("until").asc()],
    "-client": [F("employer__name").desc(), F("until").asc()],
    "price": [F("price_month").asc()],
    "-price": [F("price_month").desc()],
}
COMMISSION_ORDER = {
    "day": [F("starts_on").asc()],
    "-day": [F("starts_on").desc()],
    "amount": [F("amount").asc()],
    "-amount": [F("amount").desc()],
}


def subscriptions(membership: Membership, wanted: dict[str, Any], order: str) -> QuerySet[Subscription]:
    """The subscriptions that somebody asked to see. wanted: the cleaned SubscriptionFilter."""
    found = Subscription.objects.visible_to(membership).with_last_day()
    if text := wanted.get("q"):
        found = found.filter(Q(employer__name__icontains=text) | Q(service__icontains=text))
    found = _in_state(found, wanted.get("state", ""))
    rows = found.select_related("employer").annotate(works=Count("funded", distinct=True))
    return rows.order_by(*SUBSCRIPTION_ORDER.get(order, SUBSCRIPTION_ORDER["ends"]), "pk")


def _in_state(found: Any, state: str) -> Any:
    today = timezone.localdate()
    soon = today + timedelta(days=WARN_DAYS[0])
    match state:
        case SubscriptionState.COMING:
            return found.filter(starts_on__gt=today)
        case SubscriptionState.RUNNING:
            return found.filter(starts_on__lte=today, until__gt=soon)
        case SubscriptionState.ENDING:
            return found.filter(starts_on__lte=today, until__range=(today, soon), followed_by=None)
        case SubscriptionState.OVER:
            return found.filter(until__lt=today)
        case "people":
            return found.left_with_people(today)
        case "all":
            return found
    return found.filter(until__gte=today)


def delivered(subscriptions: list[int]) -> dict[int, list[SubscriptionMonth]]:
    """The months that were noted for each of these."""
    found: dict[int, list[SubscriptionMonth]] = {pk: [] for pk in subscriptions}
    for row in SubscriptionMonth.objects.filter(subscription__in=subscriptions).order_by("month"):
        found[row.subscription_id].append(row)
    return found


def running_sums(membership: Membership) -> dict[str, Any]:
    """What runs today in all: how many, hours a month and euros a month."""
    holding = Subscription.objects.visible_to(membership).holding(timezone.localdate())
    return dict(holding.aggregate(count=Count("pk"), hours=Sum("hours_month"), price=Sum("price_month")))


def commissions(membership: Membership, wanted: dict[str, Any], year: int) -> QuerySet[Commission]:
    """The commissions of a year that somebody asked to see."""
    found = Commission.objects.visible_to(membership).filter(starts_on__year=year)
    if text := wanted.get("q"):
        asked = Q(what__icontains=text) | Q(client_name__icontains=text) | Q(employer__name__icontains=text)
        found = found.filter(asked)
    if origin := wanted.get("origin"):
        found = found.filter(origin=origin)
    return found


def commission_rows(found: QuerySet[Commission], order: str) -> QuerySet[Commission]:
    """With what a row shows, in the order that was asked."""
    rows = found.select_related("employer", "project").annotate(works=Count("work", distinct=True))
    return rows.order_by(*COMMISSION_ORDER.get(order, COMMISSION_ORDER["-day"]), "-pk")


def commission_years(membership: Membership) -> list[int]:
    """Years that have commissions, and this one; newest first."""
    dates = Commission.objects.visible_to(membership).order_by().dates("starts_on", "year")
    return sorted({timezone.localdate().year, *(day.year for day in dates)}, reverse=True)
