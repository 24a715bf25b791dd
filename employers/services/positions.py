"""Positions: written, copied, and moved from draft to published and on.

A position opens only behind a displacement check that a second person decided on, for the form it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from employers.enums import (
    FORM_IS_FIXED,
    NEEDS_REASON,
    POSITION_MOVES,
    POSITIVE,
    USUAL_REASONS,
    MoveReason,
    PositionStatus,
)
from employers.models import DisplacementCheck, Employer, Position, PositionMove
from employers.trial import end_problem

NOT_COPIED = frozenset(
    {"id", "status", "published_on", "closed_reason", "import_key", "created_at", "updated_at"}
)
TELLS_WHY = frozenset({PositionStatus.PAUSED, PositionStatus.FILLED, PositionStatus.CLOSED})
"""States of which the page says why."""
UNDO_FOR = timedelta(minutes=15)


@transaction.atomic
def add_position(*, employer: Employer, values: Mapping[str, Any], by: Membership) -> Position:
    """A new position, as a draft."""
    position = Position(employer=employer, bureau_id=employer.bureau_id, **values)
    _refuse_foreign_location(position)
    position.save()
    return position


@transaction.atomic
def change_position(*, position: Position, values: Mapping[str, Any], by: Membership) -> Position:
    """Change a position; a checked one that gets another work form is a draft again and needs a new check.

    Raises NotAllowedNow when the position is closed, when an open one would get another work form, and when
    it would hold fewer places than people who work there.
    """
    row = locked(position)
    if row.status == PositionStatus.CLOSED:
        raise NotAllowedNow(_("Deze werkplek is gesloten. Maak er eerst weer een concept van."))
    was = row.status
    other_form = "form" in values and values["form"] != row.form
    if other_form and row.status in FORM_IS_FIXED:
        raise NotAllowedNow(
            _("De werkvorm staat vast: de toets hoort erbij. Maak een kopie voor een andere vorm.")
        )
    if values.get("places", row.places) < taken(row):
        raise NotAllowedNow(
            _("Hier werken nu %(count)s mensen. Minder plekken kan pas als er iemand stopt.")
            % {"count": taken(row)}
        )
    for name, value in values.items():
        setattr(row, name, value)
    if other_form and row.status == PositionStatus.CHECKED:
        row.status = PositionStatus.DRAFT
    _refuse_foreign_location(row)
    if row.status == PositionStatus.PUBLISHED:
        _refuse_bad_end(row)
    row.save()
    if row.status != was:
        note_move(row, was, code=MoveReason.FORM, by=by)
    return row


@transaction.atomic
def copy_position(*, position: Position, by: Membership) -> Position:
    """The same work once more, as a draft that needs its own check."""
    names = [field.attname for field in Position._meta.concrete_fields if field.attname not in NOT_COPIED]
    copy = Position(**{name: getattr(position, name) for name in names})
    copy.title = _("%(title)s (kopie)") % {"title": position.title[:110]}
    copy.save()
    return copy


@transaction.atomic
def move_position(
    *, position: Position, to: PositionStatus | str, reason: str = "", code: str = "", by: Membership
) -> Position:
    """Bring a position into another state.

    code: one of MOVE_REASONS; reason: own words. One of the two is needed to pause and to close. Raises
    NotAllowedNow for a move that does not exist, without a needed reason, without a positive check for this work
    form, or when the form needs an end date that is missing or too far away.
    """
    row = locked(position)
    if to not in POSITION_MOVES[row.status]:
        raise NotAllowedNow(
            _("Deze werkplek is nu “%(status)s”. Dit kan nu niet.") % {"status": row.get_status_display()}
        )
    words = reason.strip()[:200]
    if to in NEEDS_REASON and not (code or words):
        raise NotAllowedNow(_("Schrijf in een paar woorden waarom."))
    if to in (PositionStatus.CHECKED, PositionStatus.PUBLISHED):
        _refuse_without_check(row)
    if to == PositionStatus.PUBLISHED:
        _refuse_bad_end(row)
        row.published_on = row.published_on or timezone.localdate()
    if to == PositionStatus.DRAFT:
        row.published_on = None
    return _moved(row, str(to), code, words, by)


def _moved(row: Position, to: str, code: str, words: str, by: Membership) -> Position:
    """Keep the new state, why, and the step in the history."""
    was = row.status
    code = code or (MoveReason.OTHER if words else USUAL_REASONS.get((was, to), ""))
    row.status = to
    row.closed_reason = told(code, words) if to in TELLS_WHY else ""
    row.save(update_fields=["status", "closed_reason", "published_on", "updated_at"])
    note_move(row, was, code=code, words=words, by=by)
    return row


def told(code: str, words: str) -> str:
    """A reason as people read it: the chosen one, the own words, or both."""
    label = str(MoveReason(code).label) if code and code != MoveReason.OTHER else ""
    return ": ".join(part for part in (label, words) if part)[:200]


def note_move(row: Position, was: str, *, code: str, words: str = "", by: Membership) -> PositionMove:
    """Write a step in a position's life."""
    return PositionMove.objects.create(
        bureau_id=row.bureau_id,
        employer_id=row.employer_id,
        position=row,
        from_state=was,
        to_state=row.status,
        code=code,
        words=words,
        by=by,
    )


@transaction.atomic
def undo_move(*, position: Position, by: Membership) -> Position:
    """Take back one's own last step of a moment ago. Raises NotAllowedNow when that is no longer possible."""
    row = locked(position)
    last = row.moves.first()
    if last is None or not can_undo(last, by) or last.to_state != row.status:
        raise NotAllowedNow(_("Dit kan niet meer worden teruggedraaid. Verander de stand bij de werkplek."))
    if last.from_state == PositionStatus.PUBLISHED:
        _refuse_without_check(row)
        _refuse_bad_end(row)
    if last.from_state == PositionStatus.CHECKED:
        row.published_on = None
    before = row.moves.filter(to_state=last.from_state, pk__lt=last.pk).first()
    _moved(row, last.from_state, MoveReason.UNDONE, "", by)
    if before and last.from_state in TELLS_WHY:
        row.closed_reason = told(before.code, before.words)
        row.save(update_fields=["closed_reason"])
    return row


def can_undo(move: PositionMove, by: Membership) -> bool:
    """Within a quarter of an hour, by whoever made it; going back to a draft forgets too much to be undone."""
    recent = move.at > timezone.now() - UNDO_FOR
    kept = move.to_state != PositionStatus.DRAFT and move.code not in (MoveReason.UNDONE, MoveReason.ALLOWED)
    return recent and kept and move.by_id == by.pk


def locked(position: Position) -> Position:
    """The position as it stands now, held until the transaction ends."""
    return Position.objects.select_for_update(of=("self",)).get(pk=position.pk)


def taken(position: Position) -> int:
    """How many people work at a position or will begin; a last day counts until it has passed."""
    ended = Q(ended_on__lt=timezone.localdate())
    return position.placements.exclude(ended).count()


def latest_check(position: Position) -> DisplacementCheck | None:
    """The newest check of a position, decided or not."""
    return position.displacement_checks.select_related("filled_by__user", "decided_by__user").first()


def covers(check: DisplacementCheck | None, position: Position) -> bool:
    """Whether a check lets this position open: decided in favour, and made for the form that it has now."""
    if check is None or check.decision not in POSITIVE:
        return False
    return bool(check.answers.get("form", position.form) == position.form)


def _refuse_without_check(position: Position) -> None:
    check = latest_check(position)
    if check is None:
        raise NotAllowedNow(_("Vul eerst de verdringingstoets in. Daarna besluit een bureauleider."))
    if not check.decision:
        raise NotAllowedNow(_("De verdringingstoets wacht nog op een besluit van een bureauleider."))
    if check.decision not in POSITIVE:
        raise NotAllowedNow(_("De laatste verdringingstoets is niet akkoord. Vul een nieuwe in."))
    if not covers(check, position):
        raise NotAllowedNow(_("De werkvorm is veranderd na de verdringingstoets. Vul een nieuwe in."))


def _refuse_bad_end(position: Position) -> None:
    if problem := end_problem(position):
        raise NotAllowedNow(problem)


def _refuse_foreign_location(position: Position) -> None:
    if position.location is not None and position.location.employer_id != position.employer_id:
        raise NotAllowedNow(_("Deze locatie hoort bij een andere werkgever. Kies een andere."))
