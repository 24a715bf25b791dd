"""Dated figures: what we know, since when, from whom; and what we do not know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership, Rate
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.rules import figures, services
from buurtbaan.rules.forms import EVERYTHING, RateFilter, RateForm
from buurtbaan.rules.views.pages import READS_RATES, WRITES, page
from buurtbaan.ui.feedback import tell

PER_PAGE = 60


@allow(*sorted(READS_RATES))
@require_GET
def rate_list(request: Request) -> HttpResponse:
    """The figures of today, or of every day, each with its source; on top what is missing."""
    mine, today = request.membership, timezone.localdate()
    order = ("kind", "key", "place", F("valid_from").desc(nulls_last=True), "pk")
    rates = list(Rate.objects.visible_to(mine).select_related("bureau").order_by(*order))
    names = figures.municipality_names()
    spots = sorted({rate.place for rate in rates})
    filters = RateFilter(request.GET, places=[(spot, figures.place_name(spot, names)) for spot in spots])
    wanted = filters.cleaned_data if filters.is_valid() else {}
    found = [rate for rate in rates if _is_wanted(rate, wanted, names, today)]
    listed = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": listed,
        "groups": _groups([_row(rate, names, mine, today) for rate in listed]),
        "gaps": gaps(rates, figures.own_places(mine), today),
        "year": today.year,
    }
    return page(request, "rules/rate_list.html", context)


def _is_wanted(rate: Rate, wanted: dict[str, Any], names: dict[str, str], today: date) -> bool:
    """A bureau sees some hundred figures at most, so they are read once and chosen from here."""
    if wanted.get("show") != EVERYTHING and not figures.holds(rate, today):
        return False
    if wanted.get("place") and rate.place != wanted["place"]:
        return False
    place = figures.place_name(rate.place, names)
    words = (figures.full_name(rate.kind, rate.key), place, rate.source, rate.note)
    return wanted.get("q", "").lower() in " ".join(words).lower()


@dataclass(frozen=True)
class Row:
    """A figure as the list shows it."""

    rate: Rate
    kind: str
    name: str
    value: str
    place: str
    stale: bool
    may_change: bool


def _row(rate: Rate, names: dict[str, str], mine: Membership, today: date) -> Row:
    return Row(
        rate,
        figures.kind_name(rate.kind),
        figures.key_name(rate.kind, rate.key),
        figures.value_text(rate.amount, rate.unit),
        figures.place_name(rate.place, names),
        figures.is_stale(rate, today) and (rate.valid_until is None or rate.valid_until >= today),
        services.can_change_rate(mine, rate),
    )


def _groups(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Rows under the name of their kind, in the order in which they come."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    order = [str(name) for name in figures.KINDS.values()]
    return sorted(found.items(), key=lambda group: order.index(group[0]) if group[0] in order else len(order))


@dataclass(frozen=True)
class Gap:
    """Figures of a kind that somebody will look for and nobody wrote down for today.

    until: the last ones ended then. stale_since: there are figures, but newer ones must have come since.
    """

    kind: str
    names: str
    until: date | None
    stale_since: date | None


def gaps(rates: list[Rate], places: list[str], today: date) -> list[Gap]:
    """What is not known today in the own place, figures of a kind together."""
    rows: dict[tuple[str, str], list[Rate]] = {}
    for rate in sorted(rates, key=lambda one: one.valid_from or date.min):
        if rate.place in places:
            rows.setdefault((rate.kind, rate.key), []).append(rate)
    found: dict[tuple[str, date | None, date | None], list[str]] = {}
    for kind, key in figures.EXPECTED:
        known = rows.get((kind, key), [])
        now = [rate for rate in known if figures.holds(rate, today)]
        if now and not figures.is_stale(now[-1], today):
            continue
        ended = [rate.valid_until for rate in known if rate.valid_until and rate.valid_until < today]
        until = None if now else max(ended, default=None)
        since = now[-1].valid_from if now else None
        found.setdefault((kind, until, since), []).append(figures.key_name(kind, key))
    return [
        Gap(figures.kind_name(kind), ", ".join(names), until, since)
        for (kind, until, since), names in found.items()
    ]


@allow(*sorted(WRITES))
@require_http_methods(["GET", "POST"])
def rate_new(request: Request) -> HttpResponse:
    """A figure that was not there, for everywhere or for the own municipality or region."""
    start = {"figure": request.GET.get("tarief", ""), "source_date": timezone.localdate()}
    form = _form(request, None, start, request.POST or None)
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        if request.method == "POST" and form.is_valid():
            try:
                services.add_rate(values=form.values(), by=request.membership)
            except NotAllowedNow as reason:
                form.add_error("valid_from", str(reason))
            else:
                tell(request, _("Het tarief staat erin."))
                return first.done(reverse("rules:rate_list"))
    return render(request, "rules/rate_new.html", {"form": form})


@allow(*sorted(WRITES))
@require_http_methods(["GET", "POST"])
def rate_edit(request: Request, pk: int) -> HttpResponse:
    """Correct a figure, or say until when it held."""
    found = get_object_or_404(Rate.objects.visible_to(request.membership), pk=pk)
    if not services.can_change_rate(request.membership, found):
        raise PermissionDenied(_("Dit tarief is niet van jullie bureau. Voeg een eigen tarief toe."))
    form, clash = settle_row(request, found, lambda data, row: _form(request, row, {}, data))
    if clash:
        return clash
    if request.method == "POST" and form.is_valid():
        try:
            services.change_rate(rate=found, values=form.values(), by=request.membership)
        except NotAllowedNow as reason:
            form.add_error("valid_from", str(reason))
        else:
            tell(request, _("Het tarief is bewaard."))
            return redirect("rules:rate_list")
    name = figures.full_name(found.kind, found.key)
    return render(request, "rules/rate_edit.html", {"form": form, "name": name})


def _form(request: Request, rate: Rate | None, initial: dict[str, Any], data: QueryDict | None) -> RateForm:
    mine = request.membership
    own = mine.bureau.municipality if mine.role == Role.MANAGER and mine.bureau else None
    url = reverse("rules:rate_list")
    return RateForm(data, instance=rate, own=own, cancel_url=url, initial=initial)
