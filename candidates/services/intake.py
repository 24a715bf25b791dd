"""The intake, step by step, until the candidate says: this is me."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.enums import Stage
from candidates.models import Candidate, Intake, SafetyRemark
from candidates.services.course import change_stage
from candidates.services.locking import locked

FIELDS = frozenset(
    {
        "dreams", "wishes", "energy", "talents_claimed", "talents_shown", "talents_evidence", "tasks_liked",
        "tasks_to_learn", "tasks_rather_not", "hours_now", "hours_wished", "dayparts", "conditions_needed", "means",
        "travel_minutes", "wants_own_area", "dutch_level", "languages", "digital_level", "guidance_needed",
        "forms_accepted", "talents_proof", "language_levels",
    }
)  # fmt: skip
UNKNOWN: tuple[object, ...] = (None, "", {})


@transaction.atomic
def save_intake_step(
    *, candidate: Candidate, by: Membership, values: Mapping[str, Any], step: str = "", note: str | None = None,
    on: date | None = None, unknown: Collection[str] = (),
) -> Intake:  # fmt: skip
    """Keep some answers; what changed gets who said so and when, what went back to not asked loses it.

    The first answer begins the intake and moves somebody on from the first conversation. note: None leaves the
    step's note as it is. unknown: the fields that were asked and to which the person does not know the answer yet.
    """
    candidate = locked(candidate)
    intake, changed = _intake_of(candidate), []
    day = on or timezone.localdate()
    for name in sorted(FIELDS & values.keys()):
        as_before = (name in unknown) == bool(intake.said_unknown([name]))
        if getattr(intake, name) != values[name] or not as_before:
            setattr(intake, name, values[name])
            changed.append(name)
    _drop_what_is_gone(intake)
    for name in changed:
        noted = {"by": str(by.user), "role": by.role, "on": day.isoformat()}
        if values[name] not in UNKNOWN:
            intake.provenance[name] = noted
        elif name in unknown:
            intake.provenance[name] = {**noted, "unknown": True}
        else:
            intake.provenance.pop(name, None)
    if note is not None:
        intake.notes = (
            {**intake.notes, step: note} if note else {k: v for k, v in intake.notes.items() if k != step}
        )
    intake.updated_by = by
    intake.save()
    if candidate.stage == Stage.MET:
        change_stage(candidate=candidate, to=Stage.INTAKE, by=by, on=day, note=_("Intake begonnen"))
    return intake


def _drop_what_is_gone(intake: Intake) -> None:
    """Details of a talent or a language that is no longer named go with it."""
    shown = {str(pk) for pk in intake.talents_shown or ()}
    intake.talents_proof = {pk: text for pk, text in intake.talents_proof.items() if pk in shown}
    spoken = set(intake.languages or ())
    intake.language_levels = {code: level for code, level in intake.language_levels.items() if code in spoken}


def basis_of(intake: Intake) -> str:
    """A hash of all answers: what a summary was made of. The order of a list says nothing."""
    answers = {
        name: sorted(value, key=str) if isinstance(value := getattr(intake, name), list) else value
        for name in sorted(FIELDS)
    }
    return hashlib.sha256(json.dumps(answers, default=_plain, sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def summary_is_outdated(intake: Intake) -> bool:
    """Whether answers changed after the candidate approved the summary."""
    if intake.summary_approved_on is None or not intake.summary:
        return False
    if intake.summary_basis:
        return intake.summary_basis != basis_of(intake)
    days = [str(line.get("on", "")) for line in intake.provenance.values() if isinstance(line, dict)]
    return max(days, default="") > intake.summary_approved_on.isoformat()


def _intake_of(candidate: Candidate) -> Intake:
    found = Intake.objects.select_for_update(of=("self",)).filter(candidate=candidate).first()
    return found or Intake(bureau_id=candidate.bureau_id, candidate=candidate)


@transaction.atomic
def approve_summary(
    *,
    candidate: Candidate,
    text: str,
    name: str = "",
    signature: str = "",
    by: Membership,
    on: date | None = None,
    start_search: bool = False,
) -> Intake:
    """The candidate read the summary and put a name under it, typed or drawn; with that the intake is done.

    signature: the path of an SVG, see `candidates.signatures`. Raises NotAllowedNow without a text, a name or an
    intake.
    """
    candidate = locked(candidate)
    intake = _intake_of(candidate)
    if intake.pk is None:
        raise NotAllowedNow(_("Begin eerst met de intake."))
    if not text.strip() or not (name.strip() or signature):
        raise NotAllowedNow(
            _("Lees de samenvatting samen en laat de kandidaat de eigen naam tekenen of typen.")
        )
    day = on or timezone.localdate()
    intake.summary, intake.summary_approved_on = text, day
    intake.summary_approved_name = name.strip() or candidate.first_name
    intake.summary_signature, intake.summary_basis = signature, basis_of(intake)
    intake.completed_on = intake.completed_on or day
    intake.updated_by = by
    intake.save()
    if start_search and candidate.stage in (Stage.MET, Stage.INTAKE):
        change_stage(
            candidate=candidate, to=Stage.SEARCHING, by=by, on=day, note=_("Samenvatting goedgekeurd")
        )
    return intake


@transaction.atomic
def add_safety_remark(
    *, candidate: Candidate, text: str, by: Membership, employer_id: int | None = None
) -> SafetyRemark:
    """Somebody or some place to stay away from. Matching sees that it clashes, never this text."""
    return SafetyRemark.objects.create(
        bureau_id=candidate.bureau_id, candidate=candidate, text=text, employer_id=employer_id, by=by
    )


@transaction.atomic
def remove_safety_remark(*, remark: SafetyRemark, by: Membership) -> None:
    """It is over, or it was never so."""
    remark.delete()
