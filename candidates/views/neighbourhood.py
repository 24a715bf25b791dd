"""Buurt: everything around the people, on one page."""

from __future__ import annotations

from django.db.models import Count, F, Window
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from candidates.enums import GuestState, HelpState
from candidates.models import (
    Gathering,
    GatheringGuest,
    HelpRequest,
    InwardReferral,
    OutwardReferral,
    Training,
    TrainingPlace,
)
from candidates.services.budget import balance_of
from candidates.views.shortcuts import STAFF_ROLES, own_file

SHOWN = 4


@allow(*STAFF_ROLES)
@require_GET
def hub(request: Request) -> HttpResponse:
    """What is coming, who waits for a call, who asks for help, what one can learn."""
    who = request.membership
    waiting = InwardReferral.objects.visible_to(who).to_call()
    asked = HelpRequest.objects.visible_to(who).waiting()
    running = Training.objects.visible_to(who).filter(closed_on=None)
    counted = Window(Count("pk"))
    waiting_rows = list(
        waiting.select_related("organisation").annotate(total=counted).order_by("received_on", "pk")[:SHOWN]
    )
    asked_rows = list(
        asked.annotate(total=counted).order_by(F("wanted_on").asc(nulls_last=True), "asked_on", "pk")[:SHOWN]
    )
    context = {
        "gatherings": Gathering.objects.visible_to(who).coming().with_counts()[:3],
        "waiting": waiting_rows,
        "waiting_total": waiting_rows[0].total if waiting_rows else 0,
        "asked": asked_rows,
        "asked_total": asked_rows[0].total if asked_rows else 0,
        "trainings": running.order_by("-created_at", "-pk")[:SHOWN],
    }
    return render(request, "neighbourhood/hub.html", context)


@allow(Role.CANDIDATE)
@require_GET
def my_neighbourhood(request: Request) -> HttpResponse:
    """What I do in the neighbourhood: gatherings, helping, learning, my budget, and where I was sent on to."""
    who, candidate = request.membership, own_file(request)
    guest = (
        GatheringGuest.objects.visible_to(who).select_related("gathering").exclude(state=GuestState.MISSED)
    )
    helping = HelpRequest.objects.visible_to(who).exclude(state=HelpState.CANCELLED)
    context = {
        "candidate": candidate,
        "guests": guest.order_by("-gathering__starts_at", "-pk")[:10],
        "helping": helping.order_by("-found_on", "-pk")[:10],
        "places": TrainingPlace.objects.visible_to(who).select_related("training").order_by("-pk")[:10],
        "sent_on": OutwardReferral.objects.visible_to(who).select_related("organisation")[:10],
        "balance": balance_of(candidate),
    }
    return render(request, "neighbourhood/my_neighbourhood.html", context)
