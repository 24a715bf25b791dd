"""Making the words of a line unreadable: what will happen first, and then for good."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.ui.feedback import tell
from candidates.models import HourClaim
from impact.models import CashbookEntry
from impact.services import unreadable as services


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def unreadable(request: Request, kind: str, pk: int) -> HttpResponse:
    """kind: "kasboek" for a line of the cash book, "uren" for hours on a fund."""
    if kind == "kasboek":
        entry = get_object_or_404(CashbookEntry.objects.visible_to(request.membership), pk=pk)
        words, back = entry.activity, reverse("impact:cashbook_entry", args=[pk])
    elif kind == "uren":
        claim = get_object_or_404(HourClaim.objects.visible_to(request.membership), pk=pk)
        words, back = claim.what, reverse("impact:fund", args=[claim.fund_id])
    else:
        raise Http404
    if request.method == "POST":
        if kind == "kasboek":
            services.blank_entry(entry=entry, by=request.membership)
        else:
            services.blank_claim(claim=claim, by=request.membership)
        tell(request, _("De woorden zijn onleesbaar gemaakt, hier en in het logboek."))
        return redirect(back)
    return render(request, "impact/unreadable.html", {"kind": kind, "words": words, "back": back})
