"""Released reports, for the municipality's officer and for the bureau itself."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.ui.feedback import tell
from buurtbaan.workbooks import XLSX
from impact import services
from impact.documents import report_document
from impact.enums import DownloadKind
from impact.forms import WithdrawForm
from impact.indicators import THEMES, VERSION
from impact.models import Download, Release
from impact.parts import PART, reading
from impact.views import telling
from impact.views.reports import PER_PAGE, as_file

READERS = (Role.MUNICIPALITY, Role.MANAGER, Role.COACH)
CONTENT_TYPES = {
    DownloadKind.PDF: "application/pdf",
    DownloadKind.XLSX: XLSX,
    DownloadKind.CSV: "text/csv; charset=utf-8",
    DownloadKind.JSON: "application/json",
}


@allow(*READERS)
@require_GET
def released_list(request: Request) -> HttpResponse:
    """Reports that may be read, newest period first."""
    found = (
        Release.objects.visible_to(request.membership)
        .select_related("municipality")
        .defer("published")
        .order_by("-until", "-released_at", "-pk")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "impact/released_list.html", {"page": page})


@allow(*READERS)
@require_GET
def released(request: Request, pk: int) -> HttpResponse:
    """One released report on the page, with the same figures and charts as its files."""
    found = (
        Release.objects.visible_to(request.membership).select_related("municipality").filter(pk=pk).first()
    )
    if found is None:
        return telling.withdrawn_or_404(request, pk)
    taken = Download.objects.visible_to(request.membership).filter(release=found).order_by("-at", "-pk")[:20]
    document = report_document(found.published)
    context = {
        "release": found,
        "document": document,
        "reading": reading(document, request.GET.get(PART, "")),
        "kinds": DownloadKind.choices,
        "downloads": taken,
    }
    return render(request, "impact/released.html", context)


@allow(*READERS)
@require_GET
def release_download(request: Request, pk: int, kind: str) -> HttpResponse:
    """One of its files; who took it is noted."""
    found = get_object_or_404(Release.objects.visible_to(request.membership), pk=pk)
    form = DownloadKind(kind)
    data = services.hand_out(release=found, kind=form, by=request.membership)
    name = found.pdf.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return as_file(data, CONTENT_TYPES[form], f"{name}.{form.value}")


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def release_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a report back, with a reason."""
    found = get_object_or_404(Release.objects.visible_to(request.membership), pk=pk)
    form = WithdrawForm(request.POST or None, cancel_url=reverse("impact:released", args=[pk]))
    if request.method == "POST" and form.is_valid():
        services.withdraw_release(release=found, reason=form.cleaned_data["reason"], by=request.membership)
        tell(request, _("Het rapport is ingetrokken. De gemeente ziet het niet meer."))
        return redirect("impact:released_list")
    return render(request, "impact/release_withdraw.html", {"release": found, "form": form})


@allow(*Role)
@require_GET
def definitions(request: Request) -> HttpResponse:
    """What each figure means and how it is computed."""
    return render(request, "impact/definitions.html", {"themes": THEMES, "version": VERSION})
