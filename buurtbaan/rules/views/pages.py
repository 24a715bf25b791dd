"""What the pages of this app share: a layout for each role, and the parts under one heading."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from buurtbaan.access import Request
from buurtbaan.bureaus.enums import STAFF, Role

EVERYBODY = tuple(Role)
READS_RATES = frozenset({*STAFF, Role.MUNICIPALITY, Role.PLATFORM})
WRITES = frozenset({Role.MANAGER, Role.PLATFORM})


def page(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page for every role: candidates get their own, larger layout."""
    role = request.membership.role
    layout = "layout/plain.html" if role == Role.CANDIDATE else "layout/base.html"
    frame = {"layout": layout, "may_see_rates": role in READS_RATES, "may_write": role in WRITES}
    return render(request, template, {**context, **frame})
