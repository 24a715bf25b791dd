"""What an employer may know of somebody: the first name, and each field that the candidate ticked for this match."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from django.db.models import TextChoices
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.formats import hours_week
from buurtbaan.vocabulary import dayparts
from buurtbaan.vocabulary.models import Term
from candidates.consents import current_text, text_for
from candidates.enums import ConsentPurpose
from candidates.models import Candidate, Consent, Intake
from employers.enums import LanguageLevel
from matching.models import Match


class ShareField(TextChoices):
    """What can be shared beside the first name; the candidate chooses per match."""

    FULL_NAME = "full_name", gettext_lazy("Mijn achternaam")
    PHONE = "phone", gettext_lazy("Mijn telefoonnummer")
    HOURS = "hours", gettext_lazy("Hoeveel uur ik kan werken")
    DAYPARTS = "dayparts", gettext_lazy("Wanneer ik kan werken")
    TALENTS = "talents", gettext_lazy("Mijn talenten")
    TASKS = "tasks", gettext_lazy("Taken die ik graag doe")
    CONDITIONS = "conditions", gettext_lazy("Wat ik nodig heb op het werk")
    LANGUAGES = "languages", gettext_lazy("Hoe goed ik Nederlands spreek")


EMPLOYER_LABELS = {
    ShareField.PHONE: gettext_lazy("Telefoon"),
    ShareField.HOURS: gettext_lazy("Uren"),
    ShareField.DAYPARTS: gettext_lazy("Wanneer"),
    ShareField.TALENTS: gettext_lazy("Talenten"),
    ShareField.TASKS: gettext_lazy("Doet graag"),
    ShareField.CONDITIONS: gettext_lazy("Heeft nodig"),
    ShareField.LANGUAGES: gettext_lazy("Nederlands"),
}
USUAL = (ShareField.HOURS, ShareField.DAYPARTS, ShareField.TALENTS, ShareField.TASKS)


def shared_name(candidate: Candidate, share: Iterable[str]) -> str:
    """The first name, or the whole name where that was agreed."""
    return candidate.full_name if ShareField.FULL_NAME in share else candidate.first_name


def shared_fields(candidate: Candidate, share: Iterable[str]) -> dict[str, str]:
    """Field code to text, for exactly the agreed fields that have something to say."""
    known = known_fields(candidate)
    return {code: known[code] for code in ShareField.values if code in set(share) and known.get(code)}


def known_fields(candidate: Candidate) -> dict[str, str]:
    """Every field that could be shared, as the employer would read it; what is not known is left out."""
    found = {ShareField.PHONE.value: candidate.phone}
    if candidate.last_name:
        found[ShareField.FULL_NAME.value] = candidate.full_name
    intake = Intake.objects.filter(candidate=candidate).first()
    if intake:
        found |= _from_intake(intake)
    return {code: text for code, text in found.items() if text}


def _from_intake(intake: Intake) -> dict[str, str]:
    talents = [*(intake.talents_shown or []), *(intake.talents_claimed or [])]
    lists = {
        ShareField.TALENTS: talents,
        ShareField.TASKS: intake.tasks_liked or [],
        ShareField.CONDITIONS: intake.conditions_needed or [],
    }
    words = {
        term.pk: term.label
        for term in Term.objects.filter(pk__in=[pk for ids in lists.values() for pk in ids])
    }
    texts = {
        field.value: dayparts.listed([words[pk] for pk in dict.fromkeys(ids) if pk in words])
        for field, ids in lists.items()
    }
    texts[ShareField.HOURS] = _hours(intake)
    texts[ShareField.DAYPARTS] = dayparts.text(intake.dayparts) if intake.dayparts else ""
    if intake.dutch_level is not None:
        texts[ShareField.LANGUAGES] = str(LanguageLevel(intake.dutch_level).label)
    return texts


def _hours(intake: Intake) -> str:
    if intake.hours_now is None:
        return ""
    if intake.hours_wished is None or intake.hours_wished <= intake.hours_now:
        return hours_week(intake.hours_now)
    return _("%(now)s, later %(wished)s") % {
        "now": hours_week(intake.hours_now),
        "wished": hours_week(intake.hours_wished),
    }


def give_consent(match: Match, *, share: Iterable[str], by: Membership) -> Consent:
    """Note what the candidate agreed to share with this employer, word for word; the match holds on to it."""
    language = match.candidate.language
    to_whom = _recipient(match)
    with translation.override(language):
        text = consent_text(to_whom, share)
    match.consent = Consent.objects.create(
        bureau_id=match.bureau_id,
        candidate_id=match.candidate_id,
        purpose=ConsentPurpose.SHARE_WITH_EMPLOYER,
        recipient=to_whom,
        text_version=current_text(ConsentPurpose.SHARE_WITH_EMPLOYER).code(language),
        text=text,
        recorded_by=by,
    )
    match.save(update_fields=["consent"])
    return match.consent


def _recipient(match: Match) -> str:
    """Employer and work; numbered where the candidate said yes to the same words before and that still holds."""
    base = f"{match.employer.name}, {match.position.title}"[:150]
    held = Consent.objects.in_force().filter(
        candidate_id=match.candidate_id, purpose=ConsentPurpose.SHARE_WITH_EMPLOYER
    )
    taken = set(held.filter(recipient__startswith=base).values_list("recipient", flat=True))
    names = (base if number == 1 else f"{base} ({number})" for number in count(1))
    return next(name for name in names if name not in taken)


def consent_text(to_whom: str, share: Iterable[str]) -> str:
    """What the candidate says yes to, in full and in the language now active."""
    chosen = set(share)
    labels = [_("Mijn voornaam"), *(str(field.label) for field in ShareField if field.value in chosen)]
    words = text_for(ConsentPurpose.SHARE_WITH_EMPLOYER, recipient=to_whom)
    return "\n".join([words, *(f"- {label}" for label in labels)])


def consent_in_force(match: Match) -> bool:
    """Whether the candidate still agrees to share for this match."""
    return Consent.objects.in_force().filter(pk=match.consent_id or 0).exists()


def end_consent(match: Match) -> None:
    """What was agreed for this match is over; the database hides the introduction with it."""
    Consent.objects.in_force().filter(pk=match.consent_id or 0).update(withdrawn_at=timezone.now())
