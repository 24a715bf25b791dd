"""Signing people up, meeting them, telling the referrer, and sending people on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates import referrer_email
from candidates.enums import (
    INWARD_MOVES,
    OUTWARD_MOVES,
    ConsentPurpose,
    InwardState,
    OutwardOutcome,
    OutwardState,
    Stage,
    Told,
)
from candidates.models import Candidate, Consent, InwardReferral, Organisation, OutwardReferral
from candidates.services.consent import give_consent
from candidates.services.locking import locked

TOLD_BY_STAGE = {
    Stage.MET: Told.MET,
    Stage.INTAKE: Told.TAKING_PART,
    Stage.SEARCHING: Told.TAKING_PART,
    Stage.INTRODUCING: Told.TAKING_PART,
    Stage.PAUSED: Told.TAKING_PART,
    Stage.WORKING: Told.AT_WORK,
    Stage.CLOSED: Told.STOPPED,
}


@transaction.atomic
def take_referral(
    *, by: Membership, person_name: str, person_phone: str = "", person_email: str = "", hope: str = "",
    organisation: Organisation | None = None, contact_name: str = "", contact_email: str = "",
    received_on: date | None = None,
) -> InwardReferral:  # fmt: skip
    """An organisation signs somebody up by phone, by mail or at the door. Phone: E.164."""
    about: dict[str, Any] = {"bureau": by.bureau, "by": by}
    return InwardReferral.objects.create(
        **about, organisation=organisation, person_name=person_name, person_phone=person_phone,
        person_email=person_email, hope=hope, contact_name=contact_name, contact_email=contact_email,
        received_on=received_on or timezone.localdate(),
    )  # fmt: skip


@transaction.atomic
def move_referral(*, referral: InwardReferral, to: str, by: Membership) -> InwardReferral:
    """Not reached, does not want to, or try again. Meeting somebody goes by their file: `link_to_file`.

    Raises NotAllowedNow when the move does not exist from here.
    """
    referral = InwardReferral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if referral.state == to:
        return referral
    if to == InwardState.MET or to not in INWARD_MOVES[referral.state]:
        raise NotAllowedNow(
            _("Van “%(here)s” kun je niet naar “%(there)s”.")
            % {"here": referral.get_state_display(), "there": InwardState(to).label}
        )
    referral.state = to
    referral.save(update_fields=["state"])
    return referral


@transaction.atomic
def link_to_file(*, referral: InwardReferral, candidate: Candidate, by: Membership) -> InwardReferral:
    """We have met: from now on the file says who it is, so name and reach go from the referral. Twice is once.

    Raises NotAllowedNow when the referral belongs to another file.
    """
    referral = InwardReferral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if referral.candidate_id == candidate.pk:
        return referral
    if referral.candidate_id is not None:
        raise NotAllowedNow(_("Deze aanmelding hoort al bij een ander dossier."))
    referral.candidate, referral.state, referral.met_on = candidate, InwardState.MET, timezone.localdate()
    referral.person_name = referral.person_phone = referral.person_email = referral.hope = ""
    referral.save()
    there = candidate.gatherings_joined.values("gathering")
    referral.gatherings_joined.filter(gathering__in=there).delete()
    referral.gatherings_joined.update(candidate=candidate, called_on=timezone.localdate())
    return referral


def may_tell(candidate: Candidate) -> bool:
    """Whether somebody agreed that the referrer hears how it goes."""
    return (
        Consent.objects.in_force()
        .filter(candidate=candidate, purpose=ConsentPurpose.REFERRER_OUTCOME)
        .exists()
    )


def to_tell(candidate: Candidate) -> Told:
    """The one sentence that a referrer may hear now."""
    return TOLD_BY_STAGE[Stage(candidate.stage)]


@transaction.atomic
def tell_referrer(*, referral: InwardReferral, by: Membership) -> InwardReferral:
    """Write to the referrer in one sentence how somebody is doing; never more, and only with a yes.

    Raises NotAllowedNow without a file, without consent or without an address to write to.
    """
    referral = InwardReferral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    candidate = referral.candidate
    if candidate is None:
        raise NotAllowedNow(_("We hebben deze persoon nog niet gesproken. Er is nog niets te vertellen."))
    if not may_tell(candidate):
        raise NotAllowedNow(
            _("%(name)s gaf hier geen toestemming voor. Vraag het eerst.") % {"name": candidate.first_name}
        )
    if not address_of(referral):
        raise NotAllowedNow(_("Er is geen e-mailadres van de verwijzer. Vul het in, of bel."))
    referral.told, referral.told_on = to_tell(candidate), timezone.localdate()
    referral.save(update_fields=["told", "told_on"])
    referrer_email.tell_referrer_on_commit(
        referral=referral, address=address_of(referral), initials=candidate.initials
    )
    return referral


def address_of(referral: InwardReferral) -> str:
    """Where the referrer reads mail."""
    return referral.contact_email or (referral.organisation.email if referral.organisation else "")


@transaction.atomic
def send_on(
    *,
    candidate: Candidate,
    organisation: Organisation,
    agreed: bool,
    by: Membership,
    sent_on: date | None = None,
) -> OutwardReferral:
    """Send somebody on. Their yes to sharing the name with this organisation is recorded first.

    agreed: the candidate says yes now. Raises NotAllowedNow without a yes, and when they were sent there already.
    """
    candidate = locked(candidate)
    shared = {"purpose": ConsentPurpose.SHARE_WITH_ORGANISATION, "recipient": organisation.name}
    if agreed:
        give_consent(candidate=candidate, by=by, **shared)
    elif not Consent.objects.in_force().filter(candidate=candidate, **shared).exists():
        raise NotAllowedNow(_("Lees de tekst voor en vraag of het mag. Zonder ja geven we geen naam door."))
    try:
        with transaction.atomic():
            return OutwardReferral.objects.create(
                bureau_id=candidate.bureau_id, candidate=candidate, organisation=organisation, by=by,
                sent_on=sent_on or timezone.localdate(),
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowedNow(
            _("Er loopt al een doorverwijzing naar %(name)s.") % {"name": organisation}
        ) from None


@transaction.atomic
def move_outward(*, referral: OutwardReferral, to: str, by: Membership, outcome: str = "") -> OutwardReferral:
    """What became of it there. Raises NotAllowedNow when the move does not exist, or done without an outcome."""
    referral = OutwardReferral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if referral.state == to:
        return referral
    if to not in OUTWARD_MOVES[referral.state]:
        raise NotAllowedNow(
            _("Van “%(here)s” kun je niet naar “%(there)s”.")
            % {"here": referral.get_state_display(), "there": OutwardState(to).label}
        )
    if to == OutwardState.DONE and outcome not in OutwardOutcome.values:
        raise NotAllowedNow(_("Kies hoe het ging."))
    today = timezone.localdate()
    referral.state = to
    referral.outcome = outcome if to == OutwardState.DONE else ""
    referral.done_on = max(today, referral.sent_on) if to == OutwardState.DONE else None
    if to in (OutwardState.ACCEPTED, OutwardState.REFUSED):
        referral.answered_on = referral.answered_on or today
    referral.save()
    return referral
