"""A year of the bureau's money: the picture, both sides, and what is missing; for the manager."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau
from buurtbaan.drafts.acts import act_once
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.rules.figures import percent
from buurtbaan.ui.feedback import tell
from impact.enums import FlowKind
from impact.models import FundingFlow, ImpactAssignment
from impact.money.forms import FlowForm
from impact.money.picture import picture
from impact.money.years import Line, uwv_share, year_of, years_of

UNDO_SECONDS = 24 * 3600
KEPT = ("assignment_id", "fund_id", "year", "direction", "kind", "source", "note")


def bureau_of(request: Request) -> Bureau:
    """The manager's bureau, which came with its municipality."""
    bureau = request.membership.bureau
    assert bureau is not None  # noqa: S101 - bureau staff, says the database
    return bureau


def year_asked(request: Request, years: list[int]) -> int:
    """The year in the address, if it has anything to show; this year otherwise."""
    asked = request.GET.get("jaar", "")
    return (
        int(asked)
        if asked.isdecimal() and len(asked) == 4 and int(asked) in years
        else timezone.localdate().year
    )


@allow(Role.MANAGER)
@require_GET
def money(request: Request) -> HttpResponse:
    """Where money came from in a year, and to whom it went."""
    bureau = bureau_of(request)
    years = years_of(bureau.pk)
    found = year_of(bureau.pk, year_asked(request, years))
    share = uwv_share(found, bureau)
    context = {
        "money": found,
        "years": years,
        "picture": picture(found, bureau.name),
        "sides": [
            (_("Inkomsten"), _rows(found.ins), found.total_in),
            (_("Uitgaven"), _rows(found.outs), found.total_out),
        ],
        "uwv": share,
        "uwv_share": percent(round(share.share, 3)) if share else "",
        "uwv_most": percent(share.most.amount) if share and share.most else "",
        "new_url": f"{reverse('impact:flow_new')}?{urlencode({'jaar': found.year})}",
    }
    return render(request, "impact/money.html", context)


def _rows(lines: list[Line]) -> list[tuple[Line, str]]:
    words = dict(FlowKind.choices)
    return [(line, str(words.get(line.kind, ""))) for line in lines]


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def flow_new(request: Request) -> HttpResponse:
    """Note money in or out."""
    bureau = request.membership.bureau_id or 0
    asked = request.GET.get("jaar", "")
    first = {"year": asked} if asked.isdecimal() and len(asked) == 4 else {}
    form = FlowForm(posted(request), instance=FundingFlow(bureau_id=bureau), bureau_id=bureau, initial=first)

    def do() -> tuple[str, str]:
        made = form.save()
        return _("De geldstroom is bewaard."), of_year(made.year)

    return act_once(request, form, do=do, template="impact/flow_new.html", context={})


def of_year(year: int) -> str:
    """The page of a year."""
    return f"{reverse('impact:money')}?jaar={year}"


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def flow_edit(request: Request, pk: int) -> HttpResponse:
    """Change a flow."""
    found = get_object_or_404(FundingFlow.objects.visible_to(request.membership), pk=pk)
    bureau = request.membership.bureau_id or 0
    form, clash = settle_row(request, found, lambda data, row: FlowForm(data, instance=row, bureau_id=bureau))
    if clash:
        return clash
    if request.method == "POST" and form.is_valid():
        made = form.save()
        tell(request, _("De geldstroom is bewaard."))
        return redirect(of_year(made.year))
    return render(request, "impact/flow_edit.html", {"form": form, "flow": found})


@allow(Role.MANAGER)
@require_POST
def flow_remove(request: Request, pk: int) -> HttpResponse:
    """Take a flow off the list; the message after it can put it back for a day."""
    found = get_object_or_404(FundingFlow.objects.visible_to(request.membership), pk=pk)
    values: dict[str, Any] = {name: getattr(found, name) for name in KEPT} | {"amount": str(found.amount)}
    kept = signing.dumps({"bureau": found.bureau_id, **values}, salt="flow", compress=True)
    found.delete()
    undo = f"{reverse('impact:flow_restore')}?{urlencode({'rij': kept})}"
    tell(request, _("De geldstroom is weggehaald."), undo_url=undo, undo_label=_("Terugdraaien"))
    return redirect(of_year(found.year))


@allow(Role.MANAGER)
@require_POST
def flow_restore(request: Request) -> HttpResponse:
    """Put back a flow that was taken off within the day, once."""
    try:
        values = signing.loads(request.GET.get("rij", ""), salt="flow", max_age=UNDO_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    if values["bureau"] != request.membership.bureau_id:
        raise Http404
    gone = ImpactAssignment.objects.visible_to(request.membership).filter(pk=values["assignment_id"])
    if values["assignment_id"] and not gone.exists():
        values["assignment_id"] = None
    same = {name: values[name] for name in ("year", "direction", "source", "assignment_id", "fund_id")}
    if values["fund_id"]:  # a fund has one flow a year each way, whatever its source is called
        same = {name: values[name] for name in ("year", "direction", "fund_id")}
    bureau_id = values.pop("bureau")
    if FundingFlow.objects.filter(bureau=bureau_id, **same).exists():
        tell(request, _("Deze geldstroom staat er al weer."))
    else:
        FundingFlow.objects.create(bureau_id=bureau_id, **values)
        tell(request, _("De geldstroom staat er weer."))
    return redirect(of_year(values["year"]))
