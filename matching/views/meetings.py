"""Planning a meeting, the calendar file, and how it went; then the work can begin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from matching import emails, services
from matching.enums import MatchState
from matching.forms.meetings import MeetingForm, OutcomeForm
from matching.forms.work import PlaceForm
from matching.models import Introduction, Match, Placement
from matching.paths import PAUSE_DAYS
from matching.views.matches import ACTORS, STAFF, acting, back, seen, show_form


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def meeting_plan(request: Request, pk: int) -> HttpResponse:
    """When and where; saving sends the appointment to candidate, employer and coach."""
    found = acting(request, pk)
    introduction = get_object_or_404(Introduction, match=found)
    again = found.state == MatchState.MEETING_PLANNED
    form = MeetingForm(
        request.POST or None, cancel_url=back(found), again=again, initial=_meeting_now(introduction, found)
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.plan_meeting(
                match=found, starts_at=form.starts_at(), place=said["place"], companion=said["companion"],
                minutes=said["minutes"], by=request.membership,
            )  # fmt: skip
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(request, _("De afspraak staat. Iedereen krijgt bericht, met een bestand voor de agenda."))
            return redirect(back(found))
    title = _("Verzet de kennismaking") if again else _("Plan de kennismaking")
    return show_form(request, found, form, title=title, introduction=introduction)


def _meeting_now(introduction: Introduction, found: Match) -> dict[str, Any]:
    """What was agreed, or else the place where the work is."""
    if introduction.starts_at:
        starts = timezone.localtime(introduction.starts_at)
        return {
            "day": starts.date(), "time": starts.time(), "minutes": introduction.minutes,
            "place": introduction.place, "companion": introduction.companion,
        }  # fmt: skip
    location = found.position.location
    coach = found.candidate.coach
    return {
        "place": f"{found.employer.name}, {location}" if location else found.employer.name,
        "companion": str(coach.user) if coach else "",
    }


@allow(*STAFF)
@require_GET
def meeting_calendar(request: Request, pk: int) -> HttpResponse:
    """The meeting as a file for one's own calendar."""
    found = seen(request, pk)
    introduction = get_object_or_404(Introduction, match=found)
    if introduction.starts_at is None:
        raise Http404
    content = emails.calendar(introduction, found, method="PUBLISH")
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="kennismaking.ics"'},
    )


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def meeting_record(request: Request, pk: int) -> HttpResponse:
    """How the meeting was for each of them."""
    found = acting(request, pk)
    form = OutcomeForm(request.POST or None, cancel_url=back(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.record_meeting(match=found, **form.cleaned_data, by=request.membership)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(request, _("Bewaard. Nu kan de plaatsing beginnen, of plan nog een gesprek."))
            return redirect(back(found))
    return show_form(request, found, form, title=_("Hoe was de kennismaking?"))


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def match_place(request: Request, pk: int) -> HttpResponse:
    """Begin the work."""
    found = acting(request, pk)
    form = PlaceForm(
        request.POST or None, by=request.membership, employer=found.employer, earlier=_earlier(request, found),
        asked=request.GET, ask_url=reverse("matching:match_place", args=[pk]), cancel_url=back(found),
        submit=_("Begin plaatsing"), initial=_place_now(found) | {"previous": request.GET.get("vervolg")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            try:
                placement = services.place(match=found, **form.values(), by=request.membership)
            except NotAllowedNow as reason:
                form.add_error(None, str(reason))
            else:
                tell(request, _("%(name)s is begonnen.") % {"name": found.candidate.first_name})
                return first.done(reverse("matching:placement", args=[placement.pk]))
    title = _("%(name)s begint bij %(employer)s") % {
        "name": found.candidate.first_name,
        "employer": found.employer.name,
    }
    return show_form(request, found, form, title=title)


def _earlier(request: Request, found: Match) -> QuerySet[Placement]:
    """Work of this person that may go on into this: it runs, or ended no longer ago than a pause may last."""
    since = timezone.localdate() - timedelta(days=PAUSE_DAYS)
    rows = Placement.objects.visible_to(request.membership).filter(
        candidate=found.candidate_id, following=None
    )
    return rows.filter(Q(ended_on=None) | Q(ended_on__gte=since)).select_related("employer", "position")


def _place_now(found: Match) -> dict[str, Any]:
    """What position and candidate already say."""
    position = found.position
    intake = getattr(found.candidate, "intake", None)
    return {
        "form": position.form,
        "starts_on": position.starts_from
        if position.starts_from and position.starts_from > timezone.localdate()
        else timezone.localdate(),
        "hours": (intake.hours_now if intake and intake.hours_now else None) or position.hours_min,
        "ends_on": position.ends_on,
        "supervisor": position.guide_name,
        "employer_of_record": found.employer.name,
    }
