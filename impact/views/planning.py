"""Reports that come by themselves: planned by manager and platform, seen by the municipality."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.acts import act_once
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Text
from impact.models import Release, ReportOrder, ReportSchedule
from impact.planning.forms import ScheduleForm
from impact.services import planning

PER_PAGE = 25
PLANNERS = (Role.MANAGER, Role.PLATFORM)


@allow(*PLANNERS, Role.MUNICIPALITY)
@require_GET
def schedule_list(request: Request) -> HttpResponse:
    """What comes and when; for who plans, with the way to stop it."""
    me, today = request.membership, timezone.localdate()
    plans = (
        ReportSchedule.objects.visible_to(me)
        .filter(planning.recently_stopped())
        .select_related("municipality", "bureau")
        .order_by("municipality__name", "bureau__name", "rhythm", "pk")
    )
    page = Paginator(plans, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(plan, plan.coming(today), _mine(request, plan)) for plan in page],
        "asked": _asked(request) if me.role == Role.MUNICIPALITY else [],
        "plans_too": me.role in PLANNERS,
    }
    return render(request, "impact/schedule_list.html", context)


def _mine(request: Request, plan: ReportSchedule) -> bool:
    """Whether this reader may stop it: a manager the own bureau's, the platform administrator every one."""
    role = request.membership.role
    return role == Role.PLATFORM or (role == Role.MANAGER and plan.bureau_id is not None)


def _asked(request: Request) -> list[ReportOrder]:
    """Reports that were asked for by plan and that the bureau did not release yet. Nothing of a draft is shown."""
    released = Release.objects.filter(report=OuterRef("report_id"))
    orders = ReportOrder.objects.visible_to(request.membership).filter(schedule__isnull=False)
    return list(
        orders.exclude(Exists(released))
        .select_related("bureau")
        .order_by("-until", "bureau__name")[:PER_PAGE]
    )


@allow(*PLANNERS)
@require_http_methods(["GET", "POST"])
def schedule_new(request: Request) -> HttpResponse:
    """Plan a report."""
    me = request.membership
    form = ScheduleForm(posted(request), whole=me.role == Role.PLATFORM)

    def do() -> tuple[Text, str]:
        made = planning.plan(by=me, bureau=me.bureau, **form.cleaned_data)
        first = made.coming(timezone.localdate())
        said = _("Gepland: %(words)s. Het eerste rapport komt op %(day)s.") % {
            "words": made.words,
            "day": date_format(first.due, "j F Y"),
        }
        return said, reverse("impact:schedule_list")

    return act_once(request, form, do=do, template="impact/schedule_new.html", context={})


@allow(*PLANNERS)
@require_POST
def schedule_stop(request: Request, pk: int) -> HttpResponse:
    """No further reports by this plan."""
    planning.stop(schedule=_own(request, pk), by=request.membership)
    tell(
        request,
        _("De planning is gestopt. Wat al gevraagd is, blijft staan."),
        undo_url=reverse("impact:schedule_resume", args=[pk]),
        undo_label=_("Terugdraaien"),
    )
    return redirect("impact:schedule_list")


@allow(*PLANNERS)
@require_POST
def schedule_resume(request: Request, pk: int) -> HttpResponse:
    """Take a stop back."""
    planning.resume(schedule=_own(request, pk), by=request.membership)
    tell(request, _("De planning loopt weer."))
    return redirect("impact:schedule_list")


def _own(request: Request, pk: int) -> ReportSchedule:
    """A plan that this reader may stop; a manager reads the municipality's, and leaves them alone."""
    rows = ReportSchedule.objects.visible_to(request.membership)
    if request.membership.role == Role.MANAGER:
        rows = rows.filter(bureau=request.membership.bureau_id)
    return get_object_or_404(rows, pk=pk)
