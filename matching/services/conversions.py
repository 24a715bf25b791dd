"""From work that a subscription paid for to an ordinary contract: counted once per person and subscription."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from employers.models import Subscription
from matching.enums import Destination, EndReason
from matching.models import Conversion, Placement

LATEST = timedelta(days=366)


def paying(placement: Placement, *, on: date | None = None) -> Subscription | None:
    """The subscription that pays, or last paid, for this work up to a day."""
    if placement.position_id is None:
        return None
    day = on or placement.ended_on or timezone.localdate()
    rows = Subscription.objects.overlapping(placement.starts_on, day).filter(positions=placement.position_id)
    return rows.order_by("-starts_on", "-pk").first()


def is_conversion(placement: Placement) -> bool:
    """Whether the work ended because the person got an ordinary contract there."""
    return (
        placement.end_reason == EndReason.CONTRACT
        and placement.destination == Destination.REGULAR_JOB
        and placement.ended_on is not None
    )


def count_conversion(placement: Placement) -> None:
    """Count an ended placement that became a contract; who was counted for this subscription is not counted again."""
    subscription = paying(placement) if is_conversion(placement) else None
    if subscription is None or placement.ended_on is None:
        return
    Conversion.objects.bulk_create(
        [
            Conversion(
                bureau_id=placement.bureau_id, candidate_id=placement.candidate_id, placement=placement,
                subscription_id=subscription.whole_id, contract_on=placement.ended_on + timedelta(days=1),
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def counted(placement: Placement) -> Conversion | None:
    """The contract that was counted for this work, or for this person on the same subscription."""
    subscription = paying(placement)
    whole = Q(subscription=subscription.whole_id) if subscription else Q(pk=None)
    same = Q(placement=placement) | (whole & Q(candidate=placement.candidate_id))
    return Conversion.objects.filter(same).order_by("contract_on", "pk").first()
