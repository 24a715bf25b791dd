"""Funds: what they ask, when they want to hear from us, and the hours on each, each hour once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.acts import act_once
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from candidates.models import Fund, FundDeadline, HourClaim
from impact.models import FundingFlow
from impact.money.evidenced import covered, sums
from impact.money.forms import ClaimForm, DeadlineForm, FundForm
from impact.money.hours import FundHours, hours_per_fund
from impact.services import claims as services
from impact.services.unreadable import UNREADABLE
from impact.views.money import year_asked
from impact.views.putting_back import way_back

STAFF = (Role.CONNECTOR, Role.COACH, Role.MANAGER)
LINES = 12
"""Claims on the page of a fund; all of them stand in the workbook."""


def years_of_funds() -> list[int]:
    """This year and the four before it: as long as a fund may ask."""
    this = timezone.localdate().year
    return list(range(this, this - 5, -1))


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def funds(request: Request) -> HttpResponse:
    """Every fund with its hours in a year and what it waits for; and a new one."""
    membership = request.membership
    bureau_id = membership.bureau_id or 0
    years = years_of_funds()
    year = year_asked(request, years)
    form = FundForm(posted(request), instance=Fund(bureau=membership.bureau))
    form_helper(form, submit=_("Bewaar fonds"), once=True)

    def do() -> tuple[str, str]:
        made = form.save()
        return _("Fonds “%(name)s” is bewaard.") % {"name": made.name}, reverse("impact:fund", args=[made.pk])

    hours = hours_per_fund(bureau_id, date(year, 1, 1), date(year, 12, 31))
    waiting: dict[int, FundDeadline] = {}
    for one in FundDeadline.objects.visible_to(membership).filter(done_on=None).order_by("-due_on", "-pk"):
        waiting[one.fund_id] = one
    every = Fund.objects.visible_to(membership).order_by("name")
    rows = [(fund, hours.get(fund.pk), waiting.get(fund.pk)) for fund in every]
    context = {"rows": rows, "years": years, "year": year, "today": timezone.localdate()}
    return act_once(request, form, do=do, template="impact/funds.html", context=context)


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def fund(request: Request, pk: int) -> HttpResponse:
    """One fund: conditions, days, hours and money; and a new deadline."""
    found = get_object_or_404(Fund.objects.visible_to(request.membership), pk=pk)
    years = years_of_funds()
    year = year_asked(request, years)
    form = DeadlineForm(posted(request), instance=FundDeadline(bureau_id=found.bureau_id, fund=found))

    def do() -> tuple[str, str]:
        made = form.save()
        return _("Termijn “%(what)s” is bewaard.") % {"what": made.what}, reverse("impact:fund", args=[pk])

    hours = hours_per_fund(found.bureau_id, date(year, 1, 1), date(year, 12, 31)).get(pk)
    run = (found.since or date(2000, 1, 1), timezone.localdate())
    whole = hours_per_fund(found.bureau_id, *run).get(pk) if found.hours_most else None
    claims = HourClaim.objects.visible_to(request.membership).filter(fund=found, day__year=year)
    context: dict[str, Any] = {
        "fund": found,
        "years": years,
        "year": year,
        "hours": hours,
        "sums": sums(covered(found.bureau_id, date(year, 1, 1), date(year, 12, 31), fund=pk)),
        "used": _used(found, whole),
        "deadlines": found.deadlines.order_by("due_on", "pk"),
        "claims": claims.select_related("worker").order_by("-day", "-during")[:LINES],
        "unreadable": UNREADABLE,
        "flows": FundingFlow.objects.visible_to(request.membership).filter(fund=found).order_by("-year"),
    }
    return act_once(request, form, do=do, template="impact/fund.html", context=context)


def _used(found: Fund, hours: FundHours | None) -> int | None:
    """Percent of the granted hours that is claimed; None where nothing was granted in hours."""
    return round(100 * hours.all / found.hours_most) if hours and found.hours_most else None


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def fund_edit(request: Request, pk: int) -> HttpResponse:
    """Another name, other days or conditions."""
    found = get_object_or_404(Fund.objects.visible_to(request.membership), pk=pk)
    form, clash = settle_row(request, found, lambda data, row: FundForm(data, instance=row))
    if clash:
        return clash
    here = reverse("impact:fund", args=[pk])
    form_helper(form, submit=_("Bewaar fonds"), cancel_url=here)
    if request.method == "POST" and form.is_valid():
        form.save()
        tell(request, _("Fonds “%(name)s” is bewaard.") % {"name": form.instance.name})
        return redirect(here)
    return render(request, "impact/fund_edit.html", {"form": form, "fund": found})


@allow(Role.MANAGER)
@require_POST
def deadline_done(request: Request, pk: int) -> HttpResponse:
    """It was handed in, or not after all."""
    found = get_object_or_404(FundDeadline.objects.visible_to(request.membership), pk=pk)
    done = "nee" not in (request.POST.get("klaar"), request.GET.get("klaar"))
    services.set_deadline_done(deadline=found, done=done, by=request.membership)
    here = reverse("impact:deadline_done", args=[pk])
    words = _("“%(what)s” is klaar.") if done else _("“%(what)s” staat weer open.")
    tell(
        request,
        words % {"what": found.what},
        undo_url=f"{here}?klaar=nee" if done else "",
        undo_label=_("Terugdraaien"),
    )
    return redirect("impact:fund", found.fund_id)


@allow(Role.MANAGER)
@require_POST
def deadline_remove(request: Request, pk: int) -> HttpResponse:
    """The fund does not ask this after all; the message after it can put it back for a day."""
    found = get_object_or_404(FundDeadline.objects.visible_to(request.membership), pk=pk)
    undo = way_back("termijn", found)
    found.delete()
    words = _("Termijn “%(what)s” is weggehaald.") % {"what": found.what}
    tell(request, words, undo_url=undo, undo_label=_("Terugdraaien"))
    return redirect("impact:fund", found.fund_id)


@allow(*STAFF)
@require_http_methods(["GET", "POST"])
def claim_new(request: Request) -> HttpResponse:
    """Time on a fund that is no conversation: preparing, a gathering, paperwork."""
    mine = request.membership
    here = reverse("impact:claim_new")
    form = ClaimForm(
        posted(request), by=mine, cancel_url="", initial={"fund": request.GET.get("fonds", "")[:12]}
    )

    def do() -> tuple[str, str]:
        data = form.cleaned_data
        worker = data.pop("worker", mine)
        made = services.claim_hours(worker=worker, by=mine, **data)
        return _("Bewaard: %(minutes)s minuten op “%(fund)s”.") % {
            "minutes": made.minutes, "fund": data["fund"].name,
        }, here  # fmt: skip

    claims = HourClaim.objects.visible_to(mine).select_related("fund", "worker")
    own = claims.filter(worker=mine.user_id).order_by("-day", "-during")[:12]
    return act_once(request, form, do=do, template="impact/claim_new.html", context={"claims": own})


@allow(*STAFF)
@require_POST
def claim_void(request: Request, pk: int) -> HttpResponse:
    """Take hours back: the own ones, or as manager anybody's."""
    found = get_object_or_404(HourClaim.objects.visible_to(request.membership), pk=pk)
    reason = request.POST.get("reden", "").replace("\x00", "").strip()[:200] or _("vergissing")
    services.take_back_claim(claim=found, reason=reason, by=request.membership)
    tell(request, _("De uren zijn teruggenomen en tellen niet meer."))
    if request.membership.role == Role.MANAGER and request.POST.get("terug") == "fonds":
        return redirect("impact:fund", found.fund_id)
    return redirect("impact:claim_new")
