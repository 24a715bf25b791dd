"""Trainings: what, when, who takes part, who was there, and what somebody takes along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Text
from candidates.forms.neighbourhood import ResultForm, SessionForm, TrainingForm
from candidates.models import Candidate, SessionAttendance, Training, TrainingPlace, TrainingSession
from candidates.services import trainings as services
from candidates.views.screens import act, choosable, chosen, page_of
from candidates.views.shortcuts import STAFF_ROLES, editable_candidate

PLACES_SHOWN = 100


def _training(request: Request, pk: int) -> Training:
    return get_object_or_404(Training.objects.visible_to(request.membership), pk=pk)


@allow(*STAFF_ROLES)
@require_GET
def training_list(request: Request) -> HttpResponse:
    """What runs, or what is over."""
    over = request.GET.get("stand") == "klaar"
    rows = Training.objects.visible_to(request.membership).filter(closed_on__isnull=not over)
    rows = rows.annotate(
        people=Count("places", filter=Q(places__stopped_on=None), distinct=True),
        days=Count("sessions", distinct=True),
        first_day=Min("sessions__starts_at"),
        last_day=Max("sessions__starts_at"),
    )
    page = page_of(request, rows.order_by("-closed_on", "first_day", "pk"))
    return render(request, "neighbourhood/training_list.html", {"page": page, "over": over, "runs": not over})


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def training_new(request: Request) -> HttpResponse:
    """A new one; its days come after."""
    form = TrainingForm(posted(request))

    def do() -> tuple[Text, str]:
        made = services.save_training(values=form.cleaned_data, by=request.membership)
        return _("De training staat. Zet er nu een dag bij."), reverse(
            "neighbourhood:training", args=[made.pk]
        )

    back = reverse("neighbourhood:training_list")
    return act(
        request,
        form,
        "neighbourhood/training_new.html",
        {},
        submit=_("Bewaar training"),
        back=back,
        do=do,
        draft=_("Training"),
    )


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def training_edit(request: Request, pk: int) -> HttpResponse:
    """A better description."""
    found = _training(request, pk)
    back = reverse("neighbourhood:training", args=[pk])
    form, clash = settle_row(request, found, lambda data, row: TrainingForm(data, instance=row))
    if clash:
        return clash

    def do() -> tuple[Text, str]:
        services.save_training(training=found, values=form.cleaned_data, by=request.membership)
        return _("De training is veranderd."), back

    return act(
        request,
        form,
        "neighbourhood/training_edit.html",
        {"training": found},
        submit=_("Bewaar"),
        back=back,
        do=do,
        draft=_("Training"),
    )


@allow(*STAFF_ROLES)
@require_GET
def training(request: Request, pk: int) -> HttpResponse:
    """Days and people side by side."""
    found = _training(request, pk)
    sessions = found.sessions.annotate(
        came=Count("attendance", filter=Q(attendance__came=True)), ticked=Count("attendance")
    )
    days = SessionAttendance.objects.filter(session__training=found, came=True).values("candidate")
    came = {row["candidate"]: row["n"] for row in days.annotate(n=Count("pk")).order_by()}
    places = found.places.select_related("candidate").order_by("candidate__search_name", "pk")[:PLACES_SHOWN]
    mine = _open_to(request, [one.candidate_id for one in places])
    context = {
        "training": found,
        "sessions": sessions.order_by("starts_at", "pk"),
        "places": [(one, came.get(one.candidate_id, 0), one.candidate_id in mine) for one in places],
    }
    return render(request, "neighbourhood/training.html", context)


def _open_to(request: Request, ids: list[int]) -> set[int]:
    """Whose files the reader may open; of the others there is only a name."""
    files = Candidate.objects.visible_to(request.membership).filter(pk__in=ids)
    return set(files.values_list("pk", flat=True))


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def session_new(request: Request, pk: int) -> HttpResponse:
    """One more day; it begins as the last one, a week later."""
    found = _training(request, pk)
    last = found.sessions.order_by("-starts_at").first()
    initial: dict[str, Any] = {}
    if last:
        next_week = timezone.localtime(last.starts_at) + timedelta(weeks=1)
        initial = {"starts_at": next_week.replace(tzinfo=None), "minutes": last.minutes}
    form = SessionForm(posted(request), initial=initial)
    back = reverse("neighbourhood:training", args=[pk])

    def do() -> tuple[Text, str]:
        services.add_session(training=found, by=request.membership, **form.cleaned_data)
        return _("De dag staat erbij."), back

    return act(
        request,
        form,
        "neighbourhood/session_new.html",
        {"training": found},
        submit=_("Bewaar dag"),
        back=back,
        do=do,
    )


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def training_add(request: Request, pk: int) -> HttpResponse:
    """Let people from the own caseload take part."""
    found = _training(request, pk)
    error = ""
    if request.method == "POST":
        try:
            count = services.join_training(training=found, people=chosen(request), by=request.membership)
        except NotAllowedNow as reason:
            error = str(reason)
        else:
            said = ngettext("%(n)s persoon erbij.", "%(n)s mensen erbij.", count) % {"n": count}
            tell(request, said if count else _("Er is niemand bij gekomen."))
            return redirect("neighbourhood:training", pk=pk)
    there = set(found.places.filter(stopped_on=None).values_list("candidate_id", flat=True))
    context = {
        "training": found,
        "people": [(one, one.pk in there) for one in choosable(request)],
        "q": request.GET.get("q", ""),
        "error": error,
        "ticked": request.POST.getlist("wie"),
    }
    return render(request, "neighbourhood/training_add.html", context)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def session_attendance(request: Request, pk: int, session: int) -> HttpResponse:
    """Who was there on a day: one tap per person."""
    found = _training(request, pk)
    days = TrainingSession.objects.visible_to(request.membership).filter(training=found)
    day = get_object_or_404(days, pk=session)
    here = reverse("neighbourhood:session_attendance", args=[pk, session])
    if request.method == "POST":
        number, _colon, answer = request.POST.get("wie", "").partition(":")
        if answer not in ("came", "missed", "") or not number.isdecimal() or len(number) > 15:
            raise NotAllowedNow(_("Deze knop kennen we niet. Kies er een uit de lijst."))
        place = get_object_or_404(found.places.all(), pk=number)
        came = {"came": True, "missed": False}.get(answer)
        services.mark_attendance(session=day, place=place, came=came, by=request.membership)
        return redirect(f"{here}#gast-{place.pk}")
    ticked = dict(day.attendance.values_list("candidate_id", "came"))
    places = found.places.filter(stopped_on=None).select_related("candidate")
    ordered = places.order_by("candidate__search_name", "pk")[:PLACES_SHOWN]
    context = {
        "training": found,
        "session": day,
        "places": [(place, ticked.get(place.candidate_id)) for place in ordered],
        "came": sum(ticked.values()),
    }
    return render(request, "neighbourhood/session_attendance.html", context)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def training_result(request: Request, pk: int, place: int) -> HttpResponse:
    """What somebody says about it; only who may write in their file."""
    rows = TrainingPlace.objects.visible_to(request.membership).filter(training=pk)
    found = get_object_or_404(rows.select_related("training"), pk=place)
    candidate = editable_candidate(request, found.candidate_id)
    ending = "finished" if found.finished_on else "stopped" if found.stopped_on else ""
    form = ResultForm(posted(request), initial={"result": found.result, "ending": ending})
    back = reverse("neighbourhood:training", args=[pk])

    def do() -> tuple[Text, str]:
        services.save_result(place=found, by=request.membership, **form.cleaned_data)
        return _("Bewaard."), back

    context = {"training": found.training, "candidate": candidate}
    return act(
        request, form, "neighbourhood/training_result.html", context, submit=_("Bewaar"), back=back, do=do
    )


@allow(*STAFF_ROLES)
@require_POST
def training_close(request: Request, pk: int) -> HttpResponse:
    """It is over."""
    services.close_training(training=_training(request, pk), by=request.membership)
    tell(request, _("De training is afgerond."))
    return redirect("neighbourhood:training", pk=pk)
