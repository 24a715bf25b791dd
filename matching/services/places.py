"""How many people a position still has room for, and what follows when the last place goes or one comes free."""

from __future__ import annotations

from typing import Any, cast

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate
from employers.enums import MoveReason, PositionStatus
from employers.models import Position
from employers.services import move_position
from matching.enums import OPEN_STATES
from matching.models import Match, Placement


def _still() -> Q:
    """People who work there or will begin; an agreed last day counts until it has passed."""
    return Q(ended_on=None) | Q(ended_on__gte=timezone.localdate())


def _makes_room() -> Exists:
    """Work that ends before what goes on from it begins in the same position: the two share one place."""
    return Exists(
        Placement.objects.filter(
            previous=OuterRef("pk"), position=OuterRef("position"), starts_on__gt=OuterRef("ended_on")
        )
    )


def occupying(position: Any, besides: Any = 0) -> QuerySet[Placement]:
    """Work that takes a place. besides: the key of work that makes room for what goes on from it."""
    return Placement.objects.filter(_still(), ~_makes_room(), position=position).exclude(pk=besides)


def taken(position: Position, besides: Placement | None = None) -> int:
    """How many places are taken."""
    return occupying(position, besides.pk if besides else 0).count()


def has_free_place(position: Position, besides: Placement | None = None) -> bool:
    """Whether one more person can begin."""
    return taken(position, besides) < position.places


def works_at(candidate: Candidate, position_id: int) -> bool:
    """Whether somebody works there, or will."""
    return Placement.objects.filter(_still(), candidate=candidate, position=position_id).exists()


def in_talks_about(candidate_id: int, position_id: int | None) -> bool:
    """Whether a proposal of this pair goes on; work that begins without it would leave it hanging."""
    pair = Match.objects.filter(candidate=candidate_id, position=position_id, state__in=OPEN_STATES)
    return position_id is not None and pair.exists()


def fill_when_full(position: Position, *, by: Membership) -> None:
    """An open position whose last place is taken is filled; the position's row is locked."""
    if position.status == PositionStatus.PUBLISHED and not has_free_place(position):
        move_position(position=position, to=PositionStatus.FILLED, by=by)


@transaction.atomic
def open_again(position_id: int, *, by: Membership | None) -> bool:
    """Open a position that filled up by itself, now that it has room; True when it did.

    What a colleague set to filled for another reason stays so, as does work whose check no longer holds.
    """
    position = Position.objects.select_for_update(of=("self",)).get(pk=position_id)
    if position.status != PositionStatus.FILLED or not has_free_place(position):
        return False
    last = position.moves.first()
    if last is None or last.code != MoveReason.FULL:
        return False
    try:
        with transaction.atomic():
            move_position(position=position, to=PositionStatus.PUBLISHED, by=cast(Membership, by))
    except NotAllowedNow:
        return False
    Match.objects.filter(position=position).exclude(waits_for_place_at=None).update(waits_for_place_at=None)
    return True


def open_again_where_free(bureau: Bureau) -> int:
    """Every position of a bureau that filled up by itself and has room again; gives how many opened."""
    full = Position.objects.filter(bureau=bureau, status=PositionStatus.FILLED)
    return sum(open_again(pk, by=None) for pk in full.order_by("pk").values_list("pk", flat=True))


def waiting_there(position: Position) -> Q:
    """Proposals that go on for a position."""
    return Q(position=position, state__in=OPEN_STATES)


@transaction.atomic
def keep_waiting(position: Position, *, by: Membership) -> int:
    """Those who go on for work that is filled stay, in case a place comes free; off the day list until then."""
    mine = Match.objects.visible_to(by).filter(waiting_there(position), waits_for_place_at=None)
    pks = list(mine.order_by("pk").values_list("pk", flat=True))
    return Match.objects.filter(pk__in=pks).update(
        waits_for_place_at=timezone.now(), updated_at=F("updated_at")
    )
