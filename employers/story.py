"""What happened to a position, and where it came from, to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.vocabulary.words import words
from employers.enums import CheckDecision, MoveReason, PositionStatus
from employers.models import DisplacementCheck, Position, PositionMove, TeamPicture, TeamTask
from employers.services.positions import told

TONES: dict[str, tuple[str, str]] = {
    PositionStatus.DRAFT: ("quiet", "edit"),
    PositionStatus.CHECKED: ("ok", "shield"),
    PositionStatus.PUBLISHED: ("ok", "check"),
    PositionStatus.PAUSED: ("wait", "pause"),
    PositionStatus.FILLED: ("info", "people"),
    PositionStatus.CLOSED: ("quiet", "close"),
}


@dataclass(frozen=True)
class Step:
    """One thing that happened. check: the key of the check that tells more, if it was one."""

    at: datetime
    title: str
    text: str
    by: str
    tone: str
    icon: str
    check: int | None = None


@dataclass(frozen=True)
class Story:
    """steps: newest first. checks: all of the position, newest first."""

    steps: list[Step]
    checks: list[DisplacementCheck]

    @property
    def latest(self) -> DisplacementCheck | None:
        return self.checks[0] if self.checks else None


def history(position: Position) -> Story:
    """Every state it was in and every check, with who and when and why. Two queries."""
    moves = position.moves.select_related("by__user")
    checks = list(position.displacement_checks.select_related("filled_by__user", "decided_by__user"))
    steps = [
        *(_moved(move) for move in moves if move.code not in (MoveReason.ALLOWED, MoveReason.NOT_ALLOWED)),
        *(step for check in checks for step in _checked(check)),
        Step(position.created_at, _("Gemaakt als concept"), "", "", "quiet", "plus"),
    ]
    return Story(sorted(steps, key=lambda step: step.at, reverse=True), checks)


def _moved(move: PositionMove) -> Step:
    tone, icon = TONES[move.to_state]
    return Step(
        move.at, str(move.get_to_state_display()), told(move.code, move.words), _who(move.by), tone, icon
    )


def _checked(check: DisplacementCheck) -> list[Step]:
    steps = [
        Step(check.filled_at, _("Toets ingevuld"), "", _who(check.filled_by), "info", "shield", check.pk)
    ]
    if check.decided_at:
        title = _("Toets: %(decision)s") % {"decision": str(check.get_decision_display()).lower()}
        tone = {CheckDecision.EXCEPTION: "wait", CheckDecision.REFUSED: "clash"}.get(
            CheckDecision(check.decision), "ok"
        )
        icon = "warning" if check.is_exception else "shield"
        text = ", ".join(check.ground_words)
        steps.append(Step(check.decided_at, title, text, _who(check.decided_by), tone, icon, check.pk))
    return steps


def _who(member: Membership | None) -> str:
    return str(member.user) if member else ""


@dataclass(frozen=True)
class Carved:
    """The card that work was made of, and which tasks of it, as (name, task)."""

    picture: TeamPicture
    tasks: list[tuple[str, TeamTask]]


def carved(position: Position) -> Carved | None:
    """Where work was carved from; None where it was not. At most two queries."""
    tasks = list(position.carved_from.select_related("picture"))
    if not tasks:
        return None
    known = words([one.term for one in tasks if one.term])
    return Carved(tasks[0].picture, [(one.words or known.get(one.term or 0, ""), one) for one in tasks])
