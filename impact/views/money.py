"""Impact assignments and money flows, for the bureau's manager."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.drafts.services import once
from buurtbaan.ui.feedback import tell
from impact.enums import FlowDirection
from impact.forms import AssignmentForm, FlowForm
from impact.models import FundingFlow, ImpactAssignment


@allow(Role.MANAGER)
@require_GET
def money(request: Request) -> HttpResponse:
    """What was agreed, and what came in and went out per year."""
    assignments = ImpactAssignment.objects.visible_to(request.membership).order_by("-since", "pk")
    flows = FundingFlow.objects.visible_to(request.membership).order_by("-year", "direction", "source", "pk")
    return render(request, "impact/money.html", {"assignments": assignments, "years": _years(list(flows))})


def _years(flows: list[FundingFlow]) -> list[dict[str, object]]:
    """Flows by year with both sums, and whether in equals out."""
    found = []
    for year in sorted({flow.year for flow in flows}, reverse=True):
        own = [flow for flow in flows if flow.year == year]
        total = {
            side: sum((flow.amount for flow in own if flow.direction == side), Decimal(0))
            for side in FlowDirection.values
        }
        found.append({"year": year, "flows": own, "total_in": total["in"], "total_out": total["out"]})
    return found


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def assignment_new(request: Request) -> HttpResponse:
    """Note a new impact assignment."""
    form = AssignmentForm(request.POST or None, instance=ImpactAssignment(bureau=request.membership.bureau))
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            made = form.save()
            tell(request, _("Opdracht “%(name)s” is bewaard.") % {"name": made.name})
            return first.done(reverse("impact:money"))
    return render(request, "impact/assignment_new.html", {"form": form})


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def assignment_edit(request: Request, pk: int) -> HttpResponse:
    """Change an impact assignment."""
    found = get_object_or_404(ImpactAssignment.objects.visible_to(request.membership), pk=pk)
    form, clash = settle_row(request, found, lambda data, row: AssignmentForm(data, instance=row))
    if clash:
        return clash
    if request.method == "POST" and form.is_valid():
        form.save()
        tell(request, _("Opdracht “%(name)s” is bewaard.") % {"name": form.instance.name})
        return redirect("impact:money")
    return render(request, "impact/assignment_edit.html", {"form": form, "assignment": found})


@allow(Role.MANAGER)
@require_POST
def assignment_remove(request: Request, pk: int) -> HttpResponse:
    """Take an impact assignment off the list; its flows stay."""
    found = get_object_or_404(ImpactAssignment.objects.visible_to(request.membership), pk=pk)
    found.delete()
    tell(request, _("Opdracht “%(name)s” is weggehaald.") % {"name": found.name})
    return redirect("impact:money")


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def flow_new(request: Request) -> HttpResponse:
    """Note money in or out."""
    bureau = request.membership.bureau_id or 0
    form = FlowForm(request.POST or None, instance=FundingFlow(bureau_id=bureau), bureau_id=bureau)
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            form.save()
            tell(request, _("De geldstroom is bewaard."))
            return first.done(reverse("impact:money"))
    return render(request, "impact/flow_new.html", {"form": form})


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def flow_edit(request: Request, pk: int) -> HttpResponse:
    """Change a flow."""
    found = get_object_or_404(FundingFlow.objects.visible_to(request.membership), pk=pk)
    bureau = request.membership.bureau_id or 0
    form, clash = settle_row(request, found, lambda data, row: FlowForm(data, instance=row, bureau_id=bureau))
    if clash:
        return clash
    if request.method == "POST" and form.is_valid():
        form.save()
        tell(request, _("De geldstroom is bewaard."))
        return redirect("impact:money")
    return render(request, "impact/flow_edit.html", {"form": form, "flow": found})


@allow(Role.MANAGER)
@require_POST
def flow_remove(request: Request, pk: int) -> HttpResponse:
    """Take a flow off the list."""
    found = get_object_or_404(FundingFlow.objects.visible_to(request.membership), pk=pk)
    found.delete()
    tell(request, _("De geldstroom is weggehaald."))
    return redirect("impact:money")
