"""The employer's own pages: introductions to answer in one tap, and who works here."""

from __future__ import annotations

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
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.ui.feedback import tell
from matching import services
from matching.enums import QuestionKind, YesNo
from matching.forms.matches import NoForm
from matching.models import EmployerQuestion, HoursStep, Introduction, Placement
from matching.services import asking
from matching.views.employer_answers import hours_form, people_here, week_form, who
from matching.views.matches import shared_rows
from matching.views.own_meetings import our_meeting


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
    mine = Introduction.objects.visible_to(request.membership).select_related("companion_member__user")
    found = get_object_or_404(mine, pk=pk)
    answer = request.POST.get("answer", "")
    no = NoForm(request.POST if answer == "no" else None)
    if answer == "yes":
        return _answer(request, found, answer="yes", note=request.POST.get("note", ""))
    if answer == "no" and no.is_valid():
        return _answer(request, found, answer="no", **no.cleaned_data)
    record_read(
        by=request.membership, candidate_id=found.candidate_id, what="introduction", bureau_id=found.bureau_id
    )
    context = {
        "introduction": found, "shared": shared_rows(found), "no": no, "said_no": answer == "no",
        **our_meeting(found, request.membership),
    }  # fmt: skip
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
    """Who works here, since when and for how many hours; hours to confirm, and how it goes."""
    found = people_here(request.membership, to_sign=True)
    context = {
        "running": [(one, who(one)) for one in found if not one.is_over],
        "past": [one for one in found if one.is_over],
    }
    return render(request, "matching/my_placements.html", context)


def _at_work(request: Request, pk: int) -> Placement:
    """Somebody who works here; reading it leaves a line."""
    rows = Placement.objects.visible_to(request.membership).select_related("position")
    found = get_object_or_404(rows, pk=pk)
    if request.method == "GET":
        record_read(
            by=request.membership,
            candidate_id=found.candidate_id,
            what="placement",
            bureau_id=found.bureau_id,
        )
    return found


@allow(Role.EMPLOYER)
@require_http_methods(["GET", "POST"])
def my_check_in(request: Request, pk: int) -> HttpResponse:
    """A few short questions about somebody who works here."""
    found = _at_work(request, pk)
    home = reverse("matching:my_placements")
    told = EmployerQuestion.objects.visible_to(request.membership).filter(
        placement=found, kind=QuestionKind.CHECK_IN, answered_at__isnull=False
    )
    week = asking.due_week(found, {week for week in told.values_list("week", flat=True) if week})
    if week is None:
        context = {"placement": found, "name": who(found), "last": told.order_by("-week").first()}
        return render(request, "matching/my_check_in_done.html", context)
    form = week_form(found, week, request.POST if request.method == "POST" else None, cancel_url=home)
    keep(request, form, title=_("Hoe gaat het"), candidate_id=found.candidate_id)
    if request.method == "POST" and form.is_valid():
        services.answer_week(placement=found, week=week, by=request.membership, **form.said())
        tell(request, _("Dank je. De coach leest het."))
        return redirect(home)
    return render(
        request, "matching/my_check_in.html", {"placement": found, "form": form, "name": who(found)}
    )


@allow(Role.EMPLOYER)
@require_http_methods(["GET", "POST"])
def hours_answer(request: Request, pk: int) -> HttpResponse:
    """One step in hours: right, or not, with a word for the coach."""
    steps = HoursStep.objects.visible_to(request.membership).filter(
        during__startswith__lte=timezone.localdate()
    )
    step = get_object_or_404(steps.select_related("placement"), pk=pk)
    home = reverse("matching:my_placements")
    says_no = request.GET.get("klopt") == "nee"
    data = request.POST if request.method == "POST" else None
    form = hours_form(step, data, cancel_url=home, says_no=says_no)
    if request.method == "POST" and form.is_valid():
        right = form.cleaned_data["hours_right"] == YesNo.YES
        services.answer_hours(step=step, right=right, words=form.cleaned_data["words"], by=request.membership)
        tell(
            request,
            _("Dank je. De uren zijn bevestigd.")
            if right
            else _("Dank je. De coach kijkt naar de uren en belt je."),
        )
        return redirect(home)
    context = {"form": form, "name": who(step.placement), "placement": step.placement}
    return render(request, "matching/my_hours.html", context)


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
