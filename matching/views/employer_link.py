"""The page behind the link in an employer's e-mail. Looking uses nothing up; one post answers; then it explains."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from buurtbaan.access import by_link
from buurtbaan.audit.services import record_read
from buurtbaan.errors import NotAllowedNow
from buurtbaan.throttle import too_often
from buurtbaan.ui.feedback import tell
from matching import services
from matching.enums import QuestionKind, Teller, YesNo
from matching.forms.matches import NoForm
from matching.forms.meetings import TellForm
from matching.models import Introduction, Placement
from matching.services.links import Opened, opened, spend
from matching.views import coach_signing
from matching.views.employer_answers import hours_form, week_form, who
from matching.views.matches import shared_rows
from matching.views.times import fits_form

RATES = "20/5m/ip,100/h/ip"
THANKS = {
    "yes": gettext_lazy("Fijn. De coach neemt contact op om de kennismaking te plannen."),
    "no": gettext_lazy("Duidelijk. We vertellen het aan de kandidaat."),
}


@by_link
@require_http_methods(["GET", "POST"])
def employer_link(request: HttpRequest, token: str) -> HttpResponse:
    """One question to one contact, who needs no account."""
    if request.method == "POST" and too_often(request, "employer_link", RATES):
        return _over(request, None, why="often", status=429)
    with opened(token) as found:
        if found is None:
            return _over(request, None, why="unknown", status=404)
        if not found.waits:
            return _over(request, found, why=_why(found))
        about = found.question.introduction
        if about is not None and found.question.kind != QuestionKind.INTRODUCTION:
            return _meeting(request, token, found, about)
        if about is not None:
            return _introduction(request, token, found, about)
        if found.question.period is not None:
            return coach_signing.by_link(request, token, found, found.question.period)
        assert found.question.placement is not None  # noqa: S101 - a question is about one of the two
        return _work(request, token, found, found.question.placement)


def _introduction(request: HttpRequest, token: str, found: Opened, about: Introduction) -> HttpResponse:
    answer = request.POST.get("answer", "")
    no = NoForm(request.POST if answer == "no" else None)
    if answer == "yes" or (answer == "no" and no.is_valid()):
        said = no.cleaned_data if answer == "no" else {"note": request.POST.get("note", "")}
        try:
            with transaction.atomic():
                if spend(found):
                    services.employer_answers(introduction=about, answer=answer, by=found.by, **said)
        except NotAllowedNow:
            return _over(request, found, why="answered")
        tell(request, str(THANKS[answer]))
        return redirect("matching:employer_link", token)
    record_read(by=found.by, candidate_id=found.link.candidate_id, what="introduction")
    context = {
        "introduction": about, "shared": shared_rows(about), "no": no, "said_no": answer == "no",
        "bureau": found.link.bureau, "company": found.by.employer,
    }  # fmt: skip
    return render(request, "matching/link_introduction.html", context)


def _meeting(request: HttpRequest, token: str, found: Opened, about: Introduction) -> HttpResponse:
    """When it suits, or how it was."""
    data = request.POST if request.method == "POST" else None
    times = found.question.kind == QuestionKind.TIMES
    form: Any = fits_form(request, about, Teller.EMPLOYER) if times else TellForm(data)
    if form is None:
        return _over(request, found, why="ended")
    if data is not None and form.is_valid():
        said = form.said() if times else form.cleaned_data
        act = services.answer_times if times else services.tell_meeting
        try:
            with transaction.atomic():
                if spend(found):
                    act(introduction=about, by=found.by, **said)
        except NotAllowedNow:
            return _over(request, found, why="ended")
        tell(request, _("Dank je. De coach leest het."))
        return redirect("matching:employer_link", token)
    record_read(by=found.by, candidate_id=found.link.candidate_id, what="introduction")
    context = {
        "form": form, "introduction": about, "home": "", "layout": "layout/public.html", "for_candidate": False,
        "bureau": found.link.bureau,
    }  # fmt: skip
    return render(request, f"matching/{'times_answer' if times else 'meeting_tell'}.html", context)


def _work(request: HttpRequest, token: str, found: Opened, placement: Placement) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    step = found.question.step
    form: Any = hours_form(step, data) if step else week_form(placement, found.question.week or 1, data)
    if data is not None and form.is_valid():
        with transaction.atomic():
            if spend(found):
                _note(found, placement, form.cleaned_data if step else form.said())
        tell(request, _("Dank je. De coach leest het."))
        return redirect("matching:employer_link", token)
    record_read(by=found.by, candidate_id=found.link.candidate_id, what="placement")
    context = {
        "form": form, "placement": placement, "name": who(placement), "about_hours": step is not None,
        "bureau": found.link.bureau,
    }  # fmt: skip
    return render(request, "matching/link_work.html", context)


def _note(found: Opened, placement: Placement, said: dict[str, Any]) -> None:
    if found.question.step is not None:
        services.answer_hours(
            step=found.question.step, right=said["hours_right"] == YesNo.YES, words=said["words"], by=found.by
        )
    elif found.question.week is not None:
        services.answer_week(placement=placement, week=found.question.week, by=found.by, **said)


def _why(found: Opened) -> str:
    """Why the link cannot be answered: what is most of use to know comes first."""
    if found.link.used_at is not None:
        return "used"
    if found.question.answered_at is not None:
        return "answered"
    if not found.link.is_fresh:
        return "old"
    return "ended"


def _over(request: HttpRequest, found: Opened | None, *, why: str, status: int = 200) -> HttpResponse:
    """What happened, and how to go on; nothing about the person."""
    context = {
        "why": why,
        "question": found.question if found else None,
        "is_work": found is not None and found.question.placement_id is not None,
        "bureau": found.link.bureau if found else None,
        "has_account": found is not None and found.by.pk is not None,
    }
    return render(request, "matching/link_over.html", context, status=status)
