"""Job carving: list what a team does, pick what fits together, and a draft position exists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.vocabulary.words import words
from employers.enums import PositionStatus
from employers.models import ALL_DAYPARTS, Employer, Position, TeamPicture, TeamTask
from employers.musts import USUAL
from employers.services.positions import add_position

Values = Mapping[str, Any]
FULL_WEEK = Decimal(40)
LEAST, HALF = Decimal("0.5"), Decimal(2)


@transaction.atomic
def add_picture(*, employer: Employer, values: Values, by: Membership) -> TeamPicture:
    """A new card for a team."""
    return TeamPicture.objects.create(employer=employer, bureau_id=employer.bureau_id, made_by=by, **values)


@transaction.atomic
def change_picture(*, picture: TeamPicture, values: Values, by: Membership) -> TeamPicture:
    """Another name, day or teller."""
    row = _locked(picture)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values, "updated_at"])
    return row


@transaction.atomic
def remove_picture(*, picture: TeamPicture, by: Membership) -> None:
    """Throw a card away with its tasks; positions made of it stay. Raises NotAllowedNow while some exist."""
    row = _locked(picture)
    if row.tasks.filter(position__isnull=False).exists():
        raise NotAllowedNow(
            _(
                "Van deze takenkaart is een werkplek gemaakt. Bewaar de kaart: daar staat waar het werk vandaan komt."
            )
        )
    row.delete()


@transaction.atomic
def add_task(*, picture: TeamPicture, values: Values, by: Membership) -> TeamTask:
    """One more task on a card."""
    row = _locked(picture)
    task = TeamTask.objects.create(
        picture=row, employer_id=row.employer_id, bureau_id=row.bureau_id, **values
    )
    row.save(update_fields=["updated_at"])
    return task


@transaction.atomic
def change_task(*, task: TeamTask, values: Values, by: Membership) -> TeamTask:
    """Change a task on a card; the position that was made of it stays as it is."""
    row = TeamTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row


@transaction.atomic
def drop_task(*, task: TeamTask, by: Membership) -> None:
    """Take a task off the card. Raises NotAllowedNow when it is part of a position."""
    row = TeamTask.objects.select_for_update(of=("self",)).select_related("position").get(pk=task.pk)
    if is_used(row):
        raise NotAllowedNow(
            _(
                "Deze taak zit in de werkplek “%(title)s”. Laat hem staan, dan blijft te zien waar die vandaan komt."
            )
            % {"title": row.position}
        )
    row.dropped_at = timezone.now()
    row.save(update_fields=["dropped_at"])


@transaction.atomic
def restore_task(*, task: TeamTask, by: Membership) -> None:
    """Put a task back on the card."""
    row = TeamTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    row.dropped_at = None
    row.save(update_fields=["dropped_at"])


def is_used(task: TeamTask) -> bool:
    """Whether a task is part of a position that is not closed."""
    return task.position is not None and task.position.status != PositionStatus.CLOSED


@dataclass(frozen=True)
class Bundle:
    """What tasks make together. hours: a week, in halves; None is not known. silent: tasks of unknown hours."""

    hours_low: Decimal | None
    hours_high: Decimal | None
    dayparts: int | None
    silent: int


def bundle(tasks: Iterable[TeamTask]) -> Bundle:
    """The hours of tasks added up, and the dayparts they lie in."""
    rows = list(tasks)
    low = sum((one.hours_low for one in rows if one.hours_low is not None), Decimal(0))
    high = sum((one.hours_high for one in rows if one.hours_high is not None), Decimal(0))
    mask, known = 0, False
    for one in rows:
        if one.dayparts is not None:
            mask, known = (mask | one.dayparts) & ALL_DAYPARTS, True
    silent = sum(one.hours_low is None for one in rows)
    return Bundle(
        hours_low=max(_halves(low, ROUND_FLOOR), LEAST) if low else None,
        hours_high=_halves(high, ROUND_CEILING) if high and not silent else None,
        dayparts=mask if known else None,
        silent=silent,
    )


def _halves(hours: Decimal, rounding: str) -> Decimal:
    return (hours * HALF).quantize(Decimal(1), rounding=rounding) / HALF


@transaction.atomic
def carve(*, picture: TeamPicture, tasks: Sequence[int], title: str, form: str, by: Membership) -> Position:
    """A draft position of the picked tasks, with their hours and dayparts; each task remembers where it went.

    Raises NotAllowedNow without tasks, for tasks that are part of other work, and above a full week.
    """
    rows = TeamTask.objects.kept().filter(picture=picture, pk__in=tasks).select_related("position")
    picked = list(rows.select_for_update(of=("self",)))
    if not picked:
        raise NotAllowedNow(_("Vink eerst de taken aan die bij elkaar passen."))
    if taken := [one for one in picked if is_used(one)]:
        raise NotAllowedNow(
            _("Een taak zit al in de werkplek “%(title)s”. Vink die taak uit.") % {"title": taken[0].position}
        )
    position = add_position(employer=picture.employer, values=_values(picture, picked, title, form), by=by)
    TeamTask.objects.filter(pk__in=[one.pk for one in picked]).update(position=position)
    return position


def _values(picture: TeamPicture, picked: list[TeamTask], title: str, form: str) -> dict[str, Any]:
    """What the new draft begins with."""
    together = bundle(picked)
    if together.hours_low is not None and together.hours_low > FULL_WEEK:
        raise NotAllowedNow(
            _(
                "Samen is dit %(hours)s uur per week. In één werkplek past hoogstens 40 uur. Vink minder taken aan."
            )
            % {"hours": number_format(together.hours_low)}
        )
    high = None if together.hours_high is None else min(together.hours_high, FULL_WEEK)
    places = list(picture.employer.locations.all()[:2])
    return {
        "title": title,
        "form": form,
        "description": _told(picture, picked),
        "tasks": list(dict.fromkeys(one.term for one in picked if one.term)) or None,
        "hours_min": together.hours_low,
        "hours_max": high,
        "dayparts_asked": together.dayparts,
        "location": places[0] if len(places) == 1 else None,
        "conditions_offered": picture.employer.environment,
        "musts": [str(must) for must in USUAL],
    }


def _told(picture: TeamPicture, picked: list[TeamTask]) -> str:
    """The tasks in the team's words, for whoever wonders what a day looks like."""
    known = words([one.term for one in picked if one.term])
    names = [one.words or known.get(one.term or 0, "") for one in picked]
    lines = "\n".join(f"- {name}" for name in names if name)
    head = _("Taken uit het werk van %(team)s:") % {"team": picture.name}
    return f"{head}\n{lines}"


@transaction.atomic
def uncarve(*, position: Position, by: Membership) -> TeamPicture:
    """Throw a draft away that was just carved; its tasks are free again. Returns the card they stand on.

    Raises NotAllowedNow once anything was done with the draft.
    """
    row = Position.objects.select_for_update(of=("self",)).get(pk=position.pk)
    task = TeamTask.objects.filter(position=row).select_related("picture").first()
    busy = row.displacement_checks.exists() or row.moves.exists() or row.matches.exists()
    if task is None or row.status != PositionStatus.DRAFT or busy:
        raise NotAllowedNow(_("Met deze werkplek is al iets gedaan. Sluit hem als hij niet meer nodig is."))
    TeamTask.objects.filter(position=row).update(position=None)
    row.delete()
    return task.picture


def unknown_hours(count: int) -> str:
    """That some tasks have no hours; nothing where all are known."""
    if not count:
        return ""
    return ngettext(
        "Van %(count)s taak weten we de uren nog niet.",
        "Van %(count)s taken weten we de uren nog niet.",
        count,
    ) % {"count": count}


def _locked(picture: TeamPicture) -> TeamPicture:
    return TeamPicture.objects.select_for_update(of=("self",)).get(pk=picture.pk)
