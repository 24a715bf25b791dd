"""Bring a workbook, see what is in it, take it over."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.workbooks import book_response
from matching.enums import ImportState
from matching.models import ImportJob
from matching.workbook import jobs
from matching.workbook.forms import TakeOverForm, WorkbookForm
from matching.workbook.screens import is_working, outcome_of, taken_over_before
from matching.workbook.template import build_template

PER_PAGE = 20
CHOICE_MISSING = (
    "kies"  # in the address after an attempt to take over without saying what to do with bad rows
)


@allow(Role.MANAGER)
@require_GET
def import_list(request: Request) -> HttpResponse:
    """Workbooks that were brought, the newest on top."""
    found = ImportJob.objects.visible_to(request.membership).select_related("by__user").defer("result")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "matching/import_list.html", {"page": page})


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def import_new(request: Request) -> HttpResponse:
    """Choose a workbook; it is refused at once when it is no sound XLSX."""
    posted = request.method == "POST"
    form = WorkbookForm(request.POST, request.FILES) if posted else WorkbookForm()
    if posted and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            job = jobs.bring(file=form.cleaned_data["file"], by=request.membership)
            return first.done(reverse("matching:import_preview", args=[job.pk]))
    return render(request, "matching/import_new.html", {"form": form}, status=422 if form.errors else 200)


@allow(Role.MANAGER)
@require_GET
def import_preview(request: Request, pk: int) -> HttpResponse:
    """What is in a workbook and what taking over will do; while the worker reads, how far it is."""
    job = _job(request, pk)
    working, ready = is_working(job), job.state == ImportState.READY
    outcome = None if working else outcome_of(job, request.GET.get("page"))
    form = None
    if ready and outcome is not None:
        asked: dict[str, str] | None = {} if CHOICE_MISSING in request.GET else None
        form = TakeOverForm(asked, bad_rows=outcome.bad_rows)
    context = {
        "job": job,
        "outcome": outcome,
        "form": form,
        "working": working,
        "ready": ready,
        "done": job.state == ImportState.DONE,
        "failed": job.state == ImportState.FAILED,
        "can_remove": not working and job.state != ImportState.DONE,
        "before": taken_over_before(job) if ready else None,
    }
    return render(request, "matching/import_preview.html", context)


@allow(Role.MANAGER)
@require_POST
def import_start(request: Request, pk: int) -> HttpResponse:
    """Have the workbook taken over."""
    job = _job(request, pk)
    bad_rows = job.result.get("bad_rows", 0)
    form = TakeOverForm(request.POST, bad_rows=bad_rows)
    page = reverse("matching:import_preview", args=[pk])
    if job.state == ImportState.READY and not form.is_valid():
        return redirect(f"{page}?{CHOICE_MISSING}=1")
    if job.state == ImportState.READY:
        jobs.start(job=job, skip_bad_rows=bool(bad_rows), by=request.membership)
    elif job.state not in (ImportState.RUNNING, ImportState.DONE):
        raise NotAllowedNow(
            _("Dit werkboek is nog niet gelezen, of het lezen lukte niet. Breng het opnieuw.")
        )
    return redirect(page)


@allow(Role.MANAGER)
@require_GET
def import_progress(request: Request, pk: int) -> HttpResponse:
    """How far the worker is; once it is done the page is asked for again."""
    job = _job(request, pk)
    if not request.htmx:
        return redirect("matching:import_preview", pk)
    if not is_working(job):
        return HttpResponseClientRefresh()
    return render(request, "matching/_import_progress.html", {"job": job})


@allow(Role.MANAGER)
@require_POST
def import_remove(request: Request, pk: int) -> HttpResponse:
    """Throw a workbook away that was not taken over."""
    jobs.throw_away(job=_job(request, pk), by=request.membership)
    tell(request, _("Het werkboek is weggegooid."))
    return redirect("matching:import_list")


@allow(Role.MANAGER)
@require_GET
def import_template(request: Request) -> HttpResponse:
    """The empty workbook to fill in."""
    return book_response(build_template(), "buurtbaan-voorbeeld.xlsx")


def _job(request: Request, pk: int) -> ImportJob:
    jobs_here = ImportJob.objects.visible_to(request.membership)
    return get_object_or_404(jobs_here.select_related("by__user"), pk=pk)
