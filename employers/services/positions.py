"""Positions: written, copied, and moved from draft to published and on.

A position opens only behind a displacement check that a second person decided on, for the form it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from employers.enums import FORM_IS_FIXED, NEEDS_REASON, POSITION_MOVES, POSITIVE, PositionStatus
from employers.models import DisplacementCheck, Employer, Position
from employers.trial import end_problem

NOT_COPIED = frozenset(
    {"id", "status", "published_on", "closed_reason", "import_key", "created_at", "updated_at"}
)


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
    *, position: Position, to: PositionStatus | str, reason: str = "", by: Membership
) -> Position:
    """Bring a position into another state.

    reason: needed to pause and to close. Raises NotAllowedNow for a move that does not exist, without a
    needed reason, without a positive check for this work form, or when the form needs an end date that is
    missing or too far away.
    """
    row = locked(position)
    if to not in POSITION_MOVES[row.status]:
        raise NotAllowedNow(
            _("Deze werkplek is nu “%(status)s”. Dit kan nu niet.") % {"status": row.get_status_display()}
        )
    if to in NEEDS_REASON and not reason.strip():
        raise NotAllowedNow(_("Schrijf in een paar woorden waarom."))
    if to in (PositionStatus.CHECKED, PositionStatus.PUBLISHED):
        _refuse_without_check(row)
    if to == PositionStatus.PUBLISHED:
        _refuse_bad_end(row)
        row.published_on = row.published_on or timezone.localdate()
    if to == PositionStatus.DRAFT:
        row.published_on = None
    row.status, row.closed_reason = str(to), reason.strip()[:200]
    row.save(update_fields=["status", "closed_reason", "published_on", "updated_at"])
    return row


def locked(position: Position) -> Position:
    """The position as it stands now, held until the transaction ends."""
    return Position.objects.select_for_update(of=("self",)).get(pk=position.pk)


def taken(position: Position) -> int:
    """How many people work at a position today."""
    return position.placements.running().count()


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
