"""Work that was begun by mistake: as if it had not, for a day and only while nothing followed."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from matching.enums import ChangeKind, MatchState
from matching.models import Match, MatchEvent, NextPlan, Placement, PlacementChange
from matching.services import moves
from matching.services.changes import last_change, lock_placement, put_back, why_not, why_not_open
from matching.services.messages import tell_candidate
from matching.services.places import open_again
from matching.services.undo import unsend


def undoable(placement: Placement) -> PlacementChange | None:
    """The newest act, if taking it back would work now."""
    change = last_change(placement)
    if change is None:
        return None
    if change.kind == ChangeKind.STARTED:
        return change if may_take_back_start(placement, change) else None
    return None if why_not(change, placement) else change


def may_take_back_start(placement: Placement, change: PlacementChange) -> bool:
    """Whether nothing followed on a start that was noted less than a day ago, and what went before can go on."""
    if change.kind != ChangeKind.STARTED or not change.is_fresh:
        return False
    plain = Q(done_on=None, told_on=None, skipped_on=None, moved_from=None)
    touched = placement.check_ins.exclude(plain).exists()
    confirmed = placement.hours_steps.exclude(confirmed_at=None).exists() or placement.hours_steps.count() > 1
    asked = placement.employer_questions.exclude(answered_at=None).exists()
    others = placement.changes.exclude(pk=change.pk).filter(undone_at=None).exists()
    if touched or confirmed or asked or others or _rests_on(placement):
        return False
    left = _left(placement)
    return left is None or not why_not_open(left.placement, besides=placement)


def _left(placement: Placement) -> PlacementChange | None:
    """How the work that goes on into this one ended, if it ended by going on."""
    rows = PlacementChange.objects.filter(placement=placement.previous_id or 0, undone_at=None)
    newest = rows.select_related("placement__position").first()
    return newest if newest is not None and newest.kind == ChangeKind.WENT_ON else None


def _rests_on(placement: Placement) -> bool:
    """Whether work, a plan or money stands on this work, and would go with it."""
    return (
        Placement.objects.filter(previous=placement).exists()
        or NextPlan.objects.filter(placement=placement).exists()
        or placement.coach_plans.exists()
        or placement.wage_values.exists()
    )


@transaction.atomic
def take_back_start(*, placement: Placement, by: Membership) -> None:
    """Take the work away: its proposal stands again where they had met, and work that went on into it goes on again."""
    placement = lock_placement(placement)
    change = placement.changes.filter(kind=ChangeKind.STARTED).first()
    if change is None or not may_take_back_start(placement, change):
        raise NotAllowedNow(
            _("Er is al iets op gevolgd, of het is langer dan een dag geleden. Rond de plaatsing af.")
        )
    candidate, match, position = placement.candidate, placement.match, placement.position_id
    left, along = _left(placement), bool(change.became.get("along"))
    placement.delete()
    if left is not None:
        _go_back(left, match if along else None, by)
    if match is not None and not along:
        match = moves.lock(match)
        step = MatchEvent.objects.filter(match=match, to_state=MatchState.PLACED).order_by("-pk").first()
        told = unsend(match, step) if step else set()
        moves.move(match, MatchState.MET, by=by, note=_("Teruggedraaid"), undoes=step)
        if Role.CANDIDATE in told:
            tell_candidate(match, "taken_back", by=by)
    if position is not None:
        open_again(position, by=by)
    moves.stage_follows(candidate, by=by)


def _go_back(left: PlacementChange, match: Match | None, by: Membership) -> None:
    """The work before goes on as if nothing had come after it; the proposal that moved along comes back."""
    before = lock_placement(left.placement)
    if match is not None:
        before.match = match
        before.save(update_fields=["match"])
    put_back(left, before, by=by)
