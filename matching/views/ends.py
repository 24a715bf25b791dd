"""Einde in zicht: whose path is about to break, and what is planned."""

from __future__ import annotations

from functools import partial

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow, needs_export_right
from buurtbaan.bureaus.enums import Role
from buurtbaan.exporting import take_along
from buurtbaan.ui.feedback import tell
from matching import ends, services
from matching.day import held
from matching.forms.filters import EndingFilter
from matching.forms.placements import PlanForm
from matching.models import Placement
from matching.permissions import can_propose
from matching.views.lists import PER_PAGE, choose_own, with_choice
from matching.views.matches import ACTORS, STAFF
from matching.views.shortcuts import acting_placement, placement_form

ROWS = ("candidate__coach__user", "employer", "position", "next_plan__by__user")


def _chosen(request: Request) -> tuple[EndingFilter, QuerySet[Placement], QuerySet[Placement]]:
    """The filter, everybody in the chosen weeks, and of these who is asked for."""
    own = choose_own(request)
    form = EndingFilter(
        with_choice(request, own), by=request.membership, own=own,
        may_choose=request.membership.role != Role.CONNECTOR,
    )  # fmt: skip
    form.is_valid()
    wanted = getattr(form, "cleaned_data", {})
    theirs = held(Placement.objects.visible_to(request.membership), request.membership, own)
    today, weeks = timezone.localdate(), int(wanted.get("weken") or ends.WEEKS)
    rows = ends.ending(theirs, request.membership, today=today, weeks=weeks)
    coach = wanted.get("coach")
    narrow = ends.narrowed(
        rows,
        last=ends.horizon(today, weeks),
        coach=coach.pk if coach else None,
        what=wanted.get("soort") or "",
        step=wanted.get("vervolg") or "",
    )
    return form, rows, narrow


@allow(*STAFF)
@require_GET
def ending_list(request: Request) -> HttpResponse:
    """Placements, trials and subscriptions that end in sight, who is about whom, and what comes next."""
    form, rows, narrow = _chosen(request)
    last = ends.horizon(timezone.localdate(), int(form.cleaned_data.get("weken") or ends.WEEKS))
    page = Paginator(narrow.select_related(*ROWS), PER_PAGE).get_page(request.GET.get("page"))
    for one in page:
        one.plan, one.all_ends = getattr(one, "next_plan", None), ends.ends_of(one, last)  # type: ignore[attr-defined]
    own = choose_own(request)
    coaches = [] if own else ends.per_coach(rows)
    context = {
        "filter": form,
        "page": page,
        "own": own,
        "coaches": coaches,
        "today": timezone.localdate(),
        "may_act": can_propose(request.membership),
        "may_export": request.membership.may_export,
        "query": request.GET.urlencode(),
    }
    return render(request, "matching/ending_list.html", context)


@allow(*STAFF)
@require_GET
def ending_sheet(request: Request) -> HttpResponse:
    """The chosen list as a workbook; each person's file gets a line."""
    needs_export_right(request)
    _form, _rows, narrow = _chosen(request)
    return take_along(
        request, partial(ends.write_endings, narrow.select_related(*ROWS)), what="ending_export",
        words="%(reason)s", name=_("einde-in-zicht-%(day)s.xlsx"), reason=_("Einde in zicht"),
    )  # fmt: skip


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def next_plan(request: Request, pk: int) -> HttpResponse:
    """Note what comes after this work."""
    found = acting_placement(request, pk)
    plan = getattr(found, "next_plan", None)
    initial = {"step": plan.step, "on": plan.on, "note": plan.note} if plan else {}
    back = reverse("matching:ending_list")
    form = PlanForm(request.POST or None, cancel_url=back, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.plan_next(placement=found, **form.cleaned_data, by=request.membership)
        tell(
            request, _("Wat volgt staat erin."),
            next_url=reverse("matching:placement", args=[pk]), next_label=_("Bekijk de plaatsing"),
        )  # fmt: skip
        return redirect(back)
    title = _("Wat volgt er voor %(name)s?") % {"name": found.candidate.first_name}
    return placement_form(request, found, form, title)
