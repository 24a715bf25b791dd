"""Staying in touch after the start: what the candidate says, told alone or on the phone, late or skipped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate
from candidates.services import invite_candidate, may_write
from matching.enums import CheckInMood
from matching.models import CheckIn
from matching.questions import CANDIDATE, VERSION, kept

READ, WRITTEN = "read", "written"
KEPT = (
    "done_on", "mood", "version", "answers", "told_on", "told_self", "skipped_on", "skip_reason", "candidate_words",
    "employer_words", "by_id",
)  # fmt: skip
"""What reading and writing down change."""
DAYS = frozenset({"done_on", "told_on", "skipped_on"})


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
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=check_in.candidate_id)
    _remember(check_in, WRITTEN, candidate.last_contact_on)
    check_in.mood, check_in.done_on, check_in.by = mood, day, by
    check_in.version, check_in.answers = VERSION, kept(CANDIDATE, check_in.week, answers or {})
    check_in.told_on = check_in.told_on or day
    check_in.skipped_on, check_in.skip_reason = None, ""
    check_in.candidate_words = candidate_words.strip()[:2000]
    check_in.employer_words = employer_words.strip()[:2000]
    check_in.save()
    if candidate.last_contact_on is None or candidate.last_contact_on < day:
        candidate.last_contact_on = day
        candidate.save(update_fields=["last_contact_on"])
    return check_in


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
    _remember(check_in, READ)
    check_in.done_on, check_in.by = timezone.localdate(), by
    check_in.save(update_fields=["done_on", "by", "was", "did_at"])
    return check_in


@transaction.atomic
def take_back_check_in(*, check_in: CheckIn, act: str = "", by: Membership) -> CheckIn:
    """As it stood before somebody read it, or before one wrote it down oneself, for a day; a colleague's words stay.

    act: READ or WRITTEN where only that may be taken back, so that who undoes a tap leaves what was written since.
    """
    check_in = lock_check_in(check_in)
    was = check_in.was
    theirs = was is not None and was["act"] == WRITTEN and check_in.by_id != by.pk
    if was is None or theirs or (act and was["act"] != act):
        raise NotAllowedNow(_("Dit gesprek staat al weer zoals het was, of een collega schreef er iets bij."))
    if not check_in.may_take_back:
        raise NotAllowedNow(_("Terugdraaien kan een dag lang. Verander nu zelf wat er staat."))
    _unspoke(check_in, was)
    for name in KEPT:
        value = was[name]
        setattr(check_in, name, date.fromisoformat(value) if value and name in DAYS else value)
    check_in.was, check_in.did_at = None, None
    check_in.save()
    return check_in


def _unspoke(check_in: CheckIn, was: dict[str, Any]) -> None:
    """The day of contact that this conversation made goes back too, unless there was contact since."""
    if was["act"] != WRITTEN:
        return
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=check_in.candidate_id)
    if candidate.last_contact_on == check_in.done_on:
        candidate.last_contact_on = date.fromisoformat(was["contact"]) if was["contact"] else None
        candidate.save(update_fields=["last_contact_on"])


def _remember(check_in: CheckIn, act: str, contact: date | None = None) -> None:
    """Keep what stands here, so that the act can be taken back."""
    said = {name: getattr(check_in, name) for name in KEPT}
    check_in.was = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()
    } | {"act": act, "contact": contact.isoformat() if contact else None}
    check_in.did_at = timezone.now()


@transaction.atomic
def forget_remembered(bureau: Bureau) -> int:
    """What stood there before goes once it cannot be taken back any more; gives how many."""
    old = CheckIn.objects.filter(bureau=bureau, did_at__lt=timezone.now() - CheckIn.TAKE_BACK)
    return old.exclude(was=None).update(was=None)


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
    check_in.asked_at = timezone.now()
    check_in.save(update_fields=["asked_at"])
    return path


def _still_open(check_in: CheckIn) -> CheckIn:
    check_in = lock_check_in(check_in)
    if not check_in.is_open:
        raise NotAllowedNow(_("Dit gesprek is al gevoerd of overgeslagen."))
    return check_in
