"""Neighbours who ask, and whoever helps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.enums import HELP_MOVES, HelpState
from candidates.models import Candidate, HelpRequest

FIELDS = frozenset(
    {
        "kind", "text", "place", "wanted_on", "moment", "organisation", "requester_name", "requester_phone",
    }
)  # fmt: skip
ENDED = frozenset({HelpState.DONE, HelpState.THANKED, HelpState.CANCELLED})


def _held(request: HelpRequest) -> HelpRequest:
    return HelpRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)


@transaction.atomic
def save_help_request(
    *, values: Mapping[str, Any], by: Membership, help_request: HelpRequest | None = None
) -> HelpRequest:
    """Write down what a neighbour asks, or correct it."""
    row = _held(help_request) if help_request else HelpRequest(bureau=by.bureau, by=by)
    for name in FIELDS & values.keys():
        setattr(row, name, values[name])
    row.save()
    return row


@transaction.atomic
def find_helper(
    *, help_request: HelpRequest, candidate: Candidate | None, volunteer: str, by: Membership
) -> HelpRequest:
    """A candidate or a volunteer does it; another one may take over.

    Raises NotAllowedNow unless exactly one of the two is given, or when it is over.
    """
    row = _held(help_request)
    if (candidate is None) == (not volunteer):
        raise NotAllowedNow(_("Kies een kandidaat, of schrijf de naam van een vrijwilliger op."))
    if row.state not in (HelpState.OPEN, HelpState.FOUND):
        raise NotAllowedNow(_("Deze hulpvraag is al klaar."))
    row.candidate, row.volunteer = candidate, volunteer
    row.state, row.found_on = HelpState.FOUND, timezone.localdate()
    row.save()
    return row


@transaction.atomic
def move_help_request(*, help_request: HelpRequest, to: str, by: Membership) -> HelpRequest:
    """Done, thanked, not needed any more, or looking again. Finding somebody goes by `find_helper`.

    Raises NotAllowedNow when the move does not exist from here.
    """
    row = _held(help_request)
    if row.state == to:
        return row
    if to not in HELP_MOVES[row.state] or (row.state, to) == (HelpState.OPEN, HelpState.FOUND):
        raise NotAllowedNow(
            _("Van “%(here)s” kun je niet naar “%(there)s”.")
            % {"here": row.get_state_display(), "there": HelpState(to).label}
        )
    if to == HelpState.OPEN:
        row.candidate, row.volunteer, row.found_on = None, "", None
    row.ended_on = (row.ended_on or timezone.localdate()) if to in ENDED else None
    row.state = to
    row.save()
    return row
