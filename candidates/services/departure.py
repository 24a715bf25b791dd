"""Somebody wants to stop: from then on the file is the coach's alone, and after the time to think it is erased."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from candidates.enums import ConsentPurpose, Stage
from candidates.models import Candidate, Consent, StageChange

COOLING_OFF = timedelta(days=14)


def begin(candidate: Candidate, *, by: Membership, today: date | None = None) -> Candidate:
    """Start the time to think on a row that is locked already; twice is once.

    No employer sees the name any longer, at once; open proposals end within the hour (`look_after_proposals`).
    """
    if candidate.is_leaving:
        return candidate
    day = today or timezone.localdate()
    candidate.leaving_on, candidate.call_back_on = day + COOLING_OFF, day
    if candidate.stage not in (Stage.PAUSED, Stage.CLOSED):
        _note(candidate, Stage.PAUSED, by=by)
    candidate.save(update_fields=["leaving_on", "call_back_on", "stage", "updated_at"])
    shared = Consent.objects.in_force().filter(
        candidate=candidate, purpose=ConsentPurpose.SHARE_WITH_EMPLOYER
    )
    shared.update(withdrawn_at=timezone.now(), withdrawn_by=by)
    return candidate


def end(candidate: Candidate, *, by: Membership) -> Candidate:
    """Take it back on a row that is locked already: back to the stage where the person was."""
    asked_on = (candidate.leaving_on or timezone.localdate()) - COOLING_OFF
    candidate.leaving_on = None
    last = candidate.stage_changes.order_by("-pk").first()
    if last and last.to_stage == candidate.stage == Stage.PAUSED and last.from_stage and last.on >= asked_on:
        _note(candidate, last.from_stage, by=by)
    candidate.save(update_fields=["leaving_on", "stage", "updated_at"])
    return candidate


def _note(candidate: Candidate, to: str, *, by: Membership) -> None:
    StageChange.objects.create(
        bureau_id=candidate.bureau_id, candidate=candidate, from_stage=candidate.stage, to_stage=to, by=by,
        note=_("Wil stoppen") if to == Stage.PAUSED else "",
    )  # fmt: skip
    candidate.stage = to
