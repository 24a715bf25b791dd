"""Candidate and employer read the hours of a coach and put their name under them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow, posted
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from candidates.forms.signing import SignedForm
from matching.documents import period_sheet
from matching.enums import YesNo
from matching.forms.employer import HoursRightForm
from matching.models import CoachHours, CoachPeriod
from matching.services import coach_periods as services
from matching.services.links import Opened, spend
from matching.views.employer_answers import who

WITH = ("plan__candidate", "plan__employer", "placement__position")


@allow(Role.CANDIDATE)
@require_http_methods(["GET", "POST"])
def my_coach_period(request: Request, pk: int) -> HttpResponse:
    """The hours of my coach, with my own words beside them, and my name."""
    rows = CoachPeriod.objects.visible_to(request.membership).select_related(*WITH)
    period = get_object_or_404(rows, pk=pk)
    home = reverse("matching:my_work")
    form = SignedForm(posted(request))
    form_helper(form, submit=_("Ja, dit klopt. Zet mijn naam eronder"), cancel_url=home)
    if request.method == "POST" and form.is_valid():
        services.candidate_signs(period=period, by=request.membership, **form.cleaned_data)
        tell(request, _("Dank je. Je naam staat eronder."))
        return redirect(home)
    sheet = period_sheet(period)
    mine = CoachHours.objects.visible_to(request.membership).exclude(candidate_words="")
    words = dict(mine.filter(pk__in=[line.pk for line in sheet.lines]).values_list("pk", "candidate_words"))
    context = {
        "period": period, "sheet": sheet, "form": form,
        "lines": [(line, words.get(line.pk, "")) for line in sheet.lines],
    }  # fmt: skip
    return render(request, "matching/my_coach_period.html", context)


@allow(Role.EMPLOYER)
@require_http_methods(["GET", "POST"])
def employer_coach_period(request: Request, pk: int) -> HttpResponse:
    """The hours of the coach who came here, to sign or to say what is not right."""
    rows = CoachPeriod.objects.visible_to(request.membership).select_related("placement__position")
    period = get_object_or_404(rows, pk=pk)
    home = reverse("matching:my_placements")
    form = _form(period, posted(request), request.membership, cancel_url=home)
    if request.method == "POST" and form.is_valid():
        _say(period, form, request.membership)
        tell(request, _thanks(form))
        return redirect(home)
    if request.method == "GET":
        record_read(
            by=request.membership,
            candidate_id=period.candidate_id,
            what="coaching",
            bureau_id=period.bureau_id,
        )
    return render(request, "matching/employer_coach_period.html", _context(period, form))


def by_link(request: HttpRequest, token: str, found: Opened, period: CoachPeriod) -> HttpResponse:
    """The same behind the link in an e-mail."""
    form = _form(period, request.POST if request.method == "POST" else None, found.by)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            if spend(found):
                _say(period, form, found.by)
        tell(request, _thanks(form))
        return redirect("matching:employer_link", token)
    record_read(by=found.by, candidate_id=found.link.candidate_id, what="coaching")
    context = {**_context(period, form), "bureau": found.link.bureau}
    return render(request, "matching/link_coach_period.html", context)


def _form(period: CoachPeriod, data: Any, by: Membership, *, cancel_url: str = "") -> HoursRightForm:
    hours = _("Met ja zet je je naam eronder: %(name)s.") % {"name": by.user}
    return HoursRightForm(data, hours=hours, cancel_url=cancel_url)


def _say(period: CoachPeriod, form: HoursRightForm, by: Membership) -> None:
    right = form.cleaned_data["hours_right"] == YesNo.YES
    services.employer_says(period=period, right=right, words=form.cleaned_data["words"], by=by)


def _thanks(form: HoursRightForm) -> str:
    if form.cleaned_data["hours_right"] == YesNo.YES:
        return _("Dank je. Je naam staat eronder.")
    return _("Dank je. De coach kijkt naar de uren en belt je.")


def _context(period: CoachPeriod, form: HoursRightForm) -> dict[str, Any]:
    """What an employer sees: the name that was shared, and nothing that was said in private."""
    sheet = period_sheet(period, shared=True)
    return {"period": period, "form": form, "name": who(period.placement), "sheet": sheet}
