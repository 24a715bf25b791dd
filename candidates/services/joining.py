"""Somebody signs up alone, from home; the bureau takes them on."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.errors import NotAllowedNow
from candidates.consents import ASKED_AT_FIRST, current_text, text_for
from candidates.enums import Source, Stage
from candidates.models import Candidate, Consent, FirstConversation, StageChange
from candidates.names import search_name
from candidates.services.locking import locked


@transaction.atomic
def sign_up(
    *, bureau: Bureau, first_name: str, phone: str, email: str, hopes: str, language: str
) -> Candidate:
    """A file that nobody holds yet, from the public page; in a scope that opens this bureau.

    Who signs up again before anybody took them on adds to the same file. Whether the bureau knows them already is
    for its staff to see, never for whoever fills in the page.
    """
    again = _waiting(bureau, first_name, phone, email)
    candidate = again or _new(bureau, first_name, phone, email, language)
    told = FirstConversation.objects.filter(candidate=candidate, hopes=hopes)
    if again is None or (hopes and not told.exists()):
        FirstConversation.objects.create(bureau=bureau, candidate=candidate, hopes=hopes, place=_("online"))
    return candidate


def _waiting(bureau: Bureau, first_name: str, phone: str, email: str) -> Candidate | None:
    same = Candidate.objects.untaken().filter(bureau=bureau, search_name=search_name(first_name, "", ""))
    return same.filter(phone=phone, email__iexact=email).order_by("pk").first()


def _new(bureau: Bureau, first_name: str, phone: str, email: str, language: str) -> Candidate:
    candidate = Candidate.objects.create(
        bureau=bureau, first_name=first_name, search_name=search_name(first_name, "", ""), phone=phone, email=email,
        language=language, source=Source.ONLINE,
    )  # fmt: skip
    StageChange.objects.create(bureau=bureau, candidate=candidate, to_stage=Stage.MET)
    for purpose in ASKED_AT_FIRST:
        Consent.objects.create(
            bureau=bureau, candidate=candidate, purpose=purpose, text=text_for(purpose, language=language),
            text_version=current_text(purpose).code(language),
        )  # fmt: skip
    return candidate


@transaction.atomic
def take_on(*, candidate: Candidate, by: Membership) -> Candidate:
    """Become the one who calls. Raises NotAllowedNow when a colleague was first, or for a manager, who chooses one."""
    candidate = locked(candidate)
    if candidate.coach_id or candidate.connector_id:
        raise NotAllowedNow(_("Een collega was je voor. Deze persoon heeft al iemand."))
    if by.role == Role.COACH:
        candidate.coach = by
    elif by.role == Role.CONNECTOR:
        candidate.connector = by
    else:
        raise NotAllowedNow(_("Kies een coach of een verbinder voor deze persoon."))
    candidate.call_back_on = timezone.localdate()
    candidate.save(update_fields=["coach", "connector", "call_back_on", "updated_at"])
    return candidate
