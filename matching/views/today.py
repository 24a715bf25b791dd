"""Vandaag: one list of what deserves attention, each matter with its act."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from matching.day import day_list
from matching.views.lists import choose_own


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def today(request: Request) -> HttpResponse:
    """The own people's matters, or the whole bureau's for who wants to see them."""
    own = choose_own(request)
    groups = day_list(request.membership, own=own)
    return render(
        request,
        "matching/today.html",
        {
            "now": [group for group in groups if not group.calm],
            "calm": [group for group in groups if group.calm],
            "own": own,
            "whole": not own,
            "may_choose": request.membership.role != Role.CONNECTOR,
            "today": timezone.localdate(),
        },
    )
