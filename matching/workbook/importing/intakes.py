"""What a workbook says of an intake: the day, the hours, dreams and wishes."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.enums import Stage
from candidates.models import Candidate, Intake, StageChange
from matching.workbook.importing import bulk
from matching.workbook.importing.ground import Ground, set_changed
from matching.workbook.rows import CandidateRow

BEFORE_INTAKE = frozenset((Stage.MET, Stage.INTAKE))


def take(pairs: list[tuple[CandidateRow, Candidate]], ground: Ground) -> set[int]:
    """Make or bring up to date the intakes of these people; gives of whom something changed."""
    known = {
        intake.candidate_id: intake
        for intake in Intake.objects.filter(
            bureau=ground.bureau, candidate__in=[candidate.pk for _row, candidate in pairs]
        )
    }
    new = [
        _new(row, candidate, ground)
        for row, candidate in pairs
        if candidate.pk not in known and any(value not in (None, "") for value in _said(row).values())
    ]
    bulk.insert(new)
    changed = _update([(row, known[c.pk]) for row, c in pairs if c.pk in known], ground)
    completed = {intake.candidate_id for intake in new if intake.completed_on}
    completed |= {pk for pk in changed if known[pk].completed_on}
    _search_begins([(row, c) for row, c in pairs if c.pk in completed], ground)
    return changed | {intake.candidate_id for intake in new}


def _said(row: CandidateRow) -> dict[str, Any]:
    return {
        "hours_now": row.hours_now,
        "hours_wished": row.hours_wished,
        "wants_own_area": row.own_area,
        "dreams": row.dreams,
        "wishes": row.wishes,
        "completed_on": row.intake_on,
    }


def _new(row: CandidateRow, candidate: Candidate, ground: Ground) -> Intake:
    return Intake(
        bureau=ground.bureau,
        candidate=candidate,
        started_on=row.intake_on or candidate.entered_on,
        updated_by=ground.by,
        **_said(row),
    )


def _update(pairs: list[tuple[CandidateRow, Intake]], ground: Ground) -> set[int]:
    fields: set[str] = set()
    changed = []
    for row, intake in pairs:
        values = _said(row)
        if _shrinks(values["hours_now"] or intake.hours_now, values["hours_wished"] or intake.hours_wished):
            reason = _(
                "In het dossier staan andere uren, die hier niet bij passen. De uren blijven zoals ze zijn."
            )
            ground.note(row, "hours_now", str(row.hours_now or ""), reason)
            values |= {"hours_now": None, "hours_wished": None}
        if names := set_changed(intake, values.items()):
            intake.updated_at, intake.updated_by = timezone.now(), ground.by
            fields |= names
            changed.append(intake)
    if changed:
        bulk.update(changed, [*sorted(fields), "updated_at", "updated_by"])
    return {intake.candidate_id for intake in changed}


def _shrinks(now: Decimal | None, wished: Decimal | None) -> bool:
    return now is not None and wished is not None and wished < now


def _search_begins(pairs: list[tuple[CandidateRow, Candidate]], ground: Ground) -> None:
    """After a completed intake somebody looks for work."""
    moving = [(row, candidate) for row, candidate in pairs if candidate.stage in BEFORE_INTAKE]
    bulk.insert(
        StageChange(
            bureau=ground.bureau,
            candidate=candidate,
            from_stage=candidate.stage,
            to_stage=Stage.SEARCHING,
            on=row.intake_on or ground.today,
            by=ground.by,
        )
        for row, candidate in moving
    )
    Candidate.objects.filter(pk__in=[candidate.pk for _row, candidate in moving]).update(
        stage=Stage.SEARCHING, updated_at=timezone.now()
    )
