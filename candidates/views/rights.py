"""My data along, and leaving: for the person, and for the colleague who does it on their behalf."""

from __future__ import annotations

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.services import once
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pdf import document_pdf, pdf_response
from candidates import services
from candidates.models import Candidate
from candidates.rights.export import PRINTED_LINES, Export, contents_of, everything_about
from candidates.services.departure import COOLING_OFF
from candidates.views.shortcuts import STAFF_ROLES, editable_candidate, own_file, visible_candidate

MAY_EXPORT = (Role.COACH, Role.MANAGER)


@allow(Role.CANDIDATE)
@require_GET
def my_data(request: Request) -> HttpResponse:
    """What is kept about me, how long, and how to take it along."""
    candidate = own_file(request)
    return render(
        request, "candidates/my_data.html", {"candidate": candidate, "piles": contents_of(candidate)}
    )


@allow(Role.CANDIDATE)
@require_GET
def my_data_json(request: Request) -> HttpResponse:
    """All rows about me, for another program."""
    return _json(own_file(request), request)


@allow(Role.CANDIDATE)
@require_GET
def my_data_pdf(request: Request) -> HttpResponse:
    """The same to read and to print."""
    return _pdf(own_file(request), request)


@allow(*MAY_EXPORT)
@require_GET
def data_json(request: Request, pk: int) -> HttpResponse:
    """Somebody asks for their data on paper or stick; that a colleague took it is written down."""
    candidate = visible_candidate(request, pk)
    record_read(by=request.membership, candidate_id=pk, what="export")
    return _json(candidate, request)


@allow(*MAY_EXPORT)
@require_GET
def data_pdf(request: Request, pk: int) -> HttpResponse:
    """The same to print."""
    candidate = visible_candidate(request, pk)
    record_read(by=request.membership, candidate_id=pk, what="export")
    return _pdf(candidate, request)


def _json(candidate: Candidate, request: Request) -> HttpResponse:
    with translation.override(candidate.language):
        told = everything_about(candidate, reader=request.membership).as_json()
        text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return _file(text.encode(), "application/json", candidate, "json")


def _pdf(candidate: Candidate, request: Request) -> HttpResponse:
    with translation.override(candidate.language):
        told = everything_about(candidate, reader=request.membership)
        context = {"told": told, "language": candidate.language, **_lines(told)}
        data = document_pdf("documents/candidates/my_data.html", context, moment=told.moment)
    return pdf_response(data, "mijn-gegevens", slugify(candidate.first_name) or candidate.pk, save=True)


def _lines(told: Export) -> dict[str, object]:
    """Of the trail what fits on paper; the JSON file has all of it."""
    return {
        "readings": told.readings[:PRINTED_LINES],
        "changes": told.changes[:PRINTED_LINES],
        "more": max(len(told.readings), len(told.changes)) > PRINTED_LINES,
        "printed": PRINTED_LINES,
    }


def _file(data: bytes, kind: str, candidate: Candidate, ending: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    name = f"mijn-gegevens-{slugify(candidate.first_name) or candidate.pk}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


# leaving


@allow(Role.CANDIDATE)
@require_http_methods(["GET", "POST"])
def leave(request: Request) -> HttpResponse:
    """I want to stop: what happens then, and until when I can come back on it."""
    candidate = own_file(request)
    if request.method == "POST":
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            services.leave(candidate=candidate, by=request.membership)
            tell(request, _("Je bent aan het stoppen. Je coach belt je nog één keer."))
            return first.done(reverse("candidates:leave"))
    context = {"candidate": candidate, "days": COOLING_OFF.days}
    return render(request, "candidates/leave.html", context)


@allow(Role.CANDIDATE)
@require_POST
def leave_not(request: Request) -> HttpResponse:
    """I stay after all."""
    services.stay(candidate=own_file(request), by=request.membership)
    tell(request, _("Fijn dat je blijft. Alles staat er nog."))
    return redirect("candidates:my_file")


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def departure(request: Request, pk: int) -> HttpResponse:
    """Somebody said on the phone that they want to stop, or that they stay after all."""
    candidate = editable_candidate(request, pk)
    if request.method == "POST":
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            return first.done(_depart(request, candidate))
    context = {"candidate": candidate, "days": COOLING_OFF.days}
    return render(request, "candidates/departure.html", context)


def _depart(request: Request, candidate: Candidate) -> str:
    """Do what was asked, and say where to go: who is not the coach no longer sees the file."""
    back = reverse("candidates:file", args=[candidate.pk])
    if request.POST.get("act") == "stay":
        services.stay(candidate=candidate, by=request.membership)
        tell(request, _("%(name)s blijft. Alles staat er nog.") % {"name": candidate.first_name})
        return back
    services.leave(candidate=candidate, by=request.membership)
    tell(request, _("%(name)s is aan het stoppen.") % {"name": candidate.first_name})
    seen = Candidate.objects.visible_to(request.membership).filter(pk=candidate.pk).exists()
    return back if seen else reverse("candidates:caseload")
