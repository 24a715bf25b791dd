"""A first conversation without network: the empty page, the worker that serves it, and what is sent afterwards."""

from __future__ import annotations

import hashlib
import json
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_POST

from buurtbaan.access import Request, allow, public
from buurtbaan.drafts.keeping import finish
from buurtbaan.drafts.models import Submission
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.context import Frame
from candidates import services
from candidates.forms.meeting import FirstConversationForm
from candidates.sealing import keys_of, owner_mark
from candidates.started_from import after_meeting
from candidates.views.shortcuts import STAFF_ROLES

LANGUAGES = ("nl", "en")
FILES = (
    "vendor/bootstrap.min.css",
    "vendor/htmx.min.js",
    "vendor/fonts/atkinson-latin.woff2",
    "vendor/fonts/atkinson-latin-ext.woff2",
    "css/buurtbaan.css",
    "css/candidates.css",
    "css/offline.css",
    "js/buurtbaan.js",
    "js/unsent.js",
    "js/offline.js",
    "icons/buurtbaan.svg",
    "icons/buurtbaan-180.png",
)
"""All that the empty page needs; nothing else is ever kept on a device."""
WORKER = "js/worker.js"
MOST_ASKED = 50


@public
@require_GET
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, from the root so that it covers every page; its version follows from what it keeps."""
    shells = {language: reverse("offline:shell", args=[language]) for language in LANGUAGES}
    pages = [_shell(request, language) for language in LANGUAGES]
    source = Path(str(finders.find(WORKER) or settings.STATIC_ROOT / WORKER)).read_text()
    kept = {
        "files": [static(name) for name in FILES],
        "shells": shells,
        "form": reverse("candidates:conversation_new"),
        "queue": reverse("offline:queue"),
        "box": static("js/unsent.js"),
    }
    marks = [_mark(name) for name in FILES]
    version = hashlib.sha256(json.dumps([kept, marks, pages, source]).encode()).hexdigest()[:16]
    head = f"const KEPT = {json.dumps({**kept, 'version': version})};\n"
    return HttpResponse(head + source, content_type="text/javascript")


def _mark(name: str) -> str:
    """What tells two versions of a file apart: its name where that carries a hash, or else its content."""
    url = static(name)
    found = finders.find(name)
    if not url.endswith(name) or not found:
        return url
    return hashlib.sha256(Path(str(found)).read_bytes()).hexdigest()


@public
@require_GET
@cache_control(no_cache=True)
def shell(request: HttpRequest, language: str) -> HttpResponse:
    """The new-conversation page without anybody's data; fetched without cookies and kept on the device."""
    return HttpResponse(_shell(request, language))


def _shell(request: HttpRequest, language: str) -> str:
    with override(language):
        form = FirstConversationForm(by=None, auto_id="id_%s")
        context = {"form": form, "frame": Frame(), "csrf_token": "", "bare": True}
        return render_to_string("candidates/offline.html", context, request)


@allow(*STAFF_ROLES)
@require_GET
def queue(request: Request) -> HttpResponse:
    """What this device still has to send; the page itself knows nothing of it."""
    return render(request, "candidates/unsent.html", {"leaving": "uit" in request.GET})


@allow(*STAFF_ROLES)
@require_GET
@never_cache
def key(request: Request) -> JsonResponse:
    """Who this is, a fresh CSRF token, the key to lock with, and with `lezen` the keys to read with.

    `na`: ids that the device has; those that came in already are named, so that the device can let them go.
    """
    keys = keys_of(request.user.pk)
    answer: dict[str, Any] = {
        "owner": owner_mark(request.user.pk),
        "membership": request.membership.pk,
        "csrf": get_token(request),
        "mark": keys[0].mark,
        "public": keys[0].public,
        "done": _came_in(request),
    }
    if "lezen" in request.GET:
        answer["keys"] = {one.mark: one.private for one in keys}
    return JsonResponse(answer)


def _came_in(request: Request) -> list[str]:
    asked = []
    for word in request.GET.get("na", "").split(",")[:MOST_ASKED]:
        try:
            asked.append(uuid.UUID(word))
        except ValueError:
            continue
    found = Submission.objects.filter(user=request.user.pk, once__in=asked)
    return [str(one) for one in found.values_list("once", flat=True)]


@allow(*STAFF_ROLES)
@require_POST
def send(request: Request) -> JsonResponse:
    """One conversation from a device, done once; what is wrong with it is told, and the device keeps it."""
    if request.POST.get("membership") != str(request.membership.pk):
        words = _("Dit schreef je in een andere rol. Kies bovenaan eerst die rol.")
        return JsonResponse({"state": "role", "problems": [words]}, status=409)
    form = FirstConversationForm(request.POST, by=request.membership)
    with once(request) as first:
        if first.token is None:
            return JsonResponse(
                {"state": "errors", "problems": [_("Dit bericht heeft geen nummer.")]}, status=400
            )
        if first.already:
            return JsonResponse({"state": "done", "url": first.url})
        if not form.is_valid():
            return _refused(form)
        if "anyway" not in request.POST and form.doubles():
            return JsonResponse({"state": "double", "problems": []}, status=409)
        try:
            candidate = services.register_first_conversation(
                by=request.membership, consent_language=get_language() or "nl", **form.values()
            )
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
            return _refused(form)
        after_meeting(request, candidate, request.membership)
        finish(request, first.done(url := reverse("candidates:file", args=[candidate.pk])))
    return JsonResponse({"state": "done", "url": url}, status=201)


def _refused(form: FirstConversationForm) -> JsonResponse:
    problems = [
        f"{form.fields[name].label}: {error}"
        if name in form.fields and form.fields[name].label
        else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]
    return JsonResponse({"state": "errors", "problems": problems}, status=422)
