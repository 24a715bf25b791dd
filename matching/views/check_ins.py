"""Conversations after the start: both sides side by side, the history of one placement, moved or skipped."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.audit.services import record_read
from buurtbaan.drafts.conflicts import settle
from buurtbaan.drafts.keeping import keep
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.charts import Course, Courses, Point
from buurtbaan.ui.feedback import tell
from employers.views.shortcuts import back_to
from matching import services
from matching.enums import CheckInMood, QuestionKind
from matching.forms.check_ins import CheckInForm, MoveForm, SkipForm
from matching.models import CheckIn, EmployerQuestion, Placement
from matching.permissions import can_act
from matching.questions import CANDIDATE, EMPLOYER, told
from matching.services.check_ins import READ, WRITTEN, lock_check_in
from matching.views.matches import ACTORS, STAFF

ROWS = ("candidate__coach__user", "employer", "position")
NEAR = timedelta(days=14)
"""How long before its day a conversation may be written down as the main act of the page."""
MOODS = {CheckInMood.HARD: 1, CheckInMood.MIXED: 2, CheckInMood.GOOD: 3}
"""The words of a mood as steps of a drawing; nothing is ever counted with them."""


def _found(request: Request, pk: int) -> CheckIn:
    rows = CheckIn.objects.visible_to(request.membership)
    return get_object_or_404(rows.select_related(*(f"placement__{row}" for row in ROWS)), pk=pk)


def _acting(request: Request, pk: int) -> CheckIn:
    found = _found(request, pk)
    if not can_act(request.membership, found):
        raise PermissionDenied(_("Een coach of de bureauleider voert dit gesprek. Vraag het aan de coach."))
    return found


def history_of(placement_id: int) -> str:
    """Every conversation of a placement."""
    return reverse("matching:placement_check_ins", args=[placement_id])


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def check_in(request: Request, pk: int) -> HttpResponse:
    """Write a conversation down, beside what the employer said for the same week."""
    found = _acting(request, pk)
    url = history_of(found.placement_id)

    def now(data: Any) -> CheckInForm:
        return CheckInForm(data, check_in=lock_check_in(found), cancel_url=url)

    first = CheckInForm(request.POST if request.method == "POST" else None, check_in=found, cancel_url=url)
    form, clash = settle(request, first, now)
    if clash:
        return clash
    if request.method == "POST" and form.is_valid():
        try:
            services.do_check_in(check_in=found, **form.said(), by=request.membership)
        except NotAllowedNow as reason:
            form.add_error("done_on", str(reason))
        else:
            tell(request, _("Nazorggesprek bewaard."), undo_url=_undo(pk, WRITTEN))
            return redirect(url)
    title = _("Nazorggesprek in week %(week)s") % {"week": found.week}
    keep(request, form, title=title, candidate_id=found.candidate_id)
    if request.method == "GET":
        record_read(by=request.membership, candidate_id=found.candidate_id, what="placement")
    context = {
        "check": found, "placement": found.placement, "form": form, "title": title,
        "sides": [_sides(found, _employers(found.placement).get(found.week))],
    }  # fmt: skip
    return render(request, "matching/check_in.html", context)


def _employers(placement: Placement) -> dict[int, EmployerQuestion]:
    rows = placement.employer_questions.filter(kind=QuestionKind.CHECK_IN)
    return {row.week: row for row in rows if row.week is not None}


def _sides(check: CheckIn, question: EmployerQuestion | None) -> dict[str, Any]:
    """One week as both sides tell it."""
    return {
        "check": check,
        "candidate": told(CANDIDATE, version=check.version, answers=check.answers),
        "question": question,
        "employer": told(EMPLOYER, version=question.version, answers=question.answers) if question else [],
    }


@allow(*STAFF)
@require_GET
def placement_check_ins(request: Request, pk: int) -> HttpResponse:
    """How it went over time, in words of both sides; what is to come stands on top."""
    rows = Placement.objects.visible_to(request.membership).select_related(*ROWS)
    placement = get_object_or_404(rows, pk=pk)
    record_read(by=request.membership, candidate_id=placement.candidate_id, what="placement")
    checks = list(placement.check_ins.select_related("by__user").order_by("week"))
    said, today = _employers(placement), timezone.localdate()
    weeks = [_sides(check, said.get(check.week)) for check in checks]
    open_ones = [week for week in weeks if week["check"].is_open]
    running = placement.ended_on is None or placement.ended_on >= today
    context = {
        "placement": placement,
        "chart": mood_chart(checks, said),
        "coming": open_ones if running else [],
        "due": next((check for check in checks if _is_due(check, today)), None) if running else None,
        "past": [week for week in reversed(weeks) if not week["check"].is_open],
        "missed": [] if running else open_ones,
        "may": can_act(request.membership, placement),
        "today": today,
    }
    return render(request, "matching/placement_check_ins.html", context)


def _is_due(check: CheckIn, today: date) -> bool:
    """Whether this is the conversation to write down now."""
    return check.is_open and (check.told_on is not None or check.due_on <= today + NEAR)


def mood_chart(checks: list[CheckIn], said: dict[int, EmployerQuestion]) -> Courses | None:
    """Two strips with words, the candidate's and the employer's; nothing to draw before there are two points."""
    own = [
        Point(check.told_on, MOODS[CheckInMood(check.mood)], check.get_mood_display())
        for check in sorted(checks, key=lambda check: (str(check.told_on), check.week))
        if check.mood and check.told_on
    ]
    theirs = [
        Point(timezone.localdate(row.answered_at), MOODS[CheckInMood(row.going)], row.get_going_display())
        for _week, row in sorted(said.items())
        if row.going and row.answered_at
    ]
    if len(own) + len(theirs) < 2:
        return None
    both = ((_("Kandidaat"), own), (_("Werkgever"), theirs))
    courses = tuple(Course(name, tuple(points)) for name, points in both if points)
    lines = (
        f"{course.label}: "
        + ", ".join(f"{date_format(point.on, 'j F')} {point.word.lower()}" for point in course.points)
        for course in courses
    )
    return Courses(
        id="nazorg",
        title=_("Hoe het gaat op het werk"),
        description=". ".join(lines),
        courses=courses,
        steps=3,
    )


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def check_in_move(request: Request, pk: int) -> HttpResponse:
    """Another day for a conversation."""
    found = _acting(request, pk)
    url = history_of(found.placement_id)
    form = MoveForm(request.POST if request.method == "POST" else None, cancel_url=url)
    if request.method == "POST" and form.is_valid():
        moved = services.move_check_in(check_in=found, **form.cleaned_data, by=request.membership)
        text = _("Het gesprek staat nu op %(day)s.") % {"day": date_format(moved.due_on, "l j F")}
        tell(request, text, undo_url=reverse("matching:check_in_move_back", args=[pk]))
        return back_to(request, url)
    title = _("Verzet het gesprek van week %(week)s") % {"week": found.week}
    return _form_page(request, found, form, title)


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def check_in_skip(request: Request, pk: int) -> HttpResponse:
    """No conversation this time, and why."""
    found = _acting(request, pk)
    url = history_of(found.placement_id)
    form = SkipForm(request.POST if request.method == "POST" else None, cancel_url=url)
    if request.method == "POST" and form.is_valid():
        services.skip_check_in(check_in=found, **form.cleaned_data, by=request.membership)
        tell(
            request, _("Dit gesprek slaan we over."), undo_url=reverse("matching:check_in_unskip", args=[pk])
        )
        return redirect(url)
    return _form_page(
        request, found, form, _("Sla het gesprek van week %(week)s over") % {"week": found.week}
    )


def _form_page(request: Request, found: CheckIn, form: Any, title: str) -> HttpResponse:
    keep(request, form, title=title, candidate_id=found.candidate_id)
    context = {"placement": found.placement, "form": form, "title": title}
    return render(request, "matching/placement_form.html", context)


@allow(*ACTORS)
@require_POST
def check_in_move_back(request: Request, pk: int) -> HttpResponse:
    """Back to its own day."""
    found = _acting(request, pk)
    services.move_back_check_in(check_in=found, by=request.membership)
    tell(request, _("Het gesprek staat weer op zijn eigen dag."))
    return redirect(history_of(found.placement_id))


@allow(*ACTORS)
@require_POST
def check_in_unskip(request: Request, pk: int) -> HttpResponse:
    """Not skipped after all."""
    found = _acting(request, pk)
    services.unskip_check_in(check_in=found, by=request.membership)
    tell(request, _("Het gesprek staat weer open."))
    return redirect(history_of(found.placement_id))


@allow(*ACTORS)
@require_POST
def check_in_read(request: Request, pk: int) -> HttpResponse:
    """Read what the candidate wrote; that is enough for this week."""
    found = _acting(request, pk)
    services.read_check_in(check_in=found, by=request.membership)
    tell(request, _("Gelezen."), undo_url=_undo(pk, READ))
    return back_to(request, history_of(found.placement_id))


def _undo(pk: int, act: str) -> str:
    """Takes back what was done just now, and not what a colleague did since."""
    return f"{reverse('matching:check_in_undo', args=[pk])}?wat={act}"


@allow(*ACTORS)
@require_POST
def check_in_undo(request: Request, pk: int) -> HttpResponse:
    """Not read, or not spoken, after all."""
    found = _acting(request, pk)
    act = request.GET.get("wat", "")
    services.take_back_check_in(check_in=found, act=act, by=request.membership)
    tell(request, _("Teruggedraaid. Het gesprek staat weer zoals het was."))
    return redirect(history_of(found.placement_id))


@allow(*ACTORS)
@require_POST
def check_in_send(request: Request, pk: int) -> HttpResponse:
    """Mail the questions to the candidate, behind a link that opens them once."""
    found = _acting(request, pk)
    services.send_questions(check_in=found, by=request.membership)
    tell(request, _("De vragen zijn onderweg. Je leest het antwoord hier en op je daglijst."))
    return redirect("matching:check_in", pk)
