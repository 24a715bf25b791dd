"""The employer's answer, the meeting in everybody's calendar, and how it went in each party's words."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from matching.enums import DeclinedBy, DeclineReason, MatchState
from matching.models import EmployerQuestion, Introduction, Match
from matching.services import moves
from matching.services.endings import end
from matching.services.messages import tell_candidate, tell_coach, tell_employer

YES, NO = "yes", "no"


@transaction.atomic
def employer_answers(
    *, introduction: Introduction, answer: str, reason: str = "", note: str = "", by: Membership
) -> Introduction:
    """The employer would like to meet, or not now; `by` is who typed it. No ends the match with a reason."""
    with moves.for_the_bureau(by, introduction.bureau_id):
        match = moves.lock(introduction.match)
        introduction = _lock(match)
        if match.state != MatchState.INTRODUCED:
            raise NotAllowedNow(
                _(
                    "Dit antwoord kan nu niet meer: de stand is “%(state)s”. Bel het bureau als er iets verandert."
                )
                % {"state": match.get_state_display()}
            )
        if introduction.employer_answer and not by.is_staff_role:
            return _again(introduction, answer)
        introduction.employer_answer, introduction.employer_note = answer, note[:500]
        introduction.answered_at = timezone.now()
        introduction.save(update_fields=["employer_answer", "employer_note", "answered_at", "updated_at"])
        close_question(introduction, by=by)
        if answer == NO:
            end(
                match, MatchState.DECLINED, by=by, note=note,
                declined_by=DeclinedBy.EMPLOYER, reason=reason or DeclineReason.OTHER,
            )  # fmt: skip
            introduction.refresh_from_db(fields=["open"])
            return introduction
        said = _("Wil graag kennismaken. %(note)s") % {"note": note}
        moves.remark(match, by=by, note=said if by.pk else f"{by.user}: {said}")
        if not by.is_staff_role:
            tell_coach(match, "employer_yes")
    return introduction


def _again(introduction: Introduction, answer: str) -> Introduction:
    """A second tap changes nothing; another answer than a colleague gave is for the telephone."""
    if introduction.employer_answer == answer:
        return introduction
    raise NotAllowedNow(
        _("Er is al een antwoord: “%(answer)s”. Wil je dat veranderen? Bel dan het bureau.")
        % {"answer": introduction.get_employer_answer_display()}
    )


def close_question(introduction: Introduction, *, by: Membership) -> None:
    """The employer need not be asked any more; keeps who said it."""
    EmployerQuestion.objects.filter(introduction=introduction).unanswered().update(
        answered_at=timezone.now(), answered_by=str(by.user)[:120]
    )


@transaction.atomic
def plan_meeting(
    *, match: Match, starts_at: datetime, place: str, companion: str = "", minutes: int = 45, by: Membership
) -> Introduction:
    """Put the meeting in three calendars, or move it there; saving the same again sends nothing."""
    match = moves.lock(match)
    moves.require_move(match, MatchState.MEETING_PLANNED)
    if starts_at <= timezone.now():
        raise NotAllowedNow(_("Dit moment is al voorbij. Kies een dag en tijd die nog komen."))
    introduction = _lock(match)
    new = {"starts_at": starts_at, "place": place[:200], "companion": companion[:120], "minutes": minutes}
    again = match.state == MatchState.MEETING_PLANNED
    if again and all(getattr(introduction, name) == value for name, value in new.items()):
        return introduction
    for name, value in new.items():
        setattr(introduction, name, value)
    if introduction.calendar_uid is None:
        introduction.calendar_uid = uuid.uuid4()
    else:
        introduction.calendar_sequence += 1
    introduction.save()
    close_question(introduction, by=by)
    moves.move(match, MatchState.MEETING_PLANNED, by=by)
    kind = "meeting_moved" if again else "meeting"
    tell_candidate(match, kind, by=by)
    tell_employer(match, kind)
    tell_coach(match, kind)
    return introduction


@transaction.atomic
def record_meeting(
    *, match: Match, outcome_candidate: str = "", outcome_employer: str = "", by: Membership
) -> Introduction:
    """They met: how it was for each of them, in their own words."""
    match = moves.lock(match)
    moves.require_move(match, MatchState.MET)
    introduction = _lock(match)
    if introduction.starts_at and timezone.localdate(introduction.starts_at) > timezone.localdate():
        raise NotAllowedNow(
            _(
                "De kennismaking staat nog op de agenda. Was zij al? Verzet de afspraak dan eerst naar vandaag."
            )
        )
    introduction.outcome_candidate = outcome_candidate.strip()[:1000]
    introduction.outcome_employer = outcome_employer.strip()[:1000]
    introduction.save(update_fields=["outcome_candidate", "outcome_employer", "updated_at"])
    moves.move(match, MatchState.MET, by=by)
    return introduction


def _lock(match: Match) -> Introduction:
    return Introduction.objects.select_for_update(of=("self",)).get(match=match)
