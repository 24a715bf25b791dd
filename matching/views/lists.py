"""Meetings day by day, placements, and what lists have in common."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from matching.day import ends_in_sight, held
from matching.enums import MatchState
from matching.forms.filters import ALL, OWN, PlacementFilter
from matching.models import HoursStep, Introduction, Placement
from matching.permissions import can_propose

PER_PAGE = 50


def choose_own(request: Request) -> bool:
    """Own people or the whole bureau: connectors always the own, managers the bureau unless they say otherwise."""
    if request.membership.role == Role.CONNECTOR:
        return True
    asked = request.GET.get("van", "")
    return asked == OWN or (asked != ALL and request.membership.role == Role.COACH)


def with_choice(request: Request, own: bool) -> Any:
    """The address's choices, with the one that was made for the reader filled in."""
    values = request.GET.copy()
    values["van"] = OWN if own else ALL
    return values


def search_rows(rows: QuerySet[Any], text: str, *more: str) -> QuerySet[Any]:
    """Rows in which each word of `text` occurs in a name."""
    for word in text.split()[:5]:
        found = Q(candidate__search_name__icontains=word) | Q(employer__name__icontains=word)
        for name in more:
            found |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(found)
    return rows


@allow(Role.COACH, Role.MANAGER, Role.CONNECTOR)
@require_GET
def introductions(request: Request) -> HttpResponse:
    """The agenda: what was and still has to be written up, and what comes, day by day."""
    own = choose_own(request)
    rows = held(Introduction.objects.visible_to(request.membership), request.membership, own)
    rows = rows.filter(starts_at__isnull=False, match__state=MatchState.MEETING_PLANNED)
    now = timezone.now()
    found = (
        rows.select_related("match", "candidate", "employer", "companion_member__user")
        .defer("match__frozen")
        .order_by("starts_at", "pk")
    )
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), datetime.min.time()))
    context = {
        "past": list(found.filter(starts_at__lt=now)[:PER_PAGE]),
        "coming": list(found.filter(starts_at__gte=max(now, midnight))[: PER_PAGE * 2]),
        "own": own,
        "whole": not own,
        "may_act": can_propose(request.membership),
        "may_choose": request.membership.role != Role.CONNECTOR,
        "today": timezone.localdate(),
        "tomorrow": timezone.localdate() + timedelta(days=1),
    }
    return render(request, "matching/introductions.html", context)


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def placement_list(request: Request) -> HttpResponse:
    """Who works where, since when and for how many hours."""
    own = choose_own(request)
    form = PlacementFilter(with_choice(request, own), may_choose=request.membership.role != Role.CONNECTOR)
    form.is_valid()
    wanted = getattr(form, "cleaned_data", {})
    rows = held(Placement.objects.visible_to(request.membership), request.membership, own)
    rows = _running_or_not(search_rows(rows, wanted.get("q", "")), wanted.get("stand", ""))
    rows = with_hours(rows).select_related("candidate__coach__user", "employer", "position")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "matching/placement_list.html", {"filter": form, "page": page, "own": own, "soon": _soon()}
    )


def _running_or_not(rows: QuerySet[Placement], state: str) -> QuerySet[Placement]:
    today = timezone.localdate()
    match state:
        case "einde":
            return ends_in_sight(rows, today).order_by("ends_on", "pk")
        case "geeindigd":
            return rows.filter(ended_on__lt=today)
        case "alles":
            return rows
    return rows.filter(Q(ended_on=None) | Q(ended_on__gte=today))


def _soon() -> Any:
    return timezone.localdate() + timedelta(weeks=6)


def with_hours(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """With the hours a week that hold today, and those of the very first step."""
    steps = HoursStep.objects.filter(placement=OuterRef("pk"))
    return placements.annotate(
        hours_now=Subquery(
            steps.filter(during__contains=timezone.localdate()).values("hours")[:1],
            output_field=DecimalField(),
        ),
        hours_first=Subquery(steps.order_by("during").values("hours")[:1], output_field=DecimalField()),
    )
