"""Work that was begun by mistake: as if it had not, for a day and only while nothing followed."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from matching.enums import ChangeKind, MatchState
from matching.models import MatchEvent, NextPlan, Placement, PlacementChange
from matching.services import moves
from matching.services.changes import lock_placement
from matching.services.messages import tell_candidate
from matching.services.places import open_again
from matching.services.undo import unsend


def may_take_back_start(placement: Placement, change: PlacementChange) -> bool:
    """Whether nothing followed on a start that was noted less than a day ago; work that goes on is not undone so."""
    if change.kind != ChangeKind.STARTED or not change.is_fresh or placement.previous_id:
        return False
    plain = Q(done_on=None, told_on=None, skipped_on=None, moved_from=None)
    touched = placement.check_ins.exclude(plain).exists()
    confirmed = placement.hours_steps.exclude(confirmed_at=None).exists() or placement.hours_steps.count() > 1
    asked = placement.employer_questions.exclude(answered_at=None).exists()
    others = placement.changes.exclude(pk=change.pk).filter(undone_at=None).exists()
    return not (touched or confirmed or asked or others or _rests_on(placement))


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
    """Take the work away; its proposal stands again where they had met, and the place is free."""
    placement = lock_placement(placement)
    change = placement.changes.filter(kind=ChangeKind.STARTED).first()
    if change is None or not may_take_back_start(placement, change):
        raise NotAllowedNow(
            _("Er is al iets op gevolgd, of het is langer dan een dag geleden. Rond de plaatsing af.")
        )
    candidate, match, position = placement.candidate, placement.match, placement.position_id
    placement.delete()
    if match is not None:
        match = moves.lock(match)
        step = MatchEvent.objects.filter(match=match, to_state=MatchState.PLACED).order_by("-pk").first()
        told = unsend(match, step) if step else set()
        moves.move(match, MatchState.MET, by=by, note=_("Teruggedraaid"), undoes=step)
        if Role.CANDIDATE in told:
            tell_candidate(match, "taken_back", by=by)
    if position is not None:
        open_again(position, by=by)
    moves.stage_follows(candidate, by=by)
