"""How a match moves: the row locked, the move allowed, one event for each, and the candidate's stage follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.enums import STAGE_MOVES, Stage
from candidates.models import Candidate
from candidates.services import change_stage
from matching.enums import MATCH_MOVES, MOVES_BACK, OPEN_STATES, MatchState
from matching.models import Match, MatchEvent, Placement

IN_TALKS = (MatchState.INTRODUCED, MatchState.MEETING_PLANNED, MatchState.MET)


@contextmanager
def for_the_bureau(by: Membership | None, bureau_id: int) -> Iterator[None]:
    """Open the bureau for what one act of a candidate or an employer sets in motion; the actor stays on record."""
    if by is None or by.is_staff_role:
        yield
        return
    with scoped(replace(Scope.for_membership(by), bureaus=(bureau_id,))):
        yield


def on_record(by: Membership | None) -> Membership | None:
    """The actor as a row can name them; who answers by link without an account has no row to name."""
    return by if by is not None and by.pk else None


def lock(match: Match) -> Match:
    """The match as it is now, kept from others until the transaction ends."""
    return (
        Match.objects.select_for_update(of=("self",))
        .select_related("bureau", "candidate__coach__user", "candidate__connector", "position", "employer")
        .get(pk=match.pk)
    )


def may_move(match: Match, to: MatchState) -> bool:
    """Whether the table of moves knows this step from here."""
    return to in MATCH_MOVES.get(match.state, set())


def require_move(match: Match, to: MatchState, *, at: MatchState | None = None) -> None:
    """Raise NotAllowedNow when the match is no longer where the act expects it; at: it begins in this state only."""
    if not may_move(match, to) or at not in (None, match.state):
        raise NotAllowedNow(
            _("Dit voorstel staat nu op “%(state)s”. Open het opnieuw en kies de stap die daarbij hoort.")
            % {"state": match.get_state_display()}
        )


def move(
    match: Match, to: MatchState, *, by: Membership | None, note: str = "", undoes: MatchEvent | None = None
) -> None:
    """Take one step and leave its event; `match` is locked. Raises NotAllowedNow for a step that does not exist.

    undoes: the event that is taken back; only then a step may lead backwards.
    """
    if undoes is None or to not in MOVES_BACK.get(match.state, set()):
        require_move(match, to)
    MatchEvent.objects.create(
        bureau_id=match.bureau_id,
        match=match,
        candidate_id=match.candidate_id,
        from_state=match.state,
        to_state=to,
        by=on_record(by),
        by_role=by.role if by else "",
        note=note[:500],
        undoes=undoes,
    )
    match.state, match.since = to, timezone.now()
    match.nudged_at = match.told_at = None
    match.ended_at = None if to in OPEN_STATES else match.since
    match.save()


def remark(match: Match, *, by: Membership | None, note: str) -> None:
    """Something was said about a match that moves nowhere."""
    MatchEvent.objects.create(
        bureau_id=match.bureau_id,
        match=match,
        candidate_id=match.candidate_id,
        from_state=match.state,
        to_state=match.state,
        by=on_record(by),
        by_role=by.role if by else "",
        note=note[:500],
    )


def stage_follows(candidate: Candidate, *, by: Membership | None) -> None:
    """Put the candidate in the stage that follows from matches and placements; a pause or a closed file stays."""
    candidate = Candidate.objects.get(pk=candidate.pk)
    to = _stage_now(candidate)
    if candidate.stage in (Stage.PAUSED, Stage.CLOSED, to) or to not in STAGE_MOVES[candidate.stage]:
        return
    change_stage(candidate=candidate, to=to, by=on_record(by))  # type: ignore[arg-type]  # nobody, when the schedule acts


def _stage_now(candidate: Candidate) -> Stage:
    """At work while a placement runs or is agreed; making acquaintance while an employer knows the name."""
    today = timezone.localdate()
    at_work = Placement.objects.filter(candidate=candidate).filter(Q(ended_on=None) | Q(ended_on__gte=today))
    if at_work.exists():
        return Stage.WORKING
    if Match.objects.filter(candidate=candidate, state__in=IN_TALKS).exists():
        return Stage.INTRODUCING
    return Stage.SEARCHING
