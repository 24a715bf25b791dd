"""Joining and leaving the comparison between bureaus, and what of a released report goes into it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau, Membership
from impact.beside import shares
from impact.models import NetworkFigure, NetworkPlace, Release


def place_of(bureau_id: int) -> NetworkPlace | None:
    """The bureau's place while it takes part."""
    return NetworkPlace.objects.filter(bureau=bureau_id, left_at=None).first()


@transaction.atomic
def join(*, bureau: Bureau, named: bool, by: Membership) -> NetworkPlace:
    """Take part from now on; joining twice changes only whether the name may be seen."""
    place, made = NetworkPlace.objects.select_for_update(of=("self",)).get_or_create(
        bureau=bureau, left_at=None, defaults={"named": named, "joined_by": by}
    )
    if not made and place.named != named:
        place.named = named
        place.save(update_fields=["named"])
    share(bureau)
    return place


@transaction.atomic
def leave(*, bureau: Bureau, by: Membership) -> None:
    """Stop: the own figures leave the comparison at once, and so do the others' from one's own page."""
    place = NetworkPlace.objects.select_for_update(of=("self",)).filter(bureau=bureau, left_at=None).first()
    if place is not None:
        NetworkFigure.objects.filter(key=place.key).delete()
        place.left_at = timezone.now()
        place.save(update_fields=["left_at"])


@transaction.atomic
def share(bureau: Bureau) -> int:
    """Put the shares of the newest released report in the comparison, in place of what stood there; gives how many.

    Nothing while the bureau does not take part, or has no released report.
    """
    place = place_of(bureau.pk)
    if place is None:
        return 0
    NetworkFigure.objects.filter(key=place.key).delete()
    newest = (
        Release.objects.filter(bureau=bureau, withdrawn_at=None).order_by("-until", "-released_at").first()
    )
    if newest is None:
        return 0
    name = bureau.name if place.named else ""
    rows = [
        NetworkFigure(
            key=place.key,
            name=name,
            indicator=indicator,
            percent=percent,
            since=newest.since,
            until=newest.until,
        )
        for indicator, percent in shares(newest.published)
    ]
    return len(NetworkFigure.objects.bulk_create(rows))
