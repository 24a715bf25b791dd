"""How a match ends without work: no by whom and why, taken back, or no answer; and nobody is left in silence."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from buurtbaan.bureaus.models import Membership
from employers.models import Position
from matching.enums import DeclinedBy, DeclineReason, MatchState
from matching.models import Introduction, Match, MeetingOption
from matching.services import moves
from matching.services.messages import tell_candidate, tell_coach, tell_employer, tell_everyone
from matching.services.places import waiting_there
from matching.services.sharing import end_consent


@transaction.atomic
def decline(
    *,
    match: Match,
    declined_by: DeclinedBy | str,
    reason: DeclineReason | str,
    note: str = "",
    by: Membership,
) -> Match:
    """It does not go on: say who decided so and why."""
    with moves.for_the_bureau(by, match.bureau_id):
        match = moves.lock(match)
        moves.require_move(match, MatchState.DECLINED)
        end(match, MatchState.DECLINED, by=by, note=note, declined_by=declined_by, reason=reason)
    return match


@transaction.atomic
def withdraw(*, match: Match, note: str = "", by: Membership) -> Match:
    """Take the proposal back, as the bureau or as the candidate."""
    with moves.for_the_bureau(by, match.bureau_id):
        match = moves.lock(match)
        moves.require_move(match, MatchState.WITHDRAWN)
        end(match, MatchState.WITHDRAWN, by=by, note=note)
    return match


@transaction.atomic
def end_where_filled(position: Position, *, by: Membership) -> int:
    """End every proposal that goes on for work that is filled, with that as the reason; gives how many."""
    going = Match.objects.visible_to(by).filter(waiting_there(position)).order_by("pk")
    ended = 0
    for pk in list(going.values_list("pk", flat=True)):
        match = moves.lock(Match(pk=pk))
        if moves.may_move(match, MatchState.DECLINED):
            end(match, MatchState.DECLINED, by=by, declined_by=DeclinedBy.BUREAU, reason=DeclineReason.FILLED)
            ended += 1
    return ended


@transaction.atomic
def expire(*, match: Match) -> bool:
    """No answer came in time: the coach is told. False when the match moved on meanwhile."""
    match = moves.lock(match)
    if (
        match.state != MatchState.PROPOSED
        or match.answer_by is None
        or match.answer_by >= timezone.localdate()
    ):
        return False
    end(match, MatchState.EXPIRED, by=None)
    return True


def end(
    match: Match,
    to: MatchState,
    *,
    by: Membership | None,
    note: str = "",
    declined_by: str = "",
    reason: str = "",
) -> None:
    """End a locked match: hide the name, call off the meeting, tell everyone who waited."""
    was = MatchState(match.state)
    match.declined_by, match.decline_reason, match.decline_note = declined_by, reason, note[:500]
    moves.move(match, to, by=by, note=note)
    introduction = Introduction.objects.filter(match=match).first()
    if introduction:
        _close(introduction, match, was, by=by)
    end_consent(match)
    moves.stage_follows(match.candidate, by=by)
    _tell_end(match, introduced=introduction is not None, by=by)


def _close(introduction: Introduction, match: Match, was: MatchState, *, by: Membership | None) -> None:
    called_off = (
        was == MatchState.MEETING_PLANNED and (introduction.starts_at or timezone.now()) > timezone.now()
    )
    introduction.open = False
    if called_off:
        introduction.calendar_sequence += 1
    introduction.save(update_fields=["open", "calendar_sequence", "updated_at"])
    close_options(introduction)
    if called_off:
        tell_everyone(match, introduction, "meeting_cancelled", by=by)


def close_options(introduction: Introduction) -> None:
    """Moments that were proposed can no longer be chosen."""
    MeetingOption.objects.filter(introduction=introduction, closed_at=None).update(closed_at=timezone.now())


def _tell_end(match: Match, *, introduced: bool, by: Membership | None) -> None:
    """Whoever did not do it themselves hears that it ended."""
    if match.state == MatchState.EXPIRED:
        tell_candidate(match, "expired", by=by)
        tell_coach(match, "expired")
        return
    from_candidate = by is not None and by.candidate_id == match.candidate_id and by.candidate_id is not None
    from_employer = by is not None and by.employer_id is not None
    if not from_candidate and match.declined_by != DeclinedBy.CANDIDATE:
        tell_candidate(match, "ended", by=by)
    if introduced and not from_employer and match.declined_by != DeclinedBy.EMPLOYER:
        tell_employer(match, "ended")
    if from_candidate or from_employer:
        tell_coach(match, "ended")
