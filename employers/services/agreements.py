"""Agreements with an employer: made, signed, ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from employers.models import Agreement, Employer
from employers.relation_enums import AGREEMENT_MOVES, AgreementState
from employers.services.talks import of_employer

Values = Mapping[str, Any]


@transaction.atomic
def add_agreement(*, employer: Employer, values: Values, by: Membership) -> Agreement:
    """Write down what was agreed; it is not signed yet."""
    _check(employer, values)
    return Agreement.objects.create(employer=employer, bureau_id=employer.bureau_id, by=by, **values)


@transaction.atomic
def change_agreement(*, agreement: Agreement, values: Values, by: Membership) -> Agreement:
    """Change the words. Raises NotAllowedNow once it is signed: what people signed stays as it was."""
    row = locked_agreement(agreement)
    if row.state != AgreementState.OPEN:
        raise NotAllowedNow(
            _("Deze overeenkomst is getekend of beëindigd. Maak een nieuwe als er iets verandert.")
        )
    _check(row.employer, values)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values, "updated_at"])
    return row


@transaction.atomic
def move_agreement(*, agreement: Agreement, to: AgreementState, on: date | None, by: Membership) -> Agreement:
    """Sign, end, or take one of those back. on: the day, today unless told otherwise, not one to come.

    Raises NotAllowedNow when the state does not allow it, or the day is before the first one.
    """
    row = locked_agreement(agreement)
    day = on or timezone.localdate()
    if to not in AGREEMENT_MOVES[row.state]:
        raise NotAllowedNow(_("Dat kan nu niet: de overeenkomst is intussen veranderd. Kijk nog eens."))
    if day > timezone.localdate():
        raise NotAllowedNow(_("Deze dag moet nog komen. Kies vandaag of een eerdere dag."))
    if to == AgreementState.SIGNED:
        row.signed_on, row.ended_on = row.signed_on or day, None
    elif to == AgreementState.ENDED:
        row.ended_on = day
    else:
        row.signed_on = row.ended_on = None
    row.state = to
    row.save(update_fields=["state", "signed_on", "ended_on", "updated_at"])
    return row


def locked_agreement(agreement: Agreement) -> Agreement:
    """The agreement as it stands now, held until the transaction ends."""
    row: Agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    return row


def _check(employer: Employer, values: Values) -> None:
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if starts and ends and ends < starts:
        raise NotAllowedNow(_("De laatste dag is voor de eerste. Kies een latere dag."))
    of_employer(values.get("contact"), employer)
