"""Meeting somebody: the two-minute form, and whether we know this person already."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from candidates import services
from candidates.doubles import Double
from candidates.forms.meeting import FirstConversationForm
from candidates.models import Candidate
from candidates.started_from import after_meeting, known_beforehand
from candidates.views.shortcuts import STAFF_ROLES


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def conversation_new(request: Request) -> HttpResponse:
    """A first conversation, saved once; somebody who may be known already is shown before a second file is made."""
    known = _as_before(request) | known_beforehand(request, request.membership)
    form = FirstConversationForm(posted(request), by=request.membership, initial=known)
    begun = ":".join(request.GET.get(name, "") for name in ("aanmelding", "bijeenkomst"))
    keep(request, form, title=_("Nieuw gesprek"), key=f"candidates:conversation_new:{begun}", new=True)
    found: list[Double] = []
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            found = [] if "anyway" in request.POST else form.doubles()
            if not found and (made := _register(request, form)):
                return first.done(reverse("candidates:file", args=[made.pk]))
    context = {"form": form, "doubles": found, "asked": bool(found)}
    return render(request, "candidates/conversation_new.html", context)


def _as_before(request: Request) -> dict[str, Any]:
    """How and where one met the last person today: at a gathering the next one is met there, too."""
    met: dict[str, Any] = request.session.get("met", {})
    return met if met.get("on") == str(timezone.localdate()) else {}


def _register(request: Request, form: FirstConversationForm) -> Candidate | None:
    try:
        candidate = services.register_first_conversation(
            by=request.membership, consent_language=get_language() or "nl", **form.values()
        )
    except NotAllowedNow as reason:
        form.add_error(None, str(reason))
        return None
    met = {name: form.cleaned_data[name] for name in ("source", "place")}
    request.session["met"] = {**met, "on": str(timezone.localdate())}
    after_meeting(request, candidate, request.membership)
    tell(
        request,
        _("Het gesprek met %(name)s is bewaard.") % {"name": candidate.first_name},
        next_url=reverse("candidates:conversation_new"),
        next_label=_("Nog een gesprek"),
    )
    return candidate


@allow(*STAFF_ROLES)
@require_POST
def doubles(request: Request) -> HttpResponse:
    """People who may be the same, while typing; a fragment for the form. Posted, so that no name stands in a log."""
    form = FirstConversationForm(request.POST, by=request.membership)
    form.is_valid()
    return render(request, "candidates/_doubles.html", {"doubles": form.doubles(), "asked": False})
