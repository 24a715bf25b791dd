"""The agenda of meetings in another program: make an address, renew it, stop it; and the file behind it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, by_link
from buurtbaan.drafts.services import once
from buurtbaan.throttle import too_often
from buurtbaan.ui.feedback import tell
from matching.models import AgendaFeed
from matching.services import feed
from matching.views.matches import STAFF

RATES = "60/5m/ip,600/h/ip"
"""Calendar programs look every few minutes, and colleagues share an address on the network."""
KEY = "agenda_address"


@allow(*STAFF)
@require_http_methods(["GET", "POST"])
def agenda_subscription(request: Request) -> HttpResponse:
    """Make or renew the own address, which is shown once: between the post and the page it waits in the session."""
    if request.method == "POST":
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            request.session[KEY] = feed.new_address(by=request.membership)
            return first.done(reverse("matching:agenda_subscription"))
    context = {
        "address": request.session.pop(KEY, ""),
        "feed": AgendaFeed.objects.visible_to(request.membership).first(),
        "whole": request.membership.role == "manager",
    }
    response = render(request, "matching/agenda_subscription.html", context)
    response["Cache-Control"] = "no-store"
    return response


@allow(*STAFF)
@require_POST
def agenda_stop(request: Request) -> HttpResponse:
    """No address any more."""
    feed.stop(by=request.membership)
    tell(request, _("Gestopt. De oude link geeft geen agenda meer."))
    return redirect("matching:agenda_subscription")


@by_link
@require_GET
def agenda_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings as a calendar file, for a program that holds the address."""
    if too_often(request, "agenda_feed", RATES):
        return HttpResponse(status=429)
    found = feed.read(token)
    if found is None:
        raise Http404
    return HttpResponse(
        found, content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="buurtbaan.ics"'},
    )  # fmt: skip
