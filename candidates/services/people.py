"""Meeting somebody, what we know of them, and who holds their file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.ages import why_too_young
from candidates.consents import ASKED_AT_FIRST
from candidates.enums import ConsentPurpose, Stage
from candidates.models import Candidate, FirstConversation, Organisation, StageChange
from candidates.names import search_name
from candidates.services.access import follow_address
from candidates.services.consent import give_consent
from candidates.services.locking import locked
from candidates.services.telling import tell_by_mail

DETAILS = frozenset(
    {
        "first_name", "infix", "last_name", "birth_date", "birth_year", "birth_spread", "phone", "email", "postcode",
        "area", "language", "resident_kind", "source", "source_organisation", "benefit", "without_work_since",
    }
)  # fmt: skip


@transaction.atomic
def register_first_conversation(
    *,
    by: Membership,
    first_name: str,
    infix: str = "",
    last_name: str = "",
    phone: str = "",
    email: str = "",
    birth_date: date | None = None,
    birth_year: int | None = None,
    birth_spread: int = 0,
    held_on: date | None = None,
    place: str = "",
    hopes: str = "",
    source: str = "",
    source_organisation: Organisation | None = None,
    language: str = "nl",
    consent_language: str = "",
    read: Mapping[str, str] | None = None,
    consents: Iterable[ConsentPurpose | str] = ASKED_AT_FIRST,
) -> Candidate:
    """A new file from a first meeting, held by whoever had it.

    phone: E.164. consent_language: in which the words of the consent were read out, if not in `language`.
    read: per purpose the code of the words that were read out, where that was not today.
    Raises NotAllowedNow under 18, and without consent to record anything.
    """
    given = {ConsentPurpose(purpose) for purpose in consents}
    if ConsentPurpose.RECORD not in given:
        raise NotAllowedNow(_("Zonder toestemming bewaren we niets."))
    if reason := why_too_young(birth_date=birth_date, birth_year=birth_year):
        raise NotAllowedNow(reason)
    assert by.bureau is not None  # noqa: S101 - bureau staff, says the database
    day = held_on or timezone.localdate()
    candidate = Candidate.objects.create(
        bureau=by.bureau, first_name=first_name, infix=infix, last_name=last_name,
        search_name=search_name(first_name, infix, last_name), birth_date=birth_date,
        birth_year=None if birth_date else birth_year,
        birth_spread=0 if birth_date else birth_spread, phone=phone, email=email, source=source,
        source_organisation=source_organisation, language=language, entered_on=day, last_contact_on=day,
        connector=by if by.role == Role.CONNECTOR else None, coach=by if by.role == Role.COACH else None,
    )  # fmt: skip
    about = {"bureau": by.bureau, "candidate": candidate, "by": by}
    FirstConversation.objects.create(**about, held_on=day, place=place, hopes=hopes)
    StageChange.objects.create(**about, to_stage=Stage.MET, on=day)
    for purpose in sorted(given):
        give_consent(
            candidate=candidate, purpose=purpose, language=consent_language or language,
            code=(read or {}).get(purpose, ""), by=by,
        )  # fmt: skip
    return candidate


@transaction.atomic
def save_details(*, candidate: Candidate, values: Mapping[str, Any], by: Membership) -> Candidate:
    """Correct what we know of somebody. Raises NotAllowedNow when the new birth date is under 18."""
    candidate = locked(candidate)
    for name in DETAILS & values.keys():
        setattr(candidate, name, values[name])
    if candidate.birth_date:
        candidate.birth_year, candidate.birth_spread = None, 0
    if reason := why_too_young(birth_date=candidate.birth_date, birth_year=candidate.birth_year):
        raise NotAllowedNow(reason)
    candidate.search_name = search_name(candidate.first_name, candidate.infix, candidate.last_name)
    candidate.save()
    if "email" in values:
        follow_address(candidate)
    return candidate


@transaction.atomic
def assign(
    *, candidate: Candidate, coach: Membership | None, connector: Membership | None, by: Membership
) -> Candidate:
    """Hand a file over. Raises NotAllowedNow when a chosen colleague does not have that role here today."""
    for chosen, role in ((coach, Role.COACH), (connector, Role.CONNECTOR)):
        if chosen and (
            chosen.role != role or chosen.bureau_id != candidate.bureau_id or not chosen.is_current
        ):
            raise NotAllowedNow(_("Kies een collega die nu deze rol heeft."))
    if coach is None and connector is None:
        raise NotAllowedNow(_("Kies een coach of een verbinder: iedereen heeft iemand."))
    candidate = locked(candidate)
    another = coach is not None and coach.pk != candidate.coach_id
    candidate.coach, candidate.connector = coach, connector
    candidate.save(update_fields=["coach", "connector", "updated_at"])
    if another:
        tell_by_mail(candidate, "new_coach")
    return candidate
