"""How somebody moves on, pauses, leaves and comes back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.enums import STAGE_MOVES, Stage
from candidates.models import Candidate, StageChange
from candidates.services.locking import locked


@transaction.atomic
def change_stage(
    *,
    candidate: Candidate,
    to: str,
    by: Membership,
    note: str = "",
    on: date | None = None,
    expected: str = "",
) -> Candidate:
    """Move somebody to another stage and keep the move. To the stage where they are: nothing happens.

    expected: the stage the reader saw. Raises NotAllowedNow when somebody else moved them meanwhile, when the move
    does not exist, and for closing and reopening, which ask for more.
    """
    candidate = locked(candidate)
    if candidate.stage == to:
        return candidate
    if expected and candidate.stage != expected:
        raise NotAllowedNow(
            _("%(name)s staat intussen op “%(stage)s”. Kijk of dat klopt.")
            % {"name": candidate.short_name, "stage": candidate.get_stage_display()}
        )
    if to == Stage.CLOSED:
        raise NotAllowedNow(_("Sluit het dossier met een reden."))
    if candidate.is_closed:
        raise NotAllowedNow(_("Dit dossier is afgesloten. Open het eerst weer."))
    return _move(candidate, to, by=by, note=note, on=on)


@transaction.atomic
def close_file(*, candidate: Candidate, reason: str, by: Membership, on: date | None = None) -> Candidate:
    """Close a file; from then on the bureau's retention period runs.

    Raises NotAllowedNow when it is closed already, or while a proposal or a placement is running.
    """
    candidate = locked(candidate)
    if candidate.is_closed:
        raise NotAllowedNow(_("Dit dossier is al afgesloten."))
    if candidate.matches.open().exists():
        raise NotAllowedNow(_("Er loopt nog een voorstel. Trek dat eerst in."))
    if candidate.placements.filter(ended_on=None).exists():
        raise NotAllowedNow(_("Er loopt nog een plaatsing. Rond die eerst af."))
    day = on or timezone.localdate()
    candidate.closed_on, candidate.closed_reason = day, reason
    candidate.retain_until = years_later(day, candidate.bureau.retention_years)
    candidate.call_back_on = None
    return _move(candidate, Stage.CLOSED, by=by, note=reason, on=day)


@transaction.atomic
def reopen_file(*, candidate: Candidate, by: Membership, to: str = Stage.INTAKE, note: str = "") -> Candidate:
    """Somebody is back: the file opens and its retention period stops."""
    candidate = locked(candidate)
    if not candidate.is_closed:
        raise NotAllowedNow(_("Dit dossier is al open."))
    candidate.closed_on, candidate.closed_reason, candidate.retain_until = None, "", None
    return _move(candidate, to, by=by, note=note)


def _move(
    candidate: Candidate, to: str, *, by: Membership, note: str = "", on: date | None = None
) -> Candidate:
    if to not in STAGE_MOVES[candidate.stage]:
        raise NotAllowedNow(
            _("Van “%(here)s” kun je niet naar “%(there)s”.")
            % {"here": candidate.get_stage_display(), "there": Stage(to).label}
        )
    StageChange.objects.create(
        bureau_id=candidate.bureau_id, candidate=candidate, from_stage=candidate.stage, to_stage=to,
        on=on or timezone.localdate(), by=by, note=note[:300],
    )  # fmt: skip
    candidate.stage = to
    candidate.save()
    return candidate


def years_later(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
