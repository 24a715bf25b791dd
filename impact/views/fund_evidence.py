"""The hours claimed on a fund beside the evidence for them, per person and quarter."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from candidates.models import Fund
from impact.money.evidenced import covered, lines, sums
from impact.views.funds import years_of_funds
from impact.views.money import year_asked

PER_PAGE = 50


@allow(Role.MANAGER)
@require_GET
def fund_evidence(request: Request, pk: int) -> HttpResponse:
    """What is claimed, what somebody signed for, and what is still needed."""
    found = get_object_or_404(Fund.objects.visible_to(request.membership), pk=pk)
    years = years_of_funds()
    year = year_asked(request, years)
    period = (date(year, 1, 1), date(year, 12, 31))
    every = covered(found.bureau_id, *period, fund=pk)
    page = Paginator(every, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "fund": found,
        "years": years,
        "year": year,
        "sums": sums(every),
        "page": page,
        "lines": lines(list(page), pk, *period, request.membership),
    }
    return render(request, "impact/fund_evidence.html", context)
