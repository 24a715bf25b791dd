"""What candidate and employer do about a meeting on their own pages: tell how it was, take it along on paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from matching import services
from matching.enums import MatchState, Teller
from matching.forms.meetings import TellForm
from matching.models import Introduction, Match, MeetingAccount
from matching.route import route_to
from matching.services.accounts import can_tell
from matching.services.times import CAN_PLAN, open_options, side_of
from matching.views.meetings import calendar_response, note_response


def _mine(request: Request, pk: int) -> Match:
    rows = Match.objects.visible_to(request.membership).select_related(
        "bureau", "candidate__coach__user", "position__location", "employer"
    )
    return get_object_or_404(rows, pk=pk)


@allow(Role.CANDIDATE)
@require_http_methods(["GET", "POST"])
def my_meeting(request: Request, pk: int) -> HttpResponse:
    """How it was for me; the employer does not read this."""
    about = get_object_or_404(Introduction, match=_mine(request, pk))
    home = reverse("matching:my_proposal", args=[pk])
    return _tell(request, about, home=home, layout="layout/plain.html")


@allow(Role.EMPLOYER)
@require_http_methods(["GET", "POST"])
def introduction_tell(request: Request, pk: int) -> HttpResponse:
    """How it was for us."""
    about = get_object_or_404(Introduction.objects.visible_to(request.membership), pk=pk)
    home = reverse("matching:my_introduction", args=[pk])
    return _tell(request, about, home=home, layout="layout/base.html")


def _tell(request: Request, about: Introduction, *, home: str, layout: str) -> HttpResponse:
    said = MeetingAccount.objects.visible_to(request.membership).of_now(about)
    said = said.filter(teller=side_of(request.membership))
    before: Any = said.values("words", "next_step").first()
    form = TellForm(request.POST or None, cancel_url=home, initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            services.tell_meeting(introduction=about, by=request.membership, **form.cleaned_data)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(request, _("Dank je. De coach leest het."))
            return redirect(home)
    context = {
        "form": form, "introduction": about, "home": home, "layout": layout,
        "for_candidate": request.membership.role == Role.CANDIDATE,
    }  # fmt: skip
    return render(request, "matching/meeting_tell.html", context)


def own_meeting(found: Match, introduction: Introduction | None) -> dict[str, Any]:
    """What the candidate's page says about the meeting: moments to choose from, the way there, how it was."""
    empty: dict[str, Any] = {"to_answer": 0, "route": None, "told": None, "may_tell": False}
    if introduction is None or not introduction.open:
        return empty
    planned = found.state == MatchState.MEETING_PLANNED
    told = MeetingAccount.objects.of_now(introduction).filter(teller=Teller.CANDIDATE).first()
    waits = [one for one in open_options(introduction) if not one.candidate_says]
    return {
        "to_answer": len(waits) if found.state in CAN_PLAN else 0,
        "route": route_to(found, introduction.place) if planned else None,
        "told": told,
        "may_tell": can_tell(found, introduction),
    }


def our_meeting(introduction: Introduction, membership: Membership) -> dict[str, Any]:
    """What the employer's page says about it."""
    told = MeetingAccount.objects.visible_to(membership).of_now(introduction)
    options = open_options(introduction)
    waits = [one for one in options if not one.employer_says]
    was = introduction.starts_at is not None and introduction.starts_at <= timezone.now()
    return {"to_answer": len(waits), "options": options, "told": told.first(), "may_tell": was}


@allow(Role.CANDIDATE)
@require_GET
def my_meeting_note(request: Request, pk: int) -> HttpResponse:
    """My meeting on one page, to print or keep."""
    return note_response(_mine(request, pk))


@allow(Role.CANDIDATE)
@require_GET
def my_meeting_calendar(request: Request, pk: int) -> HttpResponse:
    """My meeting for my own calendar."""
    found = _mine(request, pk)
    return calendar_response(found, get_object_or_404(Introduction, match=found))
