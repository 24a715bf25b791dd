"""Subscriptions: made, extended and stopped, what they fund, and the hours that were delivered.

`values` are a form's cleaned fields. Every act locks the subscription, or the client's row when a new one is made,
so that of two people who act at once the second sees what the first did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from employers.enums import EmployerKind
from employers.models import (
    Employer,
    Position,
    Subscription,
    SubscriptionMonth,
    SubscriptionPosition,
)
from employers.models.subscriptions import month_of
from employers.services.companies import locked_employer

Values = Mapping[str, Any]


@transaction.atomic
def add_subscription(
    *, employer: Employer, values: Values, positions: Iterable[Position] = (), by: Membership
) -> Subscription:
    """A client buys hours a month. Raises NotAllowedNow for a position that is another's or is paid for already."""
    client = locked_employer(employer)
    if client.kind == EmployerKind.OWN_PROJECT:
        raise NotAllowedNow(_("Een eigen project koopt geen abonnement. Kies de organisatie die betaalt."))
    made = Subscription(bureau_id=client.bureau_id, employer=client, **values)
    _refuse_bad_period(made.starts_on, made.ends_on)
    made.save()
    _fund(made, positions)
    return made


@transaction.atomic
def change_subscription(
    *, subscription: Subscription, values: Values, positions: Iterable[Position], by: Membership
) -> Subscription:
    """Correct what was agreed. After the first warning the last day is fixed: extend or stop it instead."""
    row = locked_subscription(subscription)
    _refuse_when_closed(row)
    if values["ends_on"] != row.ends_on and row.warnings.exists():
        raise NotAllowedNow(
            _("Over deze laatste dag is al gewaarschuwd. Verleng het abonnement, of stop het eerder.")
        )
    for name, value in values.items():
        setattr(row, name, value)
    _refuse_bad_period(row.starts_on, row.ends_on)
    _refuse_months_outside(row)
    row.save()
    _fund(row, positions)
    return row


def locked_subscription(subscription: Subscription) -> Subscription:
    """The subscription as it stands now, with its client, held until the transaction ends."""
    locked_employer(subscription.employer)
    rows = Subscription.objects.select_for_update(of=("self",)).select_related("employer")
    return rows.get(pk=subscription.pk)


def _refuse_bad_period(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise NotAllowedNow(_("De laatste dag ligt voor de eerste. Kijk beide na."))


def _refuse_when_closed(row: Subscription) -> None:
    if Subscription.objects.filter(follows=row.pk).exists():
        raise NotAllowedNow(
            _("Dit abonnement is al verlengd. Open de nieuwe periode om er iets te veranderen.")
        )
    if row.stopped_on is not None:
        raise NotAllowedNow(
            _("Dit abonnement stopt na %(day)s. Laat het eerst weer doorlopen.")
            % {"day": date_format(row.stopped_on, "j F Y")}
        )


def _refuse_months_outside(row: Subscription) -> None:
    """Hours that were noted stay within the period."""
    first, last = month_of(row.starts_on), month_of(row.last_day)
    outside = row.months.exclude(month__range=(first, last)).first()
    if outside is not None:
        raise NotAllowedNow(
            _("Voor %(month)s staan al uren genoteerd. Die maand moet binnen het abonnement vallen.")
            % {"month": date_format(outside.month, "F Y")}
        )


def _fund(row: Subscription, positions: Iterable[Position]) -> None:
    """Pay for exactly these positions."""
    chosen = {one.pk: one for one in positions}
    for one in chosen.values():
        if one.employer_id != row.employer_id or one.bureau_id != row.bureau_id:
            raise NotAllowedNow(
                _("“%(work)s” is geen werkplek van %(client)s. Kies er een die dat wel is.")
                % {"work": one.title, "client": row.employer.name}
            )
    _refuse_paid_twice(row, set(chosen))
    row.funded.exclude(position__in=chosen).delete()
    SubscriptionPosition.objects.bulk_create(
        [SubscriptionPosition(bureau_id=row.bureau_id, subscription=row, position_id=pk) for pk in chosen],
        ignore_conflicts=True,
    )


def _refuse_paid_twice(row: Subscription, chosen: set[int]) -> None:
    """One position is paid for by one subscription at a time."""
    overlapping = Subscription.objects.overlapping(row.starts_on, row.last_day).exclude(pk=row.pk)
    taken = (
        SubscriptionPosition.objects.filter(position__in=chosen, subscription__in=overlapping)
        .select_related("position", "subscription")
        .first()
    )
    if taken is not None:
        raise NotAllowedNow(
            _("“%(work)s” staat in deze tijd al op het abonnement “%(other)s”. Haal hem daar eerst af.")
            % {"work": taken.position.title, "other": taken.subscription.service}
        )


@transaction.atomic
def extend_subscription(*, subscription: Subscription, values: Values, by: Membership) -> Subscription:
    """A next period with the same work and positions; nobody is warned about the old one any more."""
    row = locked_subscription(subscription)
    if Subscription.objects.filter(follows=row.pk).exists():
        raise NotAllowedNow(_("Dit abonnement is al verlengd. Kijk bij de nieuwe periode."))
    if values["starts_on"] <= row.last_day:
        raise NotAllowedNow(
            _("De oude periode loopt tot en met %(day)s. Kies een eerste dag daarna.")
            % {"day": date_format(row.last_day, "j F Y")}
        )
    made = Subscription(
        bureau_id=row.bureau_id, employer=row.employer, service=row.service,
        follows=row, origin_id=row.whole_id, **values,
    )  # fmt: skip
    _refuse_bad_period(made.starts_on, made.ends_on)
    made.save()
    _fund(made, list(row.positions.all()))
    settle_warnings(row)
    return made


@transaction.atomic
def stop_subscription(*, subscription: Subscription, last_day: date, reason: str, by: Membership) -> None:
    """It stops after `last_day`, which may be the agreed one: then it runs out on purpose and nobody is warned."""
    row = locked_subscription(subscription)
    _refuse_when_closed(row)
    if not row.starts_on <= last_day <= row.ends_on:
        raise NotAllowedNow(
            _("Kies een dag tussen %(first)s en %(last)s.")
            % {"first": date_format(row.starts_on, "j F Y"), "last": date_format(row.ends_on, "j F Y")}
        )
    row.stopped_on, row.stop_reason = last_day, reason.strip()[:200]
    _refuse_months_outside(row)
    row.save(update_fields=["stopped_on", "stop_reason", "updated_at"])
    settle_warnings(row)


@transaction.atomic
def resume_subscription(*, subscription: Subscription, by: Membership) -> None:
    """It goes on until the agreed last day after all."""
    row = locked_subscription(subscription)
    if Subscription.objects.filter(follows=row.pk).exists():
        raise NotAllowedNow(_("Dit abonnement is al verlengd. Kijk bij de nieuwe periode."))
    row.stopped_on, row.stop_reason = None, ""
    _refuse_paid_twice(row, set(row.funded.values_list("position", flat=True)))
    row.save(update_fields=["stopped_on", "stop_reason", "updated_at"])


def settle_warnings(row: Subscription) -> None:
    """Somebody acted: what was said need not be said again."""
    row.warnings.filter(settled_at=None).update(settled_at=timezone.now())


@transaction.atomic
def note_other_funding(*, subscription: Subscription, funding: str, by: Membership) -> None:
    """Say what pays for the people who stayed when the subscription was over."""
    row = locked_subscription(subscription)
    if row.last_day >= timezone.localdate():
        raise NotAllowedNow(_("Dit abonnement loopt nog. Noteer dit als het voorbij is."))
    row.funding_after = funding.strip()[:200]
    row.save(update_fields=["funding_after", "updated_at"])


@transaction.atomic
def note_hours(
    *, subscription: Subscription, month: date, hours: Decimal, note: str = "", by: Membership
) -> SubscriptionMonth:
    """The hours that were delivered in a month. Raises NotAllowedNow for a month that is noted already."""
    row, month = locked_subscription(subscription), month_of(month)
    if not month_of(row.starts_on) <= month <= month_of(row.last_day):
        raise NotAllowedNow(_("Deze maand valt buiten het abonnement. Kies een andere maand."))
    if month > timezone.localdate():
        raise NotAllowedNow(_("Deze maand moet nog komen. Kies een maand die begonnen is."))
    try:
        with transaction.atomic():
            return SubscriptionMonth.objects.create(
                bureau_id=row.bureau_id, subscription=row, month=month, hours=hours, note=note.strip(), by=by
            )
    except IntegrityError as error:
        raise NotAllowedNow(_("Voor deze maand staan al uren. Verbeter die, als ze niet kloppen.")) from error


@transaction.atomic
def correct_hours(
    *, month: SubscriptionMonth, hours: Decimal, note: str = "", by: Membership
) -> SubscriptionMonth:
    """Other hours for a month that was noted."""
    row = locked_month(month)
    row.hours, row.note, row.by = hours, note.strip(), by
    row.save(update_fields=["hours", "note", "by", "updated_at"])
    return row


def locked_month(month: SubscriptionMonth) -> SubscriptionMonth:
    """The month as it stands now, held until the transaction ends."""
    return SubscriptionMonth.objects.select_for_update(of=("self",)).get(pk=month.pk)


def first_of_next(subscription: Subscription) -> date:
    """The day on which a next period would begin."""
    return subscription.last_day + timedelta(days=1)
