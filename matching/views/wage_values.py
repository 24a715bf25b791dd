"""The wage value of somebody at work, as others set it, and the wage subsidy that follows from it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.models import Rate
from buurtbaan.drafts.acts import act_once
from buurtbaan.drafts.keeping import keep
from buurtbaan.errors import NotAllowedNow
from buurtbaan.rules.answers import subsidy_answer
from buurtbaan.rules.figures import Book, own_places
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Text
from candidates.ages import age_on
from candidates.models import Candidate
from employers.enums import PAID_FORMS
from matching.forms.job_coaching import ReasonForm
from matching.forms.wage_values import WageValueForm
from matching.models import HoursStep, Placement, WageValue
from matching.services import wage_values as services
from matching.views.job_coaching import placement_to_coach
from matching.views.matches import ACTORS
from matching.wage_months import Valued, Worked, months

GROWN = 21
SHOWN_MONTHS = 12
KINDS = ("minimum_wage", "wage_subsidy")


@allow(*ACTORS)
@require_GET
def wage_value(request: Request, pk: int) -> HttpResponse:
    """The wage value that holds, the ones before it, and what the subsidy comes to per month."""
    found = placement_to_coach(request, pk)
    record_read(by=request.membership, candidate_id=found.candidate_id, what="wage_value")
    today = timezone.localdate()
    values = list(found.wage_values.select_related("by__user", "void_by__user"))
    now = next((one for one in values if one.holds(today)), None)
    steps = list(found.hours_steps.order_by("during"))
    hours = next((step.hours for step in steps if today in step.during), None)
    age = _age_key(found.candidate, today)
    context: dict[str, Any] = {
        "placement": found, "now": now, "values": values, "hours": hours, "paid": found.form in PAID_FORMS,
        "age_known": bool(age), "answer": None, "today": today,
    }  # fmt: skip
    if now and hours and context["paid"]:
        asked = {"day": today, "age": age or "age_21_up", "value": now.percentage, "hours": hours}
        context["answer"] = subsidy_answer(request.membership, asked)
    if values and context["paid"]:
        context["months"] = _months(request, found, steps, values, age or "age_21_up")
    return render(request, "matching/wage_value.html", context)


def _months(
    request: Request, found: Placement, steps: list[HoursStep], values: list[WageValue], age: str
) -> list[Any]:
    """The last twelve months up to this one, the newest first."""
    rows = Rate.objects.visible_to(request.membership).filter(kind__in=KINDS)
    book = Book(rows, own_places(request.membership))
    next_month = (timezone.localdate().replace(day=1) + timedelta(days=31)).replace(day=1)
    since = _months_back(next_month, SHOWN_MONTHS)
    over = found.ended_on + timedelta(days=1) if found.ended_on else next_month
    worked = [
        Worked(max(step.during.lower, since), min(step.during.upper or over, over, next_month), step.hours)
        for step in steps
    ]
    valued = [Valued(one.valid_from, one.valid_until, one.percentage) for one in values if not one.void_at]
    return months([one for one in worked if one.since < one.until], valued, book, age=age)[::-1]


def _months_back(day: date, count: int) -> date:
    whole = day.year * 12 + day.month - 1 - count
    return date(whole // 12, whole % 12 + 1, 1)


def _age_key(candidate: Candidate, on: date) -> str:
    """Which minimum wage goes with the age; empty where the age is not known well enough."""
    if candidate.birth_date:
        age = age_on(candidate.birth_date, on)
    elif candidate.birth_year and on.year - candidate.birth_year - candidate.birth_spread > GROWN:
        age = GROWN
    else:
        return ""
    return "age_21_up" if age >= GROWN else f"age_{age}"


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def wage_value_new(request: Request, pk: int) -> HttpResponse:
    """What the expert said."""
    found = placement_to_coach(request, pk)
    back = reverse("matching:wage_value", args=[pk])
    form = WageValueForm(posted(request), cancel_url=back)
    keep(request, form, title=_("Loonwaarde"), candidate_id=found.candidate_id)

    def do() -> tuple[Text, str]:
        services.record_value(placement=found, by=request.membership, **form.cleaned_data)
        return _("De loonwaarde staat erin."), back

    context = {"placement": found, "title": _("Noteer een loonwaarde"), "back": back, "wide": False}
    return act_once(request, form, do=do, template="matching/coaching_form.html", context=context)


def _value(request: Request, pk: int) -> WageValue:
    rows = WageValue.objects.visible_to(request.membership).holding()
    return get_object_or_404(rows.select_related("placement__candidate", "placement__employer"), pk=pk)


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def wage_value_void(request: Request, pk: int) -> HttpResponse:
    """It was noted wrongly."""
    value = _value(request, pk)
    back = reverse("matching:wage_value", args=[value.placement_id])
    form = ReasonForm(posted(request), submit=_("Haal deze loonwaarde weg"), cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            services.void_value(value=value, by=request.membership, **form.cleaned_data)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(request, _("De loonwaarde telt niet meer mee. Je kunt haar nog wel teruglezen."))
            return redirect(back)
    context = {
        "placement": value.placement, "form": form, "title": _("Klopt deze loonwaarde niet?"), "back": back,
        "wide": False,
    }  # fmt: skip
    return render(request, "matching/coaching_form.html", context)


@allow(*ACTORS)
@require_POST
def wage_value_undo(request: Request, pk: int) -> HttpResponse:
    """Take it back as if it had not been noted, within a day."""
    value = _value(request, pk)
    services.take_back_value(value=value, by=request.membership)
    tell(request, _("De loonwaarde is weg."))
    return redirect("matching:wage_value", value.placement_id)
