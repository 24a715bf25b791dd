"""Vandaag: one list of what deserves attention, each matter with its act."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from matching.day import Group, day_list
from matching.forms.filters import ALL, OWN
from matching.views.lists import choose_own

WHOSE = "vandaag-van"
"""The cookie that keeps whose day somebody looks at; no more than that stands in it."""
YEAR = 365 * 24 * 3600


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def today(request: Request) -> HttpResponse:
    """The own people's matters, or the whole bureau's for who wants to see them; or one kind at length."""
    own = _whose(request)
    only = request.GET.get("soort", "")[:20]
    groups = day_list(request.membership, own=own, only=only)
    chosen = next((group for group in groups if group.kind == only), None)
    shown = [chosen] if chosen else [group for group in groups if group.matters]
    context = {
        "now": [group for group in shown if not group.calm or chosen],
        "calm": [group for group in shown if group.calm and not chosen],
        "kinds": groups,
        "count": _count(groups, calm=False),
        "count_calm": _count(groups, calm=True),
        "chosen": chosen,
        "own": own,
        "whole": not own,
        "whose": OWN if own else ALL,
        "may_choose": request.membership.role != Role.CONNECTOR,
        "today": timezone.localdate(),
    }
    response = render(request, "matching/today.html", context)
    if request.GET.get("van") in (OWN, ALL) and context["may_choose"]:
        response.set_cookie(
            WHOSE,
            str(context["whose"]),
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


def _whose(request: Request) -> bool:
    """Own people or the whole bureau: as asked, or else as the last time."""
    kept = request.COOKIES.get(WHOSE, "")
    if "van" not in request.GET and kept in (OWN, ALL) and request.membership.role != Role.CONNECTOR:
        return kept == OWN
    return choose_own(request)


def _count(groups: list[Group], *, calm: bool) -> int:
    return sum(group.total for group in groups if group.calm == calm)
