"""How a company helps: noted once, corrected, taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from employers.models import Contribution, Employer

Values = Mapping[str, Any]


@transaction.atomic
def add_contribution(*, employer: Employer, values: Values, by: Membership) -> Contribution:
    """Once that a company helped. Raises NotAllowedNow for a day to come."""
    _check(values)
    return Contribution.objects.create(employer=employer, bureau_id=employer.bureau_id, by=by, **values)


@transaction.atomic
def change_contribution(*, contribution: Contribution, values: Values, by: Membership) -> Contribution:
    """Correct what was noted."""
    _check(values)
    row = _locked(contribution)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row


@transaction.atomic
def remove_contribution(*, contribution: Contribution, by: Membership) -> None:
    """Take it away; it can come back for a day."""
    row = _locked(contribution)
    if row.removed_at is None:
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])


@transaction.atomic
def restore_contribution(*, contribution: Contribution, by: Membership) -> None:
    """Put back what was taken away by mistake."""
    row = _locked(contribution)
    row.removed_at = None
    row.save(update_fields=["removed_at"])


def _locked(contribution: Contribution) -> Contribution:
    row: Contribution | None = (
        Contribution.objects.select_for_update(of=("self",)).filter(pk=contribution.pk).first()
    )
    if row is None:
        raise NotAllowedNow(_("Deze bijdrage is er niet meer. Noteer haar opnieuw als ze er toch bij hoort."))
    return row


def _check(values: Values) -> None:
    if values.get("on") and values["on"] > timezone.localdate():
        raise NotAllowedNow(_("Deze dag moet nog komen. Kies vandaag of een eerdere dag."))
