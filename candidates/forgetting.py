"""Forgetting neighbours and people whom we never met: names and reach go some months after they were needed.

None of this hangs on a candidate's file; a file has its own retention.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau
from candidates.models import HelpRequest, InwardReferral

NOT_MET = timedelta(days=91)
"""After this long somebody who was signed up and never met is forgotten."""
AFTER_HELP = timedelta(days=91)
"""After the end of a help request."""
NEVER_ENDED = timedelta(days=365)
"""A help request that nobody ended."""


@dataclass(frozen=True)
class Forgotten:
    """How many rows lost (or would lose) their names."""

    referrals: int
    help_requests: int


@transaction.atomic
def forget_neighbours(*, bureau: Bureau, on: date | None = None, dry_run: bool = False) -> Forgotten:
    """Take names and reach off rows whose time is over, in the scope of the bureau. dry_run: only count."""
    day = on or timezone.localdate()
    referrals = InwardReferral.objects.filter(bureau=bureau, forgotten_on=None).filter(
        Q(candidate=None, received_on__lte=day - NOT_MET)
        | (
            Q(candidate__isnull=False, received_on__lte=day - NEVER_ENDED)
            & ~Q(contact_name="", contact_email="")
        )
    )
    asked = HelpRequest.objects.filter(bureau=bureau, forgotten_on=None).filter(
        Q(ended_on__lte=day - AFTER_HELP) | Q(ended_on=None, asked_on__lte=day - NEVER_ENDED)
    )
    if dry_run:
        return Forgotten(referrals.count(), asked.count())
    return Forgotten(
        referrals.update(
            person_name="", person_phone="", person_email="", hope="", contact_name="", contact_email="",
            forgotten_on=day,
        ),
        asked.update(requester_name="", requester_phone="", volunteer="", text="", forgotten_on=day),
    )  # fmt: skip
