"""The agenda in somebody's own calendar program: one secret address per role, renewed and stopped at will.

It says no more than the invitations do: the work, the employer, the moment and the place, and never a candidate.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership, hash_token
from buurtbaan.bureaus.services import absolute
from buurtbaan.calendars import Moment, calendar_feed
from buurtbaan.scope import Scope, scoped
from matching.day import held
from matching.emails import moment_of
from matching.enums import MatchState
from matching.models import AgendaFeed, Introduction

BACK = timedelta(days=90)
"""How far back meetings stay in it."""
MOST = 500
HAPPENS = (MatchState.MEETING_PLANNED, MatchState.MET, MatchState.PLACED)


@transaction.atomic
def new_address(*, by: Membership) -> str:
    """An address for this role, told this once; whoever holds the one before reads nothing any more."""
    token = secrets.token_urlsafe(24)
    values: dict[str, Any] = {
        "bureau_id": by.bureau_id,
        "token_hash": hash_token(token),
        "made_at": timezone.now(),
    }
    AgendaFeed.objects.update_or_create(membership=by, defaults=values)
    return absolute(reverse("matching:agenda_feed", args=[token]))


@transaction.atomic
def stop(*, by: Membership) -> bool:
    """Nobody reads it any more; False when there was none."""
    return bool(AgendaFeed.objects.filter(membership=by).delete()[0])


def read(token: str) -> bytes | None:
    """The calendar behind a secret; None for one that nobody has, that was renewed, or whose role ended."""
    with scoped(Scope(token=hash_token(token))):
        feed = AgendaFeed.objects.filter(token_hash=hash_token(token)).first()
    if feed is None:
        return None
    inside = Scope(
        role="system", membership=feed.membership_id, bureaus=(feed.bureau_id,), reason="agenda feed"
    )
    with scoped(inside):
        reader = Membership.objects.select_related("user", "bureau").get(pk=feed.membership_id)
    if not (reader.is_current and reader.user.is_active and reader.bureau):
        return None
    with (
        scoped(Scope.for_membership(reader, reason="agenda feed")),
        translation.override(reader.user.language),
    ):
        return calendar_feed(_moments(reader), bureau=reader.bureau)


def _moments(reader: Membership) -> list[Moment]:
    """Meetings of the own people, or the whole bureau's for its manager, and those where one comes along."""
    mine = held(Introduction.objects.visible_to(reader), reader, reader.role != Role.MANAGER).values("pk")
    found = Introduction.objects.filter(Q(pk__in=mine) | Q(companion_member=reader))
    found = found.filter(starts_at__gte=timezone.now() - BACK, match__state__in=HAPPENS).exclude(
        calendar_uid=None
    )
    return [moment_of(one) for one in found.select_related("employer").order_by("-starts_at", "-pk")[:MOST]]
