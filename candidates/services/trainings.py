"""Trainings: who takes part, who was there, and what somebody takes along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate, SessionAttendance, Training, TrainingPlace, TrainingSession

FIELDS = frozenset({"title", "text", "given_by", "place", "capacity"})


def _held(training: Training) -> Training:
    return Training.objects.select_for_update(of=("self",)).get(pk=training.pk)


@transaction.atomic
def save_training(*, values: Mapping[str, Any], by: Membership, training: Training | None = None) -> Training:
    """A new training, or a better description of one."""
    row = _held(training) if training else Training(bureau=by.bureau, by=by)
    for name in FIELDS & values.keys():
        setattr(row, name, values[name])
    row.save()
    return row


@transaction.atomic
def add_session(*, training: Training, starts_at: datetime, minutes: int, by: Membership) -> TrainingSession:
    """One more day. Raises NotAllowedNow when that moment is in it already, or the training is over."""
    training = _held(training)
    if training.closed_on:
        raise NotAllowedNow(_("Deze training is afgerond."))
    try:
        with transaction.atomic():
            return TrainingSession.objects.create(
                bureau_id=training.bureau_id, training=training, starts_at=starts_at, minutes=minutes
            )
    except IntegrityError:
        raise NotAllowedNow(_("Deze dag en tijd staan er al in.")) from None


@transaction.atomic
def join_training(*, training: Training, people: Iterable[Candidate], by: Membership) -> int:
    """Let candidates take part; who stopped before takes part again. Gives how many are new.

    Raises NotAllowedNow when there are fewer places than people, or the training is over.
    """
    training = _held(training)
    if training.closed_on:
        raise NotAllowedNow(_("Deze training is afgerond."))
    known = {place.candidate_id: place for place in training.places.all()}
    new = [one for one in people if one.pk not in known or known[one.pk].stopped_on]
    taken = sum(place.stopped_on is None for place in known.values())
    if training.capacity is not None and taken + len(new) > training.capacity:
        left = max(0, training.capacity - taken)
        raise NotAllowedNow(
            _("Er zijn nog %(n)s plekken. Kies minder mensen, of maak meer plek.") % {"n": left}
        )
    for one in new:
        TrainingPlace.objects.update_or_create(
            training=training,
            candidate=one,
            defaults={"stopped_on": None},
            create_defaults={"bureau_id": training.bureau_id, "by": by},
        )
    return len(new)


@transaction.atomic
def mark_attendance(
    *, session: TrainingSession, place: TrainingPlace, came: bool | None, by: Membership
) -> None:
    """Tick who was there; None takes the tick back."""
    rows = SessionAttendance.objects.filter(session=session, candidate=place.candidate_id)
    if came is None:
        rows.delete()
        return
    SessionAttendance.objects.update_or_create(
        session=session,
        candidate_id=place.candidate_id,
        defaults={"came": came, "by": by},
        create_defaults={"bureau_id": session.bureau_id, "came": came, "by": by},
    )


@transaction.atomic
def save_result(*, place: TrainingPlace, result: str, ending: str, by: Membership) -> TrainingPlace:
    """What somebody says about it, and whether they are still in it. ending: "" (takes part), finished or stopped."""
    place = TrainingPlace.objects.select_for_update(of=("self",)).get(pk=place.pk)
    today = timezone.localdate()
    place.result = result
    place.finished_on = (place.finished_on or today) if ending == "finished" else None
    place.stopped_on = (place.stopped_on or max(today, place.joined_on)) if ending == "stopped" else None
    place.save()
    return place


@transaction.atomic
def close_training(*, training: Training, by: Membership) -> Training:
    """The training is over. Twice is once."""
    row = _held(training)
    if row.closed_on is None:
        row.closed_on = timezone.localdate()
        row.save(update_fields=["closed_on"])
    return row
