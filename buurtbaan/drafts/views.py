"""What a form says to the server by itself, the drafts that wait, and a post that waited for signing in."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from buurtbaan.access import Request, signed_in
from buurtbaan.drafts import held, keeping
from buurtbaan.drafts.bases import WAS
from buurtbaan.drafts.labels import words_of
from buurtbaan.drafts.models import Draft
from buurtbaan.drafts.services import read_uuid
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell

FIELD = "v."
YEAR = 365 * 24 * 3600
ANSWERS: dict[type[Exception], tuple[str, int]] = {
    keeping.AlreadySent: ("sent", 410),
    keeping.SavedElsewhere: ("elsewhere", 409),
    keeping.TooLarge: ("large", 413),
    IntegrityError: ("gone", 410),
}


@signed_in
@require_POST
def draft_save(request: Request) -> HttpResponse:
    """Keep what was typed; answers with the time that the badge shows."""
    sent = _read(request)
    if sent is None or request.membership is None:
        return JsonResponse({"state": "bad"}, status=400)
    try:
        with transaction.atomic():
            draft = keeping.save(sent=sent, by=request.membership)
    except (NotAllowedNow, IntegrityError) as reason:
        state, status = ANSWERS.get(type(reason), ("role", 403))
        return JsonResponse({"state": state}, status=status)
    at = keeping.moment(draft.saved_at)
    response = JsonResponse({"state": "saved", "at": at, "version": draft.version})
    if sent.device != request.COOKIES.get(keeping.DEVICE):
        secure = request.is_secure()
        response.set_cookie(keeping.DEVICE, sent.device, YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


def _read(request: Request) -> keeping.Save | None:
    said = request.POST
    number = read_uuid(said.get(keeping.CONCEPT, ""))
    counts = [said.get(name, "") for name in ("sequence", "version")]
    if number is None or not all(one.isascii() and one.isdecimal() and len(one) < 9 for one in counts):
        return None
    data = {name[len(FIELD) :]: texts for name, texts in said.lists() if name.startswith(FIELD)}
    data |= {name: [] for name in said.getlist("empty")}
    return keeping.Save(
        number=number,
        place=said.get("place", ""),
        page=said.get("page", "")[:40],
        sequence=int(counts[0]),
        version=int(counts[1]),
        data={name: [text.replace("\x00", "") for text in texts] for name, texts in data.items()},
        was=said.get("was", ""),
        device=request.COOKIES.get(keeping.DEVICE, "")[:40] or uuid.uuid4().hex,
    )


@signed_in
@require_GET
def draft_token(request: Request) -> HttpResponse:
    """A fresh CSRF token for a page that was open while somebody signed in anew, and who that is."""
    response = JsonResponse({"csrf": get_token(request), "user": request.user.pk})
    response["Cache-Control"] = "no-store"
    return response


def _mine(request: Request, pk: uuid.UUID) -> Draft:
    return get_object_or_404(Draft.objects.visible_to(request.membership), pk=pk)


@signed_in
@require_POST
def draft_throw(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Throw a draft away; it can be taken back."""
    draft = _mine(request, pk)
    keeping.throw_away(draft=draft)
    tell(
        request,
        _("Weggegooid: %(title)s.") % {"title": draft.title},
        undo_url=reverse("draft_back", args=[pk]),
    )
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if here else "home")


@signed_in
@require_POST
def draft_back(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Take back a draft and go on with it."""
    draft = _mine(request, pk)
    keeping.take_back(draft=draft)
    return redirect(keeping.link_to(draft.url, draft.pk))


@signed_in
@require_GET
def held_post(request: Request) -> HttpResponse:
    """What somebody sent after the session had ended, to look at and send once more."""
    found = held.waiting(request)
    if found is None:
        return redirect("home")
    if found.user_id != request.user.pk:
        response = redirect("home")
        response.delete_cookie(held.COOKIE, samesite="Lax")  # and with it the only key
        text = _(
            "Het formulier dat nog openstond, is van iemand anders. We hebben het niet verstuurd en weggegooid."
        )
        messages.warning(request, text)
        return response
    page = render(request, "errors/session_expired.html", _shown(request, found))
    page["Cache-Control"] = "no-store"
    return page


def _shown(request: Request, found: held.Held) -> dict[str, Any]:
    words = words_of(request, found.url)
    own = {"once", keeping.CONCEPT, WAS, *words.buttons}
    told = [(words.labels.get(name, ""), words.of(name, texts)) for name, texts in found.fields]
    rest = [
        (name, ", ".join(texts))
        for name, texts in found.fields
        if not words.labels.get(name) and name not in own and any(texts)
    ]
    return {
        "url": found.url,
        "told": [(label, text) for label, text in told if label and text],
        "rest": rest,
        "sent": [(name, text) for name, texts in found.fields for text in texts],
        "again": held.SENT_AGAIN,
    }


@signed_in
@require_POST
def held_drop(request: Request) -> HttpResponse:
    """Throw away what waited."""
    response = redirect("home")
    held.drop(request, response)
    tell(request, _("Weggegooid. Er is niets verstuurd."))
    return response
