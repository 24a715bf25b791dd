"""Work that was begun by mistake: as if it had not, for a day and only while nothing followed."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from matching.enums import ChangeKind, MatchState
from matching.models import MatchEvent, Placement, PlacementChange
from matching.services import moves
from matching.services.changes import lock_placement
from matching.services.places import open_again


def may_take_back_start(placement: Placement, change: PlacementChange) -> bool:
    """Whether nothing followed on a start that was noted less than a day ago; work that goes on is not undone so."""
    if change.kind != ChangeKind.STARTED or not change.is_fresh or placement.previous_id:
        return False
    touched = placement.check_ins.exclude(done_on=None, told_on=None).exists()
    confirmed = placement.hours_steps.exclude(confirmed_at=None).exists() or placement.hours_steps.count() > 1
    asked = placement.employer_questions.exclude(answered_at=None).exists()
    others = placement.changes.exclude(pk=change.pk).filter(undone_at=None).exists()
    return not (
        touched or confirmed or asked or others or Placement.objects.filter(previous=placement).exists()
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
        moves.move(match, MatchState.MET, by=by, note=_("Teruggedraaid"), undoes=step)
    if position is not None:
        open_again(position, by=by)
    moves.stage_follows(candidate, by=by)
