"""What follows once all rows are in: stages after work, and the day somebody came where no row said it."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from django.db.models import Min, Q
from django.utils import timezone

from candidates.enums import Stage
from candidates.models import Candidate, Conversation, Measurement, StageChange
from matching.models import Placement
from matching.workbook.importing import bulk
from matching.workbook.importing.ground import Ground

BATCH = 500
STAYS = frozenset((Stage.PAUSED, Stage.CLOSED))


def chunks(pks: Iterable[int]) -> Iterator[list[int]]:
    """A long list in parts, so that each query stays small."""
    rest = iter(sorted(pks))
    while part := list(islice(rest, BATCH)):
        yield part


def stages_follow(ground: Ground) -> None:
    """At work while a placement runs or is agreed, looking for work after it; a pause or a closed file stays."""
    for part in chunks(ground.work):
        still = Q(ended_on=None) | Q(ended_on__gte=ground.today)
        begun = (
            Placement.objects.filter(still, candidate__in=part)
            .values_list("candidate")
            .annotate(Min("starts_on"))
        )
        at_work: dict[int, date] = dict(begun)
        moved, changes = [], []
        for candidate in Candidate.objects.filter(pk__in=part).exclude(stage__in=STAYS):
            to = Stage.WORKING if candidate.pk in at_work else Stage.SEARCHING
            if candidate.stage == to or (to == Stage.SEARCHING and candidate.stage == Stage.INTRODUCING):
                continue
            changes.append(
                StageChange(
                    bureau=ground.bureau,
                    candidate=candidate,
                    from_stage=candidate.stage,
                    to_stage=to,
                    on=min(at_work.get(candidate.pk, ground.today), ground.today),
                    by=ground.by,
                )
            )
            candidate.stage, candidate.updated_at = to, timezone.now()
            moved.append(candidate)
        bulk.insert(changes)
        bulk.update(moved, ["stage", "updated_at"])


def date_the_undated(ground: Ground) -> None:
    """Somebody of whom no row says when they came, came no later than the first thing that is known of them."""
    for part in chunks(ground.undated):
        first: dict[int, date] = {}
        for model, field in (
            (Conversation, "held_on"),
            (Measurement, "measured_on"),
            (Placement, "starts_on"),
        ):
            found = (
                model._default_manager.filter(candidate__in=part)
                .values_list("candidate")
                .annotate(Min(field))
            )
            for pk, day in found:
                first[pk] = min(day, first.get(pk, day))
        earlier = []
        for candidate in Candidate.objects.filter(pk__in=first):
            if first[candidate.pk] < candidate.entered_on:
                candidate.entered_on, candidate.updated_at = first[candidate.pk], timezone.now()
                earlier.append(candidate)
        bulk.update(earlier, ["entered_on", "updated_at"])
