"""How many people a position still has room for."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from employers.models import Position
from matching.models import Placement


def taken(position: Position) -> int:
    """People who work there or will begin; an agreed last day counts until it has passed."""
    still = Q(ended_on=None) | Q(ended_on__gte=timezone.localdate())
    return Placement.objects.filter(still, position=position).count()


def has_free_place(position: Position) -> bool:
    """Whether one more person can begin."""
    return taken(position) < position.places
