"""Two sums that show how they are made: the wage subsidy, and what somebody keeps of what they earn."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership, Rate
from buurtbaan.rules import figures
from buurtbaan.rules.answers import shown_figures, subsidy_answer
from buurtbaan.rules.exemption import exemption
from buurtbaan.rules.forms import ExemptionForm, SubsidyForm
from buurtbaan.rules.views.pages import EVERYBODY, page

USUAL_HOURS = Decimal(24)


@allow(*EVERYBODY)
@require_GET
def wage_subsidy(request: Request) -> HttpResponse:
    """What the municipality adds to a wage, with the formula filled in. Nothing of it is stored."""
    start = {"day": timezone.localdate(), "hours": _hours(request.GET.get("hours")), "age": "age_21_up"}
    asked = request.GET if "value" in request.GET else None
    form = SubsidyForm(asked, initial=start)
    context: dict[str, Any] = {"form": form, "answer": None}
    if asked is not None and form.is_valid():
        context["answer"] = subsidy_answer(request.membership, form.cleaned_data)
    return page(request, "rules/wage_subsidy.html", context)


def _hours(text: str | None) -> Decimal:
    """The hours that a link brought along, or a usual number."""
    try:
        return Decimal((text or "").replace(",", ".")[:6])
    except ArithmeticError:
        return USUAL_HOURS


@allow(*EVERYBODY)
@require_GET
def income_exemption(request: Request) -> HttpResponse:
    """What somebody with a benefit keeps of their pay, as far as we know; never as a promise. Nothing is stored."""
    mine = request.membership
    choices = _place_choices(mine)
    asked = request.GET if "day" in request.GET else None
    form = ExemptionForm(asked, places=choices, initial={"day": timezone.localdate(), "place": choices[0][0]})
    context: dict[str, Any] = {"form": form, "answer": None}
    if asked is not None and form.is_valid():
        data = form.cleaned_data
        code, name = data["place"], dict(choices)[data["place"]]
        places = [figures.COUNTRY] if code == figures.COUNTRY else [code, name, figures.COUNTRY]
        found = exemption(on=data["day"], places=places, among=Rate.objects.visible_to(mine), pay=data["pay"])
        shown = shown_figures([found.share, found.month_max, found.months])
        context["answer"] = {"found": found, "shown": shown, "asked": data, "place": name}
    return page(request, "rules/income_exemption.html", context)


def _place_choices(mine: Membership) -> list[tuple[str, str]]:
    """The own municipality; the platform administrator chooses."""
    country = (figures.COUNTRY, figures.place_name(figures.COUNTRY, {}))
    if mine.role == Role.PLATFORM:
        return [country, *sorted(figures.municipality_names().items(), key=lambda pair: pair[1])]
    own = mine.municipality or (mine.bureau.municipality if mine.bureau else None)
    return [(own.code, own.name)] if own else [country]
