"""Consent is given for one purpose to one recipient, and taken back as easily."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from buurtbaan.bureaus.models import Membership
from candidates.consents import current_text, read_out
from candidates.enums import ConsentPurpose
from candidates.models import Candidate, Consent
from candidates.services import departure
from candidates.services.locking import locked


def may_write(candidate: Candidate) -> bool:
    """Whether the bureau may send this person a message: a yes to contact that still holds, and not leaving."""
    yes = Consent.objects.in_force().filter(candidate=candidate, purpose=ConsentPurpose.CONTACT)
    return yes.filter(candidate__leaving_on=None).exists()


@transaction.atomic
def give_consent(
    *, candidate: Candidate, purpose: str, by: Membership, recipient: str = "", language: str = "",
    code: str = "",
) -> Consent:  # fmt: skip
    """Record a yes with the words it was given to; a yes that is already in force stays as it is.

    code: of the words that were really read out, where that was earlier than now (`record-1-nl`).
    """
    locked(candidate)
    held = (
        Consent.objects.in_force().filter(candidate=candidate, purpose=purpose, recipient=recipient).first()
    )
    if held is not None:
        return held
    words = language or candidate.language
    text = current_text(purpose)
    if heard := read_out(purpose, code):
        text, words = heard
    return Consent.objects.create(
        bureau_id=candidate.bureau_id,
        candidate=candidate,
        purpose=purpose,
        recipient=recipient,
        text=text.words(words).replace("{recipient}", recipient),
        text_version=text.code(words),
        recorded_by=by,
    )


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Membership) -> Consent:
    """Record that somebody takes a yes back; the row stays, so that it shows what held when. Twice is once.

    Whoever may not be recorded any longer is leaving: the file is locked, the coach calls, and then it is erased.
    """
    candidate = locked(consent.candidate)
    consent = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    if consent.withdrawn_at is not None:
        return consent
    consent.withdrawn_at, consent.withdrawn_by = timezone.now(), by
    consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
    if consent.purpose == ConsentPurpose.RECORD:
        departure.begin(candidate, by=by)
    return consent
