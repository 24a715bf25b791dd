"""Telling in time that a subscription ends: at 90, 60 and 30 days, each once, however often or late this runs."""

from __future__ import annotations

from datetime import timedelta

from anymail.exceptions import AnymailError
from django.core.exceptions import ValidationError
from django.core.mail.message import BadHeaderError
from django.db import transaction
from django.utils import timezone

from buurtbaan.bureaus.enums import STAFF
from buurtbaan.bureaus.models import Bureau, Membership
from employers import emails
from employers.models import Subscription, SubscriptionWarning
from employers.models.subscriptions import WARN_DAYS

MOST_TRIES = 5
MAIL_WITHIN = timedelta(days=7)
"""After a week the day list has said it long enough; an old e-mail would only confuse."""


@transaction.atomic
def give_warnings(bureau: Bureau) -> int:
    """Warn about each subscription that comes near its end; gives how many warnings are new.

    After a pause only the nearest of the three is given: who has 40 days left is told once, not twice.
    """
    today = timezone.localdate()
    near = Subscription.objects.filter(
        bureau=bureau, ends_on__range=(today, today + timedelta(days=WARN_DAYS[0])),
        starts_on__lte=today, stopped_on=None, followed_by=None,
    )  # fmt: skip
    return sum(_warn(pk) for pk in near.order_by("pk").values_list("pk", flat=True))


def _warn(pk: int) -> bool:
    row = (
        Subscription.objects.select_for_update(of=("self",))
        .select_related("employer__owner__user")
        .get(pk=pk)
    )
    left = row.days_left
    settled = row.stopped_on is not None or Subscription.objects.filter(follows=pk).exists()
    due = min((days for days in WARN_DAYS if left <= days), default=None)
    if settled or left < 0 or due is None or row.warnings.filter(days__lte=due).exists():
        return False
    row.warnings.filter(settled_at=None).update(settled_at=timezone.now())
    owner = _current(row.employer.owner)
    SubscriptionWarning.objects.create(
        bureau_id=row.bureau_id, subscription=row, days=due, recipient=owner.user.email if owner else ""
    )
    return True


def _current(owner: Membership | None) -> Membership | None:
    """Who holds the relation, if they still work here."""
    if (
        owner is None
        or owner.role not in STAFF
        or not Membership.objects.current().filter(pk=owner.pk).exists()
    ):
        return None
    return owner


def mail_warnings(bureau: Bureau) -> int:
    """Send the e-mails that have not left yet, each in a transaction of its own; gives how many left."""
    since = timezone.now() - MAIL_WITHIN
    waiting = SubscriptionWarning.objects.filter(
        bureau=bureau, mailed_at=None, settled_at=None, mail_tries__lt=MOST_TRIES, given_at__gte=since
    ).exclude(recipient="")
    return sum(_mail(pk) for pk in waiting.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _mail(pk: int) -> bool:
    rows = SubscriptionWarning.objects.select_for_update(of=("self",), skip_locked=True)
    row = (
        rows.select_related("subscription__employer__owner__user", "bureau")
        .filter(pk=pk, mailed_at=None)
        .first()
    )
    if row is None:
        return False
    row.mail_tries += 1
    try:
        emails.warn(row)
        row.mailed_at = timezone.now()
    except (OSError, AnymailError, BadHeaderError, ValidationError, ValueError):
        pass
    row.save(update_fields=["mail_tries", "mailed_at"])
    return row.mailed_at is not None
