"""The same report for many bureaus at once, for the platform administrator. No figure and no person in sight."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.acts import act_once
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Text
from impact.models import ReportBatch
from impact.planning.forms import BatchForm
from impact.services import batches

PER_PAGE = 50


@allow(Role.PLATFORM)
@require_GET
def batch_list(request: Request) -> HttpResponse:
    """All batches, newest first."""
    rows = ReportBatch.objects.visible_to(request.membership).select_related("municipality")
    page = Paginator(rows.order_by("-asked_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "impact/batch_list.html", {"page": page})


@allow(Role.PLATFORM)
@require_http_methods(["GET", "POST"])
def batch_new(request: Request) -> HttpResponse:
    """Ask for one period of all bureaus of a municipality, or of all."""
    form = BatchForm(posted(request))

    def do() -> tuple[Text, str]:
        made = batches.start_batch(by=request.membership, **form.cleaned_data)
        return _("De rapporten zijn gevraagd."), reverse("impact:batch", args=[made.pk])

    return act_once(request, form, do=do, template="impact/batch_new.html", context={})


@allow(Role.PLATFORM)
@require_GET
def batch(request: Request, pk: int) -> HttpResponse:
    """How far each bureau's report is, what failed and why."""
    found = _batch(request, pk)
    progress = batches.progress(found)
    page = Paginator(progress.lines, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "impact/batch.html", {"batch": found, "progress": progress, "page": page})


@allow(Role.PLATFORM)
@require_GET
def batch_progress(request: Request, pk: int) -> HttpResponse:
    """The bar, for htmx; when nothing is busy any more the page loads anew."""
    found = _batch(request, pk)
    if not request.htmx:
        return redirect("impact:batch", pk=pk)
    progress = batches.progress(found)
    if not progress.busy:
        response = HttpResponse()
        response["HX-Redirect"] = reverse("impact:batch", args=[pk])
        return response
    return render(request, "impact/_batch_progress.html", {"batch": found, "progress": progress})


@allow(Role.PLATFORM)
@require_POST
def batch_retry(request: Request, pk: int) -> HttpResponse:
    """Only the failed ones again."""
    again = batches.retry_failed(batch=_batch(request, pk), by=request.membership)
    words = ngettext("%(n)s rapport wordt opnieuw gemaakt.", "%(n)s rapporten worden opnieuw gemaakt.", again)
    tell(request, words % {"n": again} if again else _("Er is niets mislukt."))
    return redirect("impact:batch", pk=pk)


def _batch(request: Request, pk: int) -> ReportBatch:
    rows = ReportBatch.objects.visible_to(request.membership).select_related("municipality")
    return get_object_or_404(rows, pk=pk)
