"""The employer's own pages: introductions to answer in one tap, and who works here."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.services import once
from buurtbaan.ui.feedback import tell
from matching import services
from matching.forms import NoForm
from matching.models import CheckIn, HoursStep, Introduction, Placement
from matching.views.lists import with_hours
from matching.views.matches import shared_rows


@allow(Role.EMPLOYER)
@require_GET
def my_introductions(request: Request) -> HttpResponse:
    """Who would like to meet, and which meetings are planned."""
    mine = list(
        Introduction.objects.visible_to(request.membership).order_by("starts_at", "-introduced_at", "pk")[
            :100
        ]
    )
    now = timezone.now()
    context = {
        "now": now,
        "waiting": [one for one in mine if not one.employer_answer and not one.starts_at],
        "planned": [one for one in mine if one.starts_at and one.starts_at >= now],
        "going": [
            one
            for one in mine
            if (one.employer_answer and not one.starts_at) or (one.starts_at and one.starts_at < now)
        ],
    }
    return render(request, "matching/my_introductions.html", context)


@allow(Role.EMPLOYER)
@require_http_methods(["GET", "POST"])
def my_introduction(request: Request, pk: int) -> HttpResponse:
    """What somebody wants me to know, and my answer."""
    found = get_object_or_404(Introduction.objects.visible_to(request.membership), pk=pk)
    answer = request.POST.get("answer", "")
    no = NoForm(request.POST if answer == "no" else None)
    if answer == "yes":
        return _answer(request, found, answer="yes", note=request.POST.get("note", ""))
    if answer == "no" and no.is_valid():
        return _answer(request, found, answer="no", **no.cleaned_data)
    record_read(
        by=request.membership, candidate_id=found.candidate_id, what="introduction", bureau_id=found.bureau_id
    )
    context = {"introduction": found, "shared": shared_rows(found), "no": no, "said_no": answer == "no"}
    return render(request, "matching/my_introduction.html", context)


def _answer(request: Request, found: Introduction, *, answer: str, **said: str) -> HttpResponse:
    """Note it; a second tap on the same button gets the answer of the first."""
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        services.employer_answers(introduction=found, answer=answer, by=request.membership, **said)
        if answer == "yes":
            tell(request, _("Fijn. De coach neemt contact op om de kennismaking te plannen."))
            return first.done(reverse("matching:my_introduction", args=[found.pk]))
        tell(request, _("Duidelijk. We vertellen het aan de kandidaat."))
        return first.done(reverse("matching:my_introductions"))


@allow(Role.EMPLOYER)
@require_GET
def my_placements(request: Request) -> HttpResponse:
    """Who works here, since when and for how many hours; hours to confirm."""
    today = timezone.localdate()
    open_steps = HoursStep.objects.filter(confirmed_at=None, during__startswith__lte=today)
    coming = CheckIn.objects.filter(done_on=None, due_on__lte=today + timedelta(days=14)).order_by("due_on")
    rows = with_hours(Placement.objects.visible_to(request.membership)).select_related("position")
    found = list(
        rows.prefetch_related(
            Prefetch("hours_steps", open_steps, to_attr="to_confirm"),
            Prefetch("check_ins", coming, to_attr="coming"),
        )[:200]
    )
    context = {
        "running": [one for one in found if one.ended_on is None or one.ended_on >= today],
        "past": [one for one in found if one.ended_on is not None and one.ended_on < today],
    }
    return render(request, "matching/my_placements.html", context)


@allow(Role.EMPLOYER)
@require_POST
def hours_confirm(request: Request, pk: int) -> HttpResponse:
    """The hours are right."""
    found = get_object_or_404(Placement.objects.visible_to(request.membership), pk=pk)
    done = services.confirm_hours(placement=found, by=request.membership)
    if done:
        tell(request, ngettext("De uren zijn bevestigd.", "De uren zijn bevestigd.", done))
    else:
        tell(request, _("De uren waren al bevestigd."))
    return redirect("matching:my_placements")
