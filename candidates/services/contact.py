"""What was said, and when to speak again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.enums import ConversationKind
from candidates.models import Candidate, Conversation, Fund
from candidates.services.locking import locked


@transaction.atomic
def add_conversation(
    *,
    candidate: Candidate,
    by: Membership,
    text: str,
    kind: str = ConversationKind.VISIT,
    held_on: date | None = None,
    minutes: int | None = None,
    call_back_on: date | None = None,
    fund: Fund | None = None,
) -> Conversation:
    """Note a contact; it answers an older promise to call back, and may make a new one.

    fund: on which the minutes are claimed. Raises NotAllowedNow for a day that is still to come, and for a fund
    without minutes or of another time.
    """
    day = held_on or timezone.localdate()
    if day > timezone.localdate():
        raise NotAllowedNow(_("Kies een dag die al geweest is."))
    if fund and (not minutes or not fund.runs_on(day)):
        raise NotAllowedNow(_("Vul bij een fonds de minuten in, en kies een fonds dat op die dag liep."))
    candidate = locked(candidate)
    note = Conversation.objects.create(
        bureau_id=candidate.bureau_id,
        candidate=candidate,
        held_on=day,
        kind=kind,
        minutes=minutes,
        fund=fund,
        text=text,
        by=by,
    )
    candidate.last_contact_on = max(day, candidate.last_contact_on or day)
    if call_back_on or (candidate.call_back_on and candidate.call_back_on <= day):
        candidate.call_back_on = call_back_on
    candidate.save(update_fields=["last_contact_on", "call_back_on", "updated_at"])
    return note


@transaction.atomic
def set_call_back(*, candidate: Candidate, on: date | None, by: Membership) -> Candidate:
    """Promise to call on a day, or take the promise off the list."""
    candidate = locked(candidate)
    candidate.call_back_on = on
    candidate.save(update_fields=["call_back_on", "updated_at"])
    return candidate
