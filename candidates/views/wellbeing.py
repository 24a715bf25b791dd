"""How it goes: asked on the spot with the coach, or filled in by the candidate; and how it went over time."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow, posted
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.ui.forms import form_helper
from buurtbaan.ui.pieces import Text
from candidates import services
from candidates.forms.wellbeing import WellbeingForm
from candidates.measures import ladder_chart, wellbeing_chart
from candidates.models import Candidate, Wellbeing
from candidates.permissions import can_edit
from candidates.views.plan import save_once
from candidates.views.shortcuts import STAFF_ROLES, editable_candidate, own_file, visible_candidate


def _today(candidate: Candidate) -> Wellbeing | None:
    return candidate.wellbeings.filter(filled_on=timezone.localdate()).first()


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def wellbeing_add(request: Request, pk: int) -> HttpResponse:
    """Six questions, answered by the candidate on the spot."""
    candidate = editable_candidate(request, pk)
    form = WellbeingForm(posted(request), today=_today(candidate))
    here = reverse("candidates:course", args=[pk])
    form_helper(form, submit=_("Bewaar"), cancel_url=reverse("candidates:file", args=[pk]), once=True)

    def do() -> Text:
        services.save_wellbeing(candidate=candidate, by=request.membership, **form.values())
        return _("Bewaard. Dank voor het vertellen.")

    template, context = "candidates/wellbeing_add.html", {"candidate": candidate}
    return save_once(
        request,
        form,
        do=do,
        url=here,
        template=template,
        context=context,
        draft=_("Hoe gaat het"),
        about=candidate,
    )


@allow(*STAFF_ROLES)
@require_GET
def course(request: Request, pk: int) -> HttpResponse:
    """Ladder and wellbeing over time, each with its table."""
    candidate = visible_candidate(request, pk)
    record_read(by=request.membership, candidate_id=pk, what="wellbeing")
    measurements, said = list(candidate.measurements.all()), list(candidate.wellbeings.all())
    context = {
        "candidate": candidate,
        "own": False,
        "measurements": measurements,
        "ladder_chart": ladder_chart(measurements),
        "wellbeing_chart": wellbeing_chart(said),
        "told": [one for one in reversed(said) if one.words],
        "may_edit": can_edit(request.membership, candidate) and not candidate.is_closed,
    }
    return render(request, "candidates/course.html", context)


@allow(Role.CANDIDATE)
@require_http_methods(["GET", "POST"])
def my_wellbeing(request: Request) -> HttpResponse:
    """How I am doing, as often as I like."""
    candidate = own_file(request)
    form = WellbeingForm(posted(request), today=_today(candidate))
    here = reverse("candidates:my_course")
    form_helper(form, submit=_("Bewaar"), cancel_url=here, once=True)

    def do() -> Text:
        services.save_wellbeing(candidate=candidate, by=request.membership, **form.values())
        return _("Bewaard. Dank je voor het vertellen.")

    return save_once(
        request,
        form,
        do=do,
        url=here,
        template="candidates/my_wellbeing.html",
        context={},
        draft=_("Hoe gaat het"),
        about=candidate,
    )


@allow(Role.CANDIDATE)
@require_GET
def my_course(request: Request) -> HttpResponse:
    """How it went with me."""
    candidate = own_file(request)
    measurements, said = list(candidate.measurements.all()), list(candidate.wellbeings.all())
    if not said and not measurements:
        return redirect("candidates:my_wellbeing")
    context = {
        "measurements": measurements,
        "own": True,
        "ladder_chart": ladder_chart(measurements, own=True),
        "wellbeing_chart": wellbeing_chart(said),
        "told": [one for one in reversed(said) if one.words],
    }
    return render(request, "candidates/my_course.html", context)
