"""Staying in touch after the start, with both sides' words."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate
from matching.enums import CheckInMood
from matching.models import CheckIn


@transaction.atomic
def do_check_in(
    *,
    check_in: CheckIn,
    mood: CheckInMood | str,
    candidate_words: str = "",
    employer_words: str = "",
    done_on: date | None = None,
    by: Membership,
) -> CheckIn:
    """Note a conversation after the start; it counts as contact with the candidate."""
    check_in = CheckIn.objects.select_for_update(of=("self",)).get(pk=check_in.pk)
    day = done_on or timezone.localdate()
    if day > timezone.localdate():
        raise NotAllowedNow(_("Dit gesprek is nog niet geweest. Kies vandaag of een dag daarvoor."))
    check_in.mood, check_in.done_on, check_in.by = mood, day, by
    check_in.candidate_words = candidate_words.strip()[:2000]
    check_in.employer_words = employer_words.strip()[:2000]
    check_in.save()
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=check_in.candidate_id)
    if candidate.last_contact_on is None or candidate.last_contact_on < day:
        candidate.last_contact_on = day
        candidate.save(update_fields=["last_contact_on"])
    return check_in


@transaction.atomic
def answer_check_in(*, check_in: CheckIn, words: str, by: Membership) -> CheckIn:
    """The candidate's own words, before or after the conversation; the coach does the rest."""
    check_in = CheckIn.objects.select_for_update(of=("self",)).get(pk=check_in.pk)
    check_in.candidate_words = words.strip()[:2000]
    check_in.save(update_fields=["candidate_words"])
    return check_in
