"""Commissions: the list with the year's sums, the page of one, and the positions it gives work to."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.acts import act_once
from buurtbaan.drafts.conflicts import settle
from buurtbaan.drafts.keeping import keep
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.charts import Bar, Mix
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.formats import euro
from employers import earning_lists, lists
from employers.earnings import Split, commission_split
from employers.enums import CommissionOrigin, PositionStatus
from employers.forms.commissions import CommissionForm
from employers.forms.earning_filters import CommissionFilter
from employers.models import Commission, CommissionPosition, Employer, Position
from employers.services import commissions as services

FOUND = 8


@allow(Role.COACH, Role.MANAGER)
@require_GET
def commission_list(request: Request) -> HttpResponse:
    """What was ordered in a year, and which part of it came back to the neighbourhood."""
    years = earning_lists.commission_years(request.membership)
    filters = CommissionFilter(request.GET, years=years)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    year = wanted.get("year") or timezone.localdate().year
    asked = {name: wanted[name] for name in ("q", "origin") if wanted.get(name)}
    found = earning_lists.commissions(request.membership, asked, year)
    split = commission_split(earning_lists.commissions(request.membership, {}, year))
    page = lists.page_of(
        earning_lists.commission_rows(found, request.GET.get("sort", "")), request.GET.get("page")
    )
    origins = lists.labels(CommissionOrigin)
    context = {
        "filters": filters,
        "page": page,
        "rows": [{"row": row, "origin": origins[row.origin]} for row in page],
        "year": year,
        "split": split,
        "chart": _chart(split, year),
        "filtered": bool(asked),
    }
    return render(request, "employers/commission_list.html", context)


def _chart(split: Split, year: int) -> Mix | None:
    """The year's euros by where the work comes from."""
    if not split.amount:
        return None
    parts = [Bar(str(one.label), split.amounts[one], euro(split.amounts[one])) for one in CommissionOrigin]
    return Mix(
        id="opdrachten",
        title=_("Opdrachten in %(year)s") % {"year": year},
        description=_("Hoeveel euro werk is teruggehaald naar de wijk, en hoeveel is nieuw."),
        parts=tuple(parts),
        label=_("Waar het werk vandaan komt"),
        unit=_("Bedrag"),
    )


def _visible(request: Request, pk: int) -> Commission:
    rows = Commission.objects.visible_to(request.membership).select_related("employer", "project")
    return get_object_or_404(rows, pk=pk)


@allow(Role.COACH, Role.MANAGER)
@require_GET
def commission(request: Request, pk: int) -> HttpResponse:
    """Who ordered what, and which positions it gives work to."""
    found = _visible(request, pk)
    ties = list(found.work.select_related("position__employer").order_by("position__title", "pk"))
    text = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    context = {
        "commission": found,
        "ties": ties,
        "q": text,
        "found": _search(request, text, [tie.position_id for tie in ties]),
    }
    return render(request, "employers/commission.html", context)


def _search(request: Request, text: str, taken: list[int]) -> list[Position]:
    """Positions that somebody looks for by work or employer, without those that are tied already."""
    if not text:
        return []
    rows = Position.objects.visible_to(request.membership).exclude(status=PositionStatus.CLOSED)
    rows = rows.filter(title__icontains=text) | rows.filter(employer__name__icontains=text)
    return list(
        rows.exclude(pk__in=taken)
        .select_related("employer")
        .order_by("title", "employer__name", "pk")[:FOUND]
    )


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def commission_new(request: Request) -> HttpResponse:
    """Somebody ordered work."""
    mine = request.membership
    client = _asked_client(request)
    form = CommissionForm(
        request.POST or None,
        bureau_id=mine.bureau_id or 0,
        cancel_url=reverse("employers:commission_list"),
        initial={"client": client.name if client else "", "starts_on": timezone.localdate()},
    )
    keep(request, form, title=_("Nieuwe opdracht"), new=True)

    def do() -> tuple[str, str]:
        made = services.add_commission(values=form.values(), by=mine)
        said = _("De opdracht staat erin. Kies nu welke werkplekken er werk van krijgen.")
        return said, reverse("employers:commission", args=[made.pk])

    return act_once(request, form, do=do, template="employers/commission_new.html", context={})


def _asked_client(request: Request) -> Employer | None:
    """The employer that the address names, if it is one of ours."""
    asked = request.GET.get("werkgever", "")
    if not (asked.isdecimal() and len(asked) < 18):
        return None
    return Employer.objects.visible_to(request.membership).filter(pk=int(asked)).first()


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def commission_edit(request: Request, pk: int) -> HttpResponse:
    """Correct what was ordered."""
    found = _visible(request, pk)
    back = reverse("employers:commission", args=[pk])

    def now(data: QueryDict | None, row: Commission | None = None) -> CommissionForm:
        row = row or services.locked_commission(found)
        return CommissionForm(data, instance=row, bureau_id=found.bureau_id, cancel_url=back)

    form, clash = settle(request, now(request.POST or None, found), now)
    if clash:
        return clash
    keep(request, form, title=found.what)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_commission(commission=found, values=form.values(), by=request.membership)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(request, _("De opdracht is bewaard."))
            return redirect(back)
    return render(request, "employers/commission_edit.html", {"form": form, "commission": found})


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def commission_remove(request: Request, pk: int) -> HttpResponse:
    """Take a commission off the list, after asking once more."""
    found = _visible(request, pk)
    if request.method == "POST":
        services.remove_commission(commission=found, by=request.membership)
        tell(request, _("Opdracht “%(what)s” is weggehaald.") % {"what": found.what})
        return redirect("employers:commission_list")
    return render(request, "employers/commission_remove.html", {"commission": found})


@allow(Role.COACH, Role.MANAGER)
@require_POST
def commission_give(request: Request, pk: int) -> HttpResponse:
    """This position gets work from it; a second tap changes nothing."""
    found = _visible(request, pk)
    asked = request.POST.get("position", "")
    rows = Position.objects.visible_to(request.membership)
    position = get_object_or_404(rows, pk=int(asked) if asked.isdecimal() and len(asked) < 18 else 0)
    services.give_work(commission=found, position=position, by=request.membership)
    tell(request, _("“%(work)s” krijgt werk van deze opdracht.") % {"work": position.title})
    return redirect("employers:commission", pk=pk)


@allow(Role.COACH, Role.MANAGER)
@require_POST
def commission_take(request: Request, pk: int) -> HttpResponse:
    """This position gets no work from it after all."""
    rows: Any = CommissionPosition.objects.visible_to(request.membership).select_related("position")
    tie = get_object_or_404(rows, pk=pk)
    services.take_work(tie=tie, by=request.membership)
    tell(request, _("“%(work)s” is van deze opdracht gehaald.") % {"work": tie.position.title})
    return redirect("employers:commission", pk=tie.commission_id)
