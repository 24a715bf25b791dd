"""Staying in touch after the start: what the candidate says, told alone or on the phone, late or skipped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate
from candidates.services import invite_candidate, may_write
from matching.enums import CheckInMood
from matching.models import CheckIn
from matching.questions import CANDIDATE, VERSION, kept


def lock_check_in(check_in: CheckIn) -> CheckIn:
    """The conversation as it is now, kept from others until the transaction ends."""
    return CheckIn.objects.select_for_update(of=("self",)).get(pk=check_in.pk)


@transaction.atomic
def do_check_in(
    *,
    check_in: CheckIn,
    mood: CheckInMood | str,
    answers: Mapping[str, str] | None = None,
    candidate_words: str = "",
    employer_words: str = "",
    done_on: date | None = None,
    by: Membership,
) -> CheckIn:
    """Note a conversation after the start, on time or late; it counts as contact with the candidate."""
    check_in = lock_check_in(check_in)
    day = done_on or timezone.localdate()
    if day > timezone.localdate():
        raise NotAllowedNow(_("Dit gesprek is nog niet geweest. Kies vandaag of een dag daarvoor."))
    check_in.mood, check_in.done_on, check_in.by = mood, day, by
    check_in.version, check_in.answers = VERSION, kept(CANDIDATE, check_in.week, answers or {})
    check_in.told_on = check_in.told_on or day
    check_in.skipped_on, check_in.skip_reason = None, ""
    check_in.candidate_words = candidate_words.strip()[:2000]
    check_in.employer_words = employer_words.strip()[:2000]
    check_in.save()
    _spoke(check_in.candidate_id, day)
    return check_in


def _spoke(candidate_id: int, day: date) -> None:
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate_id)
    if candidate.last_contact_on is None or candidate.last_contact_on < day:
        candidate.last_contact_on = day
        candidate.save(update_fields=["last_contact_on"])


@transaction.atomic
def answer_check_in(
    *,
    check_in: CheckIn,
    words: str = "",
    mood: CheckInMood | str = "",
    answers: Mapping[str, str] | None = None,
    by: Membership,
) -> CheckIn:
    """What the candidate tells on the own page; the coach reads it, and the day list says so.

    Raises NotAllowedNow after the conversation: then the coach wrote it down together with them.
    """
    check_in = lock_check_in(check_in)
    if check_in.done_on is not None:
        raise NotAllowedNow(_("Je coach sprak je hier al over. Is er iets veranderd? Bel je coach."))
    check_in.mood, check_in.candidate_words = mood, words.strip()[:2000]
    check_in.version, check_in.answers = VERSION, kept(CANDIDATE, check_in.week, answers or {})
    check_in.told_on, check_in.told_self = timezone.localdate(), True
    check_in.skipped_on, check_in.skip_reason = None, ""
    check_in.save()
    return check_in


@transaction.atomic
def read_check_in(*, check_in: CheckIn, by: Membership) -> CheckIn:
    """A colleague read what the candidate wrote, and that is enough for this week."""
    check_in = lock_check_in(check_in)
    if not check_in.waits_for_reading:
        raise NotAllowedNow(_("Hier is niets meer te lezen: een collega was je voor."))
    check_in.done_on, check_in.by = timezone.localdate(), by
    check_in.save(update_fields=["done_on", "by"])
    return check_in


@transaction.atomic
def unread_check_in(*, check_in: CheckIn, by: Membership) -> CheckIn:
    """Not read after all, on the day of reading and by who read it; a conversation noted since then stays."""
    check_in = lock_check_in(check_in)
    if check_in.done_on != timezone.localdate() or check_in.by_id != by.pk or not check_in.told_self:
        raise NotAllowedNow(_("Dit gesprek staat al weer open."))
    check_in.done_on, check_in.by = None, None
    check_in.save(update_fields=["done_on", "by"])
    return check_in


@transaction.atomic
def move_check_in(*, check_in: CheckIn, due_on: date, by: Membership) -> CheckIn:
    """Another day; the day before the first move is remembered."""
    check_in = _still_open(check_in)
    check_in.moved_from, check_in.due_on = check_in.moved_from or check_in.due_on, due_on
    check_in.save(update_fields=["due_on", "moved_from"])
    return check_in


@transaction.atomic
def move_back_check_in(*, check_in: CheckIn, by: Membership) -> CheckIn:
    """Back to the day it was moved from."""
    check_in = _still_open(check_in)
    if check_in.moved_from is None:
        raise NotAllowedNow(_("Dit gesprek staat al weer op zijn eigen dag."))
    check_in.due_on, check_in.moved_from = check_in.moved_from, None
    check_in.save(update_fields=["due_on", "moved_from"])
    return check_in


@transaction.atomic
def skip_check_in(*, check_in: CheckIn, reason: str, by: Membership) -> CheckIn:
    """Not held, with a reason; it can be taken back, or be held after all."""
    check_in = _still_open(check_in)
    if not reason.strip():
        raise NotAllowedNow(_("Schrijf op waarom je dit gesprek overslaat."))
    check_in.skipped_on, check_in.skip_reason, check_in.by = timezone.localdate(), reason.strip()[:300], by
    check_in.save(update_fields=["skipped_on", "skip_reason", "by"])
    return check_in


@transaction.atomic
def unskip_check_in(*, check_in: CheckIn, by: Membership) -> CheckIn:
    """Not skipped after all."""
    check_in = lock_check_in(check_in)
    if check_in.skipped_on is None:
        raise NotAllowedNow(_("Dit gesprek staat al weer open."))
    check_in.skipped_on, check_in.skip_reason, check_in.by = None, "", None
    check_in.save(update_fields=["skipped_on", "skip_reason", "by"])
    return check_in


@transaction.atomic
def send_questions(*, check_in: CheckIn, by: Membership) -> str:
    """Mail the candidate a link that opens the questions once; gives the address, to say on the spot.

    Raises NotAllowedNow without an address or a yes to contact.
    """
    check_in = _still_open(check_in)
    candidate = Candidate.objects.get(pk=check_in.candidate_id)
    if not candidate.email:
        raise NotAllowedNow(_("We hebben geen e-mailadres van deze persoon. Bel, en vul de vragen samen in."))
    if not may_write(candidate):
        raise NotAllowedNow(
            _("Je mag deze persoon niet mailen. Bel, of vraag eerst toestemming voor contact.")
        )
    target = reverse("matching:check_in_answer", args=[check_in.pk])
    _membership, path = invite_candidate(candidate=candidate, by=by, target=target)
    return path


def _still_open(check_in: CheckIn) -> CheckIn:
    check_in = lock_check_in(check_in)
    if not check_in.is_open:
        raise NotAllowedNow(_("Dit gesprek is al gevoerd of overgeslagen."))
    return check_in
