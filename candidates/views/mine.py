"""The candidate's own pages: what is written down, who looked, what one says yes to."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from candidates import dossier, own, services
from candidates.consents import GENERAL
from candidates.enums import ConsentPurpose
from candidates.models import Consent, Correction
from candidates.views.shortcuts import own_file
from candidates.work import paths_of, work_of

READINGS_PER_PAGE = 40


@allow(Role.CANDIDATE)
@require_GET
def my_file(request: Request) -> HttpResponse:
    """My own file in plain words, and the way to the other pages."""
    candidate = own_file(request)
    intake = dossier.intake_of(candidate)
    work = work_of(candidate)
    context = {
        "candidate": candidate,
        "intake": intake,
        "outdated": bool(intake and services.summary_is_outdated(intake)),
        "told": dossier.told(intake),
        "work": work,
        "paths": paths_of(work),
        "measurements": list(candidate.measurements.all()),
        "meetings": list(candidate.first_conversations.select_related("by__user")),
        "talks": list(candidate.conversations.select_related("by__user")[:10]),
        "safety": dossier.safety_of(candidate, request.membership),
        "said": Correction.objects.visible_to(request.membership).select_related("answered_by__user")[:3],
    }
    return render(request, "candidates/my_file.html", context)


@allow(Role.CANDIDATE)
@require_GET
def my_consents(request: Request) -> HttpResponse:
    """What I said yes to, to whom, since when and in which words; and how to take it back."""
    candidate = own_file(request)
    every = list(
        Consent.objects.visible_to(request.membership).select_related(
            "recorded_by__user", "withdrawn_by__user"
        )
    )
    lines = [
        (line, own.past_of([line.held, *line.past] if line.held else line.past, request.membership))
        for line in dossier.consent_lines(every)
    ]
    return render(request, "candidates/my_consents.html", {"candidate": candidate, "lines": lines})


@allow(Role.CANDIDATE)
@require_GET
def my_readings(request: Request) -> HttpResponse:
    """Who looked in my file, and why."""
    candidate = own_file(request)
    seen = Reading.objects.visible_to(request.membership).exclude(actor_id=request.membership.pk)
    page = Paginator(seen.order_by("-at", "-pk"), READINGS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"candidate": candidate, "page": page, "lines": own.looked_lines(list(page.object_list))}
    return render(request, "candidates/my_readings.html", context)


@allow(Role.CANDIDATE)
@require_POST
def my_consent_give(request: Request) -> HttpResponse:
    """I say yes."""
    candidate = own_file(request)
    purpose = request.POST.get("purpose", "")
    if purpose not in GENERAL:
        raise NotAllowedNow(_("Deze toestemming kennen we niet. Kies er een op je eigen pagina."))
    services.give_consent(candidate=candidate, purpose=purpose, by=request.membership)
    tell(request, _("Dank je. Je zei ja tegen: %(what)s.") % {"what": ConsentPurpose(purpose).label})
    return redirect("candidates:my_consents")


@allow(Role.CANDIDATE)
@require_POST
def my_consent_withdraw(request: Request, consent: int) -> HttpResponse:
    """I take it back."""
    candidate = own_file(request)
    held = get_object_or_404(
        Consent.objects.visible_to(request.membership).filter(candidate=candidate), pk=consent
    )
    services.withdraw_consent(consent=held, by=request.membership)
    if held.purpose == ConsentPurpose.RECORD:
        tell(request, _("Ingetrokken. Je bent nu aan het stoppen."))
        return redirect("candidates:leave")
    tell(request, _("Ingetrokken. Je hoeft niet te zeggen waarom."))
    return redirect("candidates:my_consents")
