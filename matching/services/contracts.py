"""Work that a subscription paid for becomes an ordinary contract."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from matching.enums import Destination, EndReason
from matching.models import Placement
from matching.services.conversions import LATEST, counted, paying
from matching.services.placements import end_placement, lock_placement


@transaction.atomic
def become_contract(*, placement: Placement, contract_on: date, note: str = "", by: Membership) -> Placement:
    """End the work the day before the contract begins, and count the person for the subscription.

    Raises NotAllowedNow without a subscription behind the work, for somebody who was counted before, and for a
    contract that begins too early or more than a year ahead.
    """
    row = lock_placement(placement)
    if paying(row, on=contract_on) is None:
        raise NotAllowedNow(
            _("Dit werk wordt niet door een abonnement betaald. Rond de plaatsing gewoon af.")
        )
    if earlier := counted(row):
        raise NotAllowedNow(
            _("Deze persoon is al geteld, met een contract vanaf %(day)s. Rond de plaatsing gewoon af.")
            % {"day": date_format(earlier.contract_on, "j F Y")}
        )
    if contract_on <= row.starts_on:
        raise NotAllowedNow(
            _("Het werk begon op %(day)s. Kies voor het contract een latere dag.")
            % {"day": date_format(row.starts_on, "j F Y")}
        )
    if contract_on > timezone.localdate() + LATEST:
        raise NotAllowedNow(_("Deze dag ligt meer dan een jaar vooruit. Kijk het jaar na."))
    return end_placement(
        placement=row,
        reason=EndReason.CONTRACT,
        destination=Destination.REGULAR_JOB,
        last_day=contract_on - timedelta(days=1),
        note=note,
        by=by,
    )
