"""Buurt: everything around the people, on one page."""

from __future__ import annotations

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from candidates.models import Gathering, HelpRequest, InwardReferral, Training
from candidates.views.shortcuts import STAFF_ROLES

SHOWN = 4


@allow(*STAFF_ROLES)
@require_GET
def hub(request: Request) -> HttpResponse:
    """What is coming, who waits for a call, who asks for help, what one can learn."""
    who = request.membership
    waiting = InwardReferral.objects.visible_to(who).to_call()
    asked = HelpRequest.objects.visible_to(who).waiting()
    running = Training.objects.visible_to(who).filter(closed_on=None)
    context = {
        "gatherings": Gathering.objects.visible_to(who).coming().with_counts()[:3],
        "waiting": waiting.select_related("organisation").order_by("received_on", "pk")[:SHOWN],
        "waiting_total": waiting.count(),
        "asked": asked.order_by(F("wanted_on").asc(nulls_last=True), "asked_on", "pk")[:SHOWN],
        "asked_total": asked.count(),
        "trainings": running.order_by("-created_at", "-pk")[:SHOWN],
    }
    return render(request, "neighbourhood/hub.html", context)
