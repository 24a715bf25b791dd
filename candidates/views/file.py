"""One person on one page, and opening a colleague's."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow, posted
from buurtbaan.audit.services import record_read
from buurtbaan.drafts.services import once
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from candidates import dossier, services
from candidates.forms.file import OpenForm
from candidates.measures import wellbeing_chart
from candidates.models import Candidate, FileOpening
from candidates.permissions import can_assign, can_edit
from candidates.plan import plan_of
from candidates.timeline import KINDS, timeline
from candidates.views.shortcuts import STAFF_ROLES, visible_candidate
from candidates.work import paths_of

MATCHES_SHOWN = 20


@allow(*STAFF_ROLES)
@require_GET
def file(request: Request, pk: int) -> HttpResponse:
    """Everything about one person; that it was opened is written down."""
    membership = request.membership
    candidate = visible_candidate(request, pk, whole=True)
    reason = "" if candidate.held_by(membership) else _reason(candidate, request)
    record_read(by=membership, candidate_id=candidate.pk, what="file", reason=reason)
    known = dossier.known_of(candidate)
    filled = dossier.completeness_of(candidate)
    context = {
        "candidate": candidate,
        "intake": dossier.intake_of(candidate),
        "outdated": _outdated(candidate),
        "told": dossier.told(dossier.intake_of(candidate)),
        "filled": filled,
        "next": dossier.next_act(
            candidate, known.measurements, filled, may_assign=can_assign(membership, candidate)
        ),
        "plan": plan_of(known.goals),
        "timeline": timeline(candidate, known),
        "kinds": KINDS,
        "matches": known.matches[:MATCHES_SHOWN],
        "work": known.work,
        "paths": paths_of(known.work),
        "measurements": known.measurements,
        "wellbeing": wellbeing_chart(known.wellbeings),
        "ladder": dossier.ladder_lines(known.measurements),
        "consents": dossier.consent_lines(known.consents),
        "corrections": dossier.waiting_corrections(candidate),
        "safety": dossier.safety_of(candidate, membership),
        "readings": dossier.looked_at(candidate, membership) if dossier.is_manager(membership) else None,
        "may_edit": can_edit(membership, candidate),
        "may_assign": can_assign(membership, candidate),
        "find_work_url": dossier.find_work_url(candidate),
        "today": timezone.localdate(),
    }
    return render(request, "candidates/file.html", context)


def _outdated(candidate: Candidate) -> bool:
    intake = dossier.intake_of(candidate)
    return bool(intake and services.summary_is_outdated(intake))


def _reason(candidate: Candidate, request: Request) -> str:
    """Why a colleague's file stands open; a manager needs no reason."""
    if dossier.is_manager(request.membership):
        return ""
    opening = FileOpening.objects.filter(
        candidate=candidate, membership=request.membership, until__gt=timezone.now()
    ).first()
    return opening.reason if opening else ""


@allow(*STAFF_ROLES)
@require_GET
def timeline_page(request: Request, pk: int) -> HttpResponse:
    """What happened, filtered and paged: a page of its own, and for htmx a part of the file."""
    candidate = visible_candidate(request, pk, whole=True)
    number = request.GET.get("page", "")
    at = int(number) if number.isdecimal() and len(number) < 5 else 1
    shown = timeline(candidate, dossier.known_of(candidate), kind=request.GET.get("soort", ""), page=at)
    context = {"candidate": candidate, "timeline": shown, "kinds": KINDS}
    if request.htmx:
        return render(request, "candidates/_timeline.html", context)
    record_read(by=request.membership, candidate_id=candidate.pk, what="timeline")
    return render(request, "candidates/timeline_page.html", context)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def open_with_reason(request: Request, pk: int) -> HttpResponse:
    """Ask for a colleague's file: why, for 24 hours, and the candidate reads it."""
    people = Candidate.objects.listed_to(request.membership).select_related("coach__user", "connector__user")
    candidate = get_object_or_404(people, pk=pk)
    url = reverse("candidates:file", args=[pk])
    if Candidate.objects.visible_to(request.membership).filter(pk=pk).exists():
        return redirect(url)
    form = OpenForm(posted(request))
    form_helper(form, submit=_("Open dossier"), cancel_url=reverse("candidates:caseload"), once=True)
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            services.open_with_reason(
                candidate=candidate, reason=form.cleaned_data["reason"], by=request.membership
            )
            tell(
                request,
                _("Het dossier is 24 uur open. %(name)s kan zien dat je keek.")
                % {"name": candidate.first_name},
            )
            return first.done(url)
    return render(request, "candidates/open_with_reason.html", {"candidate": candidate, "form": form})
