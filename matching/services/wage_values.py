"""Writing down a wage value that somebody outside set, and taking a mistake out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from matching.models import Placement, WageValue
from matching.services.job_coaching import UNDO_FOR


@transaction.atomic
def record_value(
    *, placement: Placement, percentage: Decimal, measured_on: date, assessed_by: str, method: str = "",
    reference: str = "", valid_from: date, valid_until: date | None = None, by: Membership,
) -> WageValue:  # fmt: skip
    """Add what the expert said. From the day on which it holds it counts instead of the one before."""
    if measured_on > timezone.localdate():
        raise NotAllowedNow(_("Deze dag moet nog komen. Noteer de loonwaarde als zij is vastgesteld."))
    return WageValue.objects.create(
        bureau_id=placement.bureau_id, candidate_id=placement.candidate_id, placement=placement,
        percentage=percentage, measured_on=measured_on, assessed_by=assessed_by, method=method,
        reference=reference, valid_from=valid_from, valid_until=valid_until, by=by,
    )  # fmt: skip


@transaction.atomic
def void_value(*, value: WageValue, reason: str, by: Membership) -> None:
    """It was noted wrongly: it stays to be read, and counts no more."""
    value = WageValue.objects.select_for_update(of=("self",)).get(pk=value.pk)
    if value.void_at is not None:
        raise NotAllowedNow(_("Deze loonwaarde is al weggehaald."))
    value.void_at, value.void_by, value.void_reason = timezone.now(), by, reason.strip()[:300]
    value.save(update_fields=["void_at", "void_by", "void_reason"])


def may_take_back(value: WageValue) -> bool:
    """Whether it was noted less than a day ago."""
    return value.void_at is None and timezone.now() - value.noted_at < UNDO_FOR


@transaction.atomic
def take_back_value(*, value: WageValue, by: Membership) -> None:
    """As if it had not been noted."""
    value = WageValue.objects.select_for_update(of=("self",)).get(pk=value.pk)
    if not may_take_back(value):
        raise NotAllowedNow(_("Terugdraaien kan één dag lang. Haal de loonwaarde weg met een reden."))
    value.delete()
