"""What the pages of a placement share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from buurtbaan.access import Request
from buurtbaan.drafts.keeping import keep
from buurtbaan.ui.pieces import Text
from matching.models import Placement
from matching.permissions import can_act

ROWS = (
    "candidate__coach__user",
    "candidate__area",
    "employer",
    "position",
    "match",
    "job_coach__user",
    "next_plan",
)


def seen_placement(request: Request, pk: int) -> Placement:
    """The placement, if this role may see it."""
    return get_object_or_404(Placement.objects.visible_to(request.membership).select_related(*ROWS), pk=pk)


def acting_placement(request: Request, pk: int) -> Placement:
    """The placement, for whoever may change it."""
    found = seen_placement(request, pk)
    if not can_act(request.membership, found):
        raise PermissionDenied(
            _("Een coach of de bureauleider verandert de plaatsing. Vraag het aan de coach.")
        )
    return found


def placement_form(
    request: Request,
    found: Placement,
    form: Any,
    title: Text,
    *,
    new: bool = False,
    key: str = "",
    **more: Any,
) -> HttpResponse:
    """A form about a placement, which keeps itself; key: as for `keep`."""
    keep(request, form, title=title, candidate_id=found.candidate_id, key=key, new=new)
    context = {"placement": found, "form": form, "title": title, **more}
    return render(request, "matching/placement_form.html", context)
