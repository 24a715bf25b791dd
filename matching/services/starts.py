"""Work that was begun by mistake: as if it had not, for a day and only while nothing followed."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from matching.enums import OPEN_STATES, ChangeKind, MatchState
from matching.models import (
    CheckIn,
    CoachPlan,
    EmployerQuestion,
    HoursStep,
    Match,
    MatchEvent,
    NextPlan,
    Placement,
    PlacementChange,
    WageValue,
)  # fmt: skip
from matching.services import moves
from matching.services.changes import lock_placement, put_back, why_not, why_not_open
from matching.services.messages import tell_candidate
from matching.services.places import occupying, open_again
from matching.services.undo import unsend


def undoable(placement: Placement) -> PlacementChange | None:
    """The newest act, if taking it back would work now."""
    standing = PlacementChange.objects.filter(placement=placement, undone_at=None).annotate(
        followed=_followed(), left=_left(), there=_there(), talks=_talks()
    )
    newest: Any = standing.select_related("by__user", "placement__previous__position").first()
    if newest is None or not newest.is_fresh or newest.kind == ChangeKind.WENT_ON:
        return None
    if newest.kind != ChangeKind.STARTED:
        return None if why_not(newest, placement) else newest
    before = newest.placement.previous if newest.left else None
    refused = newest.followed or (before and why_not_open(before, placement, newest.there, newest.talks))
    return None if refused else newest


def _followed() -> Q:
    """SQL: somebody did something with the work since it was noted, or work, a plan or money rests on it."""
    here: dict[str, Any] = {"placement": OuterRef("placement")}
    plain = Q(done_on=None, told_on=None, skipped_on=None, moved_from=None)
    first = Q(confirmed_at=None, during__startswith=OuterRef("placement__starts_on"))
    traces = (
        CheckIn.objects.filter(**here).exclude(plain),
        HoursStep.objects.filter(**here).exclude(first),
        EmployerQuestion.objects.filter(**here).exclude(answered_at=None),
        PlacementChange.objects.filter(**here, undone_at=None).exclude(pk=OuterRef("pk")),
        Placement.objects.filter(previous=OuterRef("placement")),
        NextPlan.objects.filter(**here),
        CoachPlan.objects.filter(**here),
        WageValue.objects.filter(**here),
    )
    found = Q()
    for rows in traces:
        found |= Q(Exists(rows))
    return found


def _left() -> Subquery:
    """SQL: how the work before ended, if it ended by going on into this."""
    rows = PlacementChange.objects.filter(
        placement=OuterRef("placement__previous"), undone_at=None, kind=ChangeKind.WENT_ON
    )
    return Subquery(rows.values("pk")[:1])


def _there() -> ArraySubquery:
    """SQL: who else takes a place where the work before was."""
    rows = occupying(OuterRef("placement__previous__position"), OuterRef("placement"))
    return ArraySubquery(rows.values("candidate_id"))


def _talks() -> Exists:
    """SQL: whether a proposal goes on about the work before."""
    before = {name: OuterRef(f"placement__previous__{name}") for name in ("candidate", "position")}
    return Exists(Match.objects.filter(**before, state__in=OPEN_STATES))


@transaction.atomic
def take_back_start(*, placement: Placement, by: Membership) -> None:
    """Take the work away: its proposal stands again where they had met, and work that went on into it goes on again."""
    placement = lock_placement(placement)
    change: Any = undoable(placement)
    if change is None or change.kind != ChangeKind.STARTED:
        raise NotAllowedNow(
            _("Er is al iets op gevolgd, of het is langer dan een dag geleden. Rond de plaatsing af.")
        )
    candidate, match, position = placement.candidate, placement.match, placement.position_id
    left = PlacementChange.objects.select_related("placement").filter(pk=change.left or 0).first()
    along = bool(change.became.get("along"))
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
