"""The employer's answer, and the meeting in everybody's calendar: planned, moved, called off."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from matching.enums import DeclinedBy, DeclineReason, MatchState, QuestionKind
from matching.models import EmployerQuestion, Introduction, Match
from matching.services import moves
from matching.services.endings import close_options, end
from matching.services.messages import tell_coach, tell_companion, tell_everyone

YES, NO = "yes", "no"
BEFORE_MEETING = (QuestionKind.INTRODUCTION, QuestionKind.TIMES)
UNDO = timedelta(hours=24)
"""How long an act on a meeting can be taken back."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """When and where people meet, and who comes along; a colleague who does gets the calendar file, too."""

    starts_at: datetime
    place: str
    minutes: int = 45
    companion: str = ""
    companion_member: Membership | None = None

    def values(self) -> dict[str, object]:
        """The same as the fields of an introduction."""
        return {
            "starts_at": self.starts_at, "place": self.place[:200], "minutes": self.minutes,
            "companion": self.companion[:120], "companion_member": self.companion_member,
        }  # fmt: skip


@transaction.atomic
def employer_answers(
    *, introduction: Introduction, answer: str, reason: str = "", note: str = "", by: Membership
) -> Introduction:
    """The employer would like to meet, or not now; `by` is who typed it. No ends the match with a reason."""
    with moves.for_the_bureau(by, introduction.bureau_id):
        match = moves.lock(introduction.match)
        introduction = lock_introduction(match)
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
        close_questions(introduction, by=by, kinds=(QuestionKind.INTRODUCTION,))
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


def close_questions(
    introduction: Introduction, *, by: Membership, kinds: tuple[QuestionKind, ...] = BEFORE_MEETING
) -> None:
    """The employer need not be asked any more; keeps who said it."""
    EmployerQuestion.objects.filter(introduction=introduction, kind__in=kinds).unanswered().update(
        answered_at=timezone.now(), answered_by=str(by.user)[:120]
    )


@transaction.atomic
def plan_meeting(*, match: Match, plan: Plan, by: Membership) -> Introduction:
    """Put the meeting in everybody's calendar, or move it there; saving the same again sends nothing."""
    with moves.for_the_bureau(by, match.bureau_id):
        match = moves.lock(match)
        moves.require_move(match, MatchState.MEETING_PLANNED)
        if plan.starts_at <= timezone.now():
            raise NotAllowedNow(_("Dit moment is al voorbij. Kies een dag en tijd die nog komen."))
        introduction = lock_introduction(match)
        again = match.state == MatchState.MEETING_PLANNED
        if again and all(getattr(introduction, name) == value for name, value in plan.values().items()):
            return introduction
        before = introduction.companion_member if again else None
        if before and before != plan.companion_member:
            introduction.calendar_sequence += 1
            introduction.save(update_fields=["calendar_sequence"])
            tell_companion(match, before, "meeting_cancelled")
        _note(introduction, plan)
        close_questions(introduction, by=by)
        close_options(introduction)
        moves.move(match, MatchState.MEETING_PLANNED, by=by)
        tell_everyone(match, introduction, "meeting_moved" if again else "meeting", by=by)
        return introduction


def _note(introduction: Introduction, plan: Plan) -> None:
    """The same appointment keeps its name in calendars; each change counts one further."""
    for name, value in plan.values().items():
        setattr(introduction, name, value)
    introduction.planned_at = timezone.now()
    if introduction.calendar_uid is None:
        introduction.calendar_uid = uuid.uuid4()
    else:
        introduction.calendar_sequence += 1
    introduction.save()


@transaction.atomic
def cancel_meeting(*, match: Match, note: str = "", by: Membership) -> Introduction:
    """Take the appointment out of everybody's calendar; the proposal goes on where it was before.

    Raises NotAllowedNow when there is nothing planned, or when the moment has passed: then write how it was.
    """
    match = moves.lock(match)
    introduction = lock_introduction(match)
    if match.state != MatchState.MEETING_PLANNED or introduction.starts_at is None:
        raise NotAllowedNow(_("Er staat geen kennismaking gepland."))
    if introduction.starts_at <= timezone.now():
        raise NotAllowedNow(_("De kennismaking was al. Schrijf op hoe het was, of dat het niet lukte."))
    introduction.calendar_sequence += 1
    tell_everyone(match, introduction, "meeting_cancelled", by=by)
    introduction.starts_at = None
    introduction.save(update_fields=["starts_at", "calendar_sequence", "updated_at"])
    moves.move(match, before_meeting(match), by=by, note=note or _("De afspraak is afgezegd."))
    return introduction


def before_meeting(match: Match) -> MatchState:
    """Where the proposal stood before this appointment was made."""
    made = match.events.filter(to_state=MatchState.MEETING_PLANNED, undoes=None).exclude(
        from_state=MatchState.MEETING_PLANNED
    )
    last = made.order_by("-at", "-pk").first()
    return MatchState.MET if last and last.from_state == MatchState.MET else MatchState.INTRODUCED


def may_undo(moment: datetime | None) -> bool:
    """Within a day of the act."""
    return moment is not None and timezone.now() - moment < UNDO


def lock_introduction(match: Match) -> Introduction:
    """The introduction as it is now, kept from others until the transaction ends."""
    rows = Introduction.objects.select_for_update(of=("self",)).select_related("companion_member__user")
    found = rows.filter(match=match).first()
    if found is None:
        raise NotAllowedNow(_("De werkgever kent deze persoon nog niet. Stel eerst voor."))
    return found
