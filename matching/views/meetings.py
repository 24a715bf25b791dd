"""Planning a meeting, moving and calling it off, the calendar file and the note on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.audit.services import record_read
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from matching import emails, recipients, services
from matching.enums import MatchState
from matching.forms.meetings import MeetingForm
from matching.forms.work import PlaceForm
from matching.models import Introduction, Match, Placement
from matching.paths import PAUSE_DAYS
from matching.route import route_to
from matching.services.meetings import Plan
from matching.views.hours import tell_with_undo
from matching.views.matches import ACTORS, STAFF, acting, back, seen, shared_rows, show_form


def introduction_of(found: Match) -> Introduction:
    """The introduction of a match, with who comes along; 404 before there is one."""
    return get_object_or_404(Introduction.objects.select_related("companion_member__user"), match=found)


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def meeting_plan(request: Request, pk: int) -> HttpResponse:
    """When and where; then who gets which message; then it goes to candidate, employer and coach."""
    found = acting(request, pk)
    introduction = introduction_of(found)
    again = found.state == MatchState.MEETING_PLANNED
    form = MeetingForm(
        request.POST or None, cancel_url=back(found), again=again, bureau_id=found.bureau_id,
        initial=meeting_now(introduction, found),
    )  # fmt: skip
    if request.method == "POST" and "change" not in request.POST and form.is_valid():
        plan = _plan(form.cleaned_data)
        if "confirmed" not in request.POST:
            return _check(request, found, introduction, form, plan, again=again)
        try:
            services.plan_meeting(match=found, plan=plan, by=request.membership)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            return _planned(request, found)
    title = _("Verzet de kennismaking") if again else _("Plan de kennismaking")
    return show_form(request, found, form, title=title, introduction=introduction)


def _plan(said: dict[str, Any]) -> Plan:
    names = ("starts_at", "place", "minutes", "companion", "companion_member")
    return Plan(**{name: said[name] for name in names})


def _planned(request: Request, found: Match) -> HttpResponse:
    tell(
        request,
        _("De afspraak staat. Iedereen krijgt bericht, met een bestand voor de agenda."),
        undo_url=reverse("matching:meeting_cancel", args=[found.pk]),
        undo_label=_("Terugdraaien"),
    )
    return redirect(back(found))


def _check(
    request: Request, found: Match, introduction: Introduction, form: MeetingForm, plan: Plan, *, again: bool
) -> HttpResponse:
    """Everybody who will get a message, with its words, before anything leaves."""
    for name, value in plan.values().items():
        setattr(introduction, name, value)
    context = {
        "match": found,
        "recipients": recipients.of_meeting(found, introduction, again=again),
        "introduction": introduction,
        "shared": shared_rows(introduction),
        "kept": [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"],
        "again": again,
    }
    return render(request, "matching/meeting_check.html", context)


def meeting_now(introduction: Introduction, found: Match) -> dict[str, Any]:
    """What was agreed, or else the place where the work is and the coach."""
    coach = found.candidate.coach
    member = introduction.companion_member_id
    others = introduction.companion
    if coach and others == str(coach.user):
        member, others = coach.pk, ""
    company = {"companion": others, "companion_member": member}
    if introduction.starts_at:
        starts = timezone.localtime(introduction.starts_at)
        when = {"day": starts.date(), "time": starts.time(), "minutes": introduction.minutes}
        return {**company, **when, "place": introduction.place}
    return {
        "companion": others,
        "companion_member": member or found.candidate.coach_id,
        "place": introduction.place or usual_place(found),
    }


def usual_place(found: Match) -> str:
    """Where the work is."""
    location = found.position.location
    return f"{found.employer.name}, {location}" if location else found.employer.name


@allow(*ACTORS)
@require_POST
def meeting_cancel(request: Request, pk: int) -> HttpResponse:
    """Call the meeting off: it leaves everybody's calendar, and the proposal goes on."""
    found = acting(request, pk)
    services.cancel_meeting(match=found, note=request.POST.get("note", "")[:500], by=request.membership)
    tell(
        request,
        _("De afspraak is afgezegd. Iedereen krijgt bericht, en hij gaat uit de agenda."),
        next_url=reverse("matching:times_propose", args=[pk]),
        next_label=_("Stel nieuwe momenten voor"),
    )
    return redirect(back(found))


@allow(*STAFF)
@require_GET
def meeting_calendar(request: Request, pk: int) -> HttpResponse:
    """The meeting as a file for one's own calendar."""
    found = seen(request, pk)
    return calendar_response(found, get_object_or_404(Introduction, match=found))


def calendar_response(found: Match, introduction: Introduction) -> HttpResponse:
    """The appointment as a download."""
    if introduction.starts_at is None:
        raise Http404
    return HttpResponse(
        emails.calendar(introduction, found, method="PUBLISH"),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="kennismaking.ics"'},
    )


@allow(*STAFF)
@require_GET
def meeting_note(request: Request, pk: int) -> HttpResponse:
    """The candidate's note about the meeting, to print and give along."""
    found = seen(request, pk)
    record_read(by=request.membership, candidate_id=found.candidate_id, what="meeting_note")
    return note_response(found)


def note_response(found: Match) -> HttpResponse:
    """On one page, in the candidate's language: when, where, how to get there, who, what to bring, whom to call."""
    from buurtbaan.ui.pdf import document_pdf, pdf_response

    introduction = introduction_of(found)
    if introduction.starts_at is None:
        raise Http404
    with translation.override(found.candidate.language):
        context = {
            "match": found, "introduction": introduction, "candidate": found.candidate, "bureau": found.bureau,
            "route": route_to(found, introduction.place), "coach": found.candidate.coach,
            "shared": shared_rows(introduction),
        }  # fmt: skip
        data = document_pdf("documents/candidates/meeting.html", context, moment=introduction.updated_at)
        return pdf_response(data, _("Je kennismaking"))


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
                said = _("%(name)s is begonnen.") % {"name": found.candidate.first_name}
                tell_with_undo(request, placement.pk, said)
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
