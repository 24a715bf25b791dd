"""What makes a figure one that can be trusted: counting it again, and why some are left out."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from impact import recounting
from impact.example import example
from impact.models import ImpactReport
from impact.views.released import READERS


@allow(Role.MANAGER)
@require_GET
def recount(request: Request, pk: int, figure: str) -> HttpResponse:
    """One figure of a report beside what the data say at this moment."""
    report = get_object_or_404(
        ImpactReport.objects.visible_to(request.membership).select_related(
            "bureau__municipality", "snapshot"
        ),
        pk=pk,
    )
    if figure not in recounting.figures_of(report):
        raise Http404
    found = recounting.recount(report, figure)
    return render(request, "impact/recount.html", {"report": report, "found": found})


@allow(*READERS)
@require_GET
def why_hidden(request: Request) -> HttpResponse:
    """The rule for small counts in plain words, with an example that the rule itself works out."""
    return render(request, "impact/why_hidden.html", {"example": example()})
