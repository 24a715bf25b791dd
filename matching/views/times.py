"""Finding a moment together: the coach proposes and settles; candidate and employer say what suits."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from matching import services
from matching.enums import Teller
from matching.forms.meetings import FitsForm, StaffTimesForm, TimesForm
from matching.models import Introduction, Match, MeetingOption
from matching.services.times import CAN_PLAN, Time, open_options, side_of, to_choose
from matching.views.matches import ACTORS, acting, back
from matching.views.meetings import introduction_of, meeting_now


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def times_propose(request: Request, pk: int) -> HttpResponse:
    """Up to five moments; the candidate and the employer get a link to say which suit."""
    found = acting(request, pk)
    introduction = introduction_of(found)
    form = StaffTimesForm(
        request.POST or None, bureau_id=found.bureau_id, initial=meeting_now(introduction, found)
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        more = {"companion": said["companion"], "companion_member": said["companion_member"]}
        if done := _propose(request, found, form, back(found), **more):
            return done
    context = {
        "match": found,
        "form": form,
        "options": open_options(introduction),
        "possible": found.state in CAN_PLAN,
    }
    return render(request, "matching/times_propose.html", context)


def _propose(request: Request, found: Match, form: Any, url: str, **more: Any) -> HttpResponse | None:
    """Put the moments forward once; what is not possible now is said in the form."""
    said = form.cleaned_data
    times = [Time(moment, said["place"], said["minutes"]) for moment in said["moments"]]
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        try:
            services.propose_times(match=found, times=times, by=request.membership, **more)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
            return None
        tell(
            request, _("Gevraagd. Wie het laatst antwoordt, kiest het moment. Je hoort het zodra het staat.")
        )
        return first.done(url)


@allow(*ACTORS)
@require_POST
def times_settle(request: Request, pk: int) -> HttpResponse:
    """Take this moment, whether or not everybody answered."""
    option = get_object_or_404(
        MeetingOption.objects.visible_to(request.membership).select_related("introduction__match"), pk=pk
    )
    found = acting(request, option.introduction.match_id)
    services.settle_time(option=option, by=request.membership)
    tell(
        request,
        _("De afspraak staat. Iedereen krijgt bericht, met een bestand voor de agenda."),
        undo_url=reverse("matching:meeting_cancel", args=[found.pk]),
        undo_label=_("Terugdraaien"),
    )
    return redirect(back(found))


# the candidate


@allow(Role.CANDIDATE)
@require_http_methods(["GET", "POST"])
def my_times(request: Request, pk: int) -> HttpResponse:
    """When I can meet: tick what suits, or choose when I am the last."""
    mine = Match.objects.visible_to(request.membership).select_related("position", "employer")
    found = get_object_or_404(mine, pk=pk)
    home = reverse("matching:my_proposal", args=[pk])
    about = get_object_or_404(Introduction, match=found)
    return answer_times(request, about, by=request.membership, home=home, layout="layout/plain.html")


# the employer


def _introduced(request: Request, pk: int) -> Introduction:
    return get_object_or_404(Introduction.objects.visible_to(request.membership), pk=pk)


@allow(Role.EMPLOYER)
@require_http_methods(["GET", "POST"])
def introduction_times(request: Request, pk: int) -> HttpResponse:
    """When we can meet: tick what suits, or choose when we are the last."""
    found = _introduced(request, pk)
    home = reverse("matching:my_introduction", args=[pk])
    return answer_times(request, found, by=request.membership, home=home, layout="layout/base.html")


@allow(Role.EMPLOYER)
@require_http_methods(["GET", "POST"])
def introduction_propose(request: Request, pk: int) -> HttpResponse:
    """The employer names moments."""
    found = _introduced(request, pk)
    form = TimesForm(request.POST or None, initial={"place": found.place})
    home = reverse("matching:my_introduction", args=[pk])
    about = Match(pk=found.match_id, bureau_id=found.bureau_id)
    if request.method == "POST" and form.is_valid() and (done := _propose(request, about, form, home)):
        return done
    return render(request, "matching/introduction_propose.html", {"introduction": found, "form": form})


# what they share


def fits_form(request: Any, about: Introduction, side: Teller, *, home: str = "") -> FitsForm | None:
    """The form with what can still be chosen; None when nothing can."""
    options = open_options(about)
    if not options:
        return None
    data = request.POST if request.method == "POST" else None
    return FitsForm(data, options=options, to_choose=to_choose(options, side), cancel_url=home)


def answer_times(request: Any, about: Introduction, *, by: Any, home: str, layout: str) -> HttpResponse:
    """Draw the moments, or take the answer."""
    form = fits_form(request, about, side_of(by), home=home)
    if form is None:
        tell(request, _("Er valt nu niets te kiezen. Je hoort van de coach wanneer het is."))
        return redirect(home)
    if request.method == "POST" and form.is_valid():
        try:
            done = services.answer_times(introduction=about, by=by, **form.said())
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(request, said_back(done))
            return redirect(home)
    context = {"form": form, "introduction": about, "home": home, "layout": layout}
    return render(request, "matching/times_answer.html", context)


def said_back(about: Introduction) -> str:
    """What happens now."""
    if about.starts_at and about.starts_at > timezone.now():
        return _("De afspraak staat. Je krijgt een bericht, met een bestand voor je agenda.")
    return _("Dank je. Je hoort het zodra er een moment is.")
