"""Introductions as a week and as a month, to read on any screen and to print."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from matching.day import held
from matching.enums import MatchState
from matching.models import Introduction
from matching.views.lists import choose_own

MOST = 300
"""Meetings in one month on one page."""
HAPPENS = (MatchState.MEETING_PLANNED, MatchState.MET, MatchState.PLACED)


@dataclass
class Day:
    """One day with its meetings; `inside` is False for days of another month that complete a week."""

    day: date
    inside: bool = True
    meetings: list[Introduction] = field(default_factory=list)


@allow(Role.COACH, Role.MANAGER, Role.CONNECTOR)
@require_GET
def introduction_calendar(request: Request) -> HttpResponse:
    """The introductions of a week or a month, of the own people or the whole bureau."""
    month = request.GET.get("vorm") == "maand"
    on = _asked(request.GET.get("dag", ""))
    days = _month(on) if month else _week(on)
    own = choose_own(request)
    _fill(days, request, own)
    context: dict[str, Any] = {
        "month": month,
        "week": not month,
        "weeks": [days[at : at + 7] for at in range(0, len(days), 7)],
        "days": days,
        "title": date_format(on, "F Y") if month else _week_title(days),
        "before": _month_before(on) if month else on - timedelta(days=7),
        "after": _month_after(on) if month else on + timedelta(days=7),
        "today": timezone.localdate(),
        "busy": any(day.meetings for day in days),
        "own": own,
        "whole": not own,
        "may_choose": request.membership.role != Role.CONNECTOR,
    }
    return render(request, "matching/introduction_calendar.html", context)


def _asked(text: str) -> date:
    """The day in the address, if it lies within ten years; today otherwise."""
    today = timezone.localdate()
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    return day if day and abs(day.year - today.year) <= 10 else today


def _week(on: date) -> list[Day]:
    monday = on - timedelta(days=on.weekday())
    return [Day(monday + timedelta(days=n)) for n in range(7)]


def _month(on: date) -> list[Day]:
    days = calendar.Calendar().itermonthdates(on.year, on.month)
    return [Day(day, inside=day.month == on.month) for day in days]


def _month_before(on: date) -> date:
    return (on.replace(day=1) - timedelta(days=1)).replace(day=1)


def _month_after(on: date) -> date:
    return (on.replace(day=28) + timedelta(days=7)).replace(day=1)


def _week_title(days: list[Day]) -> str:
    first, last = days[0].day, days[-1].day
    return _("Week %(number)s: %(first)s tot en met %(last)s") % {
        "number": first.isocalendar().week,
        "first": date_format(first, "j F"),
        "last": date_format(last, "j F Y"),
    }


def _fill(days: list[Day], request: Request, own: bool) -> None:
    """Put each meeting on its day, in one query."""
    begin = timezone.make_aware(datetime.combine(days[0].day, time.min))
    end = timezone.make_aware(datetime.combine(days[-1].day + timedelta(days=1), time.min))
    rows = held(Introduction.objects.visible_to(request.membership), request.membership, own)
    rows = rows.filter(starts_at__gte=begin, starts_at__lt=end, match__state__in=HAPPENS)
    at = {day.day: day for day in days}
    for one in rows.select_related("candidate__coach__user", "employer").order_by("starts_at", "pk")[:MOST]:
        if one.starts_at is not None:
            at[timezone.localdate(one.starts_at)].meetings.append(one)
