"""Making, reading and releasing reports, for the bureau's manager."""

from __future__ import annotations

from functools import partial

from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.services import once
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Step
from impact import permissions, services, tasks
from impact.documents import report_document
from impact.enums import ReportPhase, ReportState
from impact.forms import ReportForm, periods
from impact.models import ImpactReport, Release
from impact.parts import PART, reading

PER_PAGE = 25
RECOUNT = "nareken/"
"""From a report's own page to one of its figures counted again."""
BUSY = (ReportState.WAITING, ReportState.RUNNING)


@allow(Role.MANAGER)
@require_GET
def report_list(request: Request) -> HttpResponse:
    """All reports of the bureau, newest first."""
    reports = (
        ImpactReport.objects.visible_to(request.membership)
        .defer("published")
        .order_by("-requested_at", "-pk")
    )
    page = Paginator(reports, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "impact/report_list.html", {"page": page})


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def report_new(request: Request) -> HttpResponse:
    """Ask for the report of a period."""
    today = timezone.localdate()
    chosen = next((p for p in periods(today) if p[0] == request.GET.get("periode")), None)
    initial = {"since": chosen[2], "until": chosen[3]} if chosen else {}
    form = ReportForm(posted(request), initial=initial)
    bureau = request.membership.bureau
    if request.method == "POST" and form.is_valid() and bureau:
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            report = services.request_report(bureau=bureau, by=request.membership, **form.cleaned_data)
            return first.done(reverse("impact:report", args=[report.pk]))
    return render(request, "impact/report_new.html", {"form": form, "periods": periods(today)})


@allow(Role.MANAGER)
@require_GET
def report(request: Request, pk: int) -> HttpResponse:
    """One report: how far it is, or what stands in it."""
    found = get_object_or_404(
        ImpactReport.objects.visible_to(request.membership).select_related("bureau"), pk=pk
    )
    document = report_document(found.published, recount=RECOUNT) if found.published else None
    context = {
        "report": found,
        "busy": found.state in BUSY,
        "document": document,
        "reading": reading(document, request.GET.get(PART, "")) if document else None,
        "release": Release.objects.visible_to(request.membership)
        .filter(report=found, withdrawn_at=None)
        .defer("published")
        .first(),
        "may_release": permissions.can_release(found, request.membership),
        "may_retry": permissions.can_retry(found, request.membership),
        **_progress(found),
    }
    return render(request, "impact/report.html", context)


@allow(Role.MANAGER)
@require_GET
def report_progress(request: Request, pk: int) -> HttpResponse:
    """The bar, for htmx; when the report is done the page loads anew."""
    found = get_object_or_404(ImpactReport.objects.visible_to(request.membership).defer("published"), pk=pk)
    if found.state not in BUSY and request.htmx:
        response = HttpResponse()
        response["HX-Redirect"] = reverse("impact:report", args=[pk])
        return response
    if not request.htmx:
        return redirect("impact:report", pk=pk)
    return render(request, "impact/_report_progress.html", {"report": found, **_progress(found)})


def _progress(report: ImpactReport) -> dict[str, object]:
    label = ReportPhase(report.phase).label if report.phase else ReportState(report.state).label
    return {
        "percent": report.progress,
        "label": label,
        "phases": _phases(report.phase),
        "again": report.error if report.state in BUSY else "",
    }


def _phases(now: str) -> list[Step]:
    """The five phases as steps: done, at hand, to come."""
    place = ReportPhase.values.index(now) if now else -1
    return [
        Step(phase.label, "", "done" if number < place else "current" if number == place else "todo")
        for number, phase in enumerate(ReportPhase)
    ]


@allow(Role.MANAGER)
@require_POST
def report_retry(request: Request, pk: int) -> HttpResponse:
    """Try again what failed or was stopped."""
    found = get_object_or_404(ImpactReport.objects.visible_to(request.membership), pk=pk)
    services.retry(report=found, by=request.membership)
    return redirect("impact:report", pk=pk)


@allow(Role.MANAGER)
@require_POST
def report_cancel(request: Request, pk: int) -> HttpResponse:
    """Stop making it."""
    found = get_object_or_404(ImpactReport.objects.visible_to(request.membership), pk=pk)
    services.cancel(report=found, by=request.membership)
    tell(request, _("Het maken is gestopt. Er is niets vrijgegeven."))
    return redirect("impact:report", pk=pk)


@allow(Role.MANAGER)
@require_POST
def report_release(request: Request, pk: int) -> HttpResponse:
    """Let the municipality read it."""
    found = get_object_or_404(ImpactReport.objects.visible_to(request.membership), pk=pk)
    made = services.release(report=found, by=request.membership)
    days = (made.since.isoformat(), made.until.isoformat())
    transaction.on_commit(partial(tasks.wake, tasks.make_sum, made.municipality_id, *days, made.language, 2))
    tell(
        request,
        _("Het rapport is vrijgegeven. %(municipality)s kan het nu lezen.")
        % {"municipality": made.municipality},
        next_url=reverse("impact:released", args=[made.pk]),
        next_label=_("Bekijk wat de gemeente ziet"),
    )
    return redirect("impact:report", pk=pk)


@allow(Role.MANAGER)
@require_GET
def report_pdf(request: Request, pk: int) -> HttpResponse:
    """The PDF before its release, to read it through."""
    found = get_object_or_404(ImpactReport.objects.visible_to(request.membership), pk=pk)
    if not found.pdf or not default_storage.exists(found.file_name):
        raise Http404
    with default_storage.open(found.file_name) as file:
        return as_file(bytes(file.read()), "application/pdf", found.file_name.rsplit("/", 1)[1])


def as_file(data: bytes, kind: str, name: str) -> HttpResponse:
    """A download that no browser tries to understand in another way."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
