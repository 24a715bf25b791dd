"""The displacement check: answered by one person, decided by another, kept for good."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from employers import displacement
from employers.enums import POSITIVE, CheckDecision, MoveReason, PositionStatus
from employers.models import DisplacementCheck, Position
from employers.permissions import can_correct, filled_by_same_person
from employers.services.positions import locked, note_move

Replies = dict[str, dict[str, str]]


@transaction.atomic
def fill_check(*, position: Position, replies: Replies, by: Membership) -> DisplacementCheck:
    """Answer today's questions for a position; it then waits for somebody else's decision.

    replies: question key → {"reply", "why"}. Raises NotAllowedNow when the position is closed or a check is
    waiting already.
    """
    row = locked(position)
    if row.status == PositionStatus.CLOSED:
        raise NotAllowedNow(_("Deze werkplek is gesloten. Maak er eerst weer een concept van."))
    try:
        with transaction.atomic():
            return DisplacementCheck.objects.create(
                position=row,
                employer_id=row.employer_id,
                bureau_id=row.bureau_id,
                version=displacement.VERSION,
                answers=_kept(row, replies),
                filled_by=by,
            )
    except IntegrityError as error:
        raise NotAllowedNow(_("Er wacht al een toets op een besluit.")) from error


@transaction.atomic
def correct_check(*, check: DisplacementCheck, replies: Replies, by: Membership) -> DisplacementCheck:
    """Change one's own answers as long as nobody decided. Raises NotAllowedNow otherwise."""
    row = _locked(check)
    if not can_correct(by, row):
        raise NotAllowedNow(_("Deze toets kun je niet meer veranderen. Bekijk het besluit bij de werkplek."))
    row.answers, row.version, row.filled_at = (
        _kept(row.position, replies),
        displacement.VERSION,
        timezone.now(),
    )
    row.save(update_fields=["answers", "version", "filled_at"])
    return row


@transaction.atomic
def decide_check(
    *,
    check: DisplacementCheck,
    decision: CheckDecision | str,
    reason: str,
    grounds: Iterable[str] = (),
    by: Membership,
) -> DisplacementCheck:
    """Say whether a position may open. A yes makes a draft "checked"; a no takes an open position back.

    grounds: ExceptionGround codes, for a yes although an answer gives pause; such a yes is always an exception.
    Raises NotAllowedNow when it was decided already, without a reason or grounds, and for whoever may not decide.
    """
    locked(check.position)
    row = _locked(check)
    if row.decision:
        raise NotAllowedNow(_("Over deze toets is al besloten."))
    if by.role != Role.MANAGER or filled_by_same_person(by, row):
        raise NotAllowedNow(_("Over een toets besluit een bureauleider die hem niet zelf invulde."))
    if not reason.strip():
        raise NotAllowedNow(_("Schrijf op waarom je dit besluit."))
    if problem := decision_problem(row, str(decision), list(grounds)):
        raise NotAllowedNow(problem)
    row.decision, row.reason, row.decided_by = str(decision), reason.strip(), by
    row.grounds = list(grounds) if decision == CheckDecision.EXCEPTION else []
    row.decided_at = timezone.now()
    row.save(update_fields=["decision", "reason", "grounds", "decided_by", "decided_at"])
    _follow(row, by)
    return row


def decision_problem(check: DisplacementCheck, decision: str, grounds: list[str]) -> str:
    """What is wrong with a decision on these answers, in words; nothing where it is fine."""
    doubts = displacement.doubts(check.version, check.answers)
    if decision == CheckDecision.NO_DISPLACEMENT and doubts:
        return _(
            "Een antwoord geeft te denken. Kies “toch akkoord, met reden” en zeg waarom, of kies “niet akkoord”."
        )
    if decision == CheckDecision.EXCEPTION and not doubts:
        return _("Geen antwoord geeft te denken. Kies “geen verdringing”: een uitzondering is niet nodig.")
    if decision == CheckDecision.EXCEPTION and not grounds:
        return _("Kies waarom het toch mag.")
    return ""


def _follow(check: DisplacementCheck, by: Membership) -> None:
    """Let the position's state follow the decision."""
    position = check.position
    after = {PositionStatus.DRAFT: PositionStatus.CHECKED} if check.decision in POSITIVE else {
        PositionStatus.CHECKED: PositionStatus.DRAFT,
        PositionStatus.PUBLISHED: PositionStatus.PAUSED,
    }  # fmt: skip
    status = after.get(PositionStatus(position.status))
    if status is None or (check.decision in POSITIVE and check.answers.get("form") != position.form):
        return
    was, position.status = position.status, status
    code = MoveReason.ALLOWED if check.decision in POSITIVE else MoveReason.NOT_ALLOWED
    if status == PositionStatus.PAUSED:
        position.closed_reason = _("De verdringingstoets is niet akkoord.")
    position.save(update_fields=["status", "closed_reason", "updated_at"])
    note_move(position, was, code=code, by=by)


def _locked(check: DisplacementCheck) -> DisplacementCheck:
    rows = DisplacementCheck.objects.select_related("position", "filled_by")
    return rows.select_for_update(of=("self",)).get(pk=check.pk)


def _kept(position: Position, replies: Replies) -> dict[str, Any]:
    """What is frozen: the answers, and for which work they were given."""
    return {"form": position.form, "title": position.title, "replies": replies}
