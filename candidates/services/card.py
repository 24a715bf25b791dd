"""What stands on somebody's talent card."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.card import CardPart
from candidates.models import Candidate, Intake


@transaction.atomic
def choose_card(*, candidate: Candidate, parts: Iterable[str], by: Membership) -> Intake:
    """Keep what the candidate wants to show. Raises NotAllowedNow before the intake began."""
    intake = Intake.objects.select_for_update(of=("self",)).filter(candidate=candidate).first()
    if intake is None:
        raise NotAllowedNow(_("Er is nog geen intake. Je coach spreekt dat met je af."))
    chosen = set(parts)
    intake.card_parts = [part for part in CardPart.values if part in chosen]
    intake.save(update_fields=["card_parts", "updated_at"])
    return intake
