"""A form that arrives after the session has ended waits, sealed, until the same person has signed in again.

What waits is encrypted with a key that is half the server's and half a cookie of that browser, lives an hour and
opens for the person the page was drawn for. Nothing is sent by itself: a page shows what will be sent, and one
button of that page sends it. A post that another site caused is never kept: its origin is not ours.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import User, hash_token
from buurtbaan.drafts.bases import DRAWN_FOR, read_reader
from buurtbaan.drafts.models import HELD, HeldPost
from buurtbaan.scope import Scope, scoped

COOKIE, SENT_AGAIN = "vastgehouden", "vastgehouden"
"""The cookie with the browser's half of the key, and the input that says that this is the second time."""
LARGEST = 2_500_000
"""As much as a form may hold at all (DATA_UPLOAD_MAX_MEMORY_SIZE)."""
A_HOUR = 30
"""How many posts one address may leave waiting in an hour."""
NEVER = ("/accounts/", "/beheer/", "/i/", "/uitnodiging/", "/taal/")
OWN = {"csrfmiddlewaretoken", DRAWN_FOR, SENT_AGAIN}
SECRET = ("password", "wachtwoord", "csrf", "token", "secret")


@dataclass(frozen=True)
class Held:
    """A post that waits: for whom, where it goes, and its fields."""

    user_id: int
    url: str
    fields: list[tuple[str, list[str]]]


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """The sign-in page for a stranger; with what was sent kept, and shown after signing in, if it can be."""
    secret = hold(request)
    return onwards(request, secret) if secret else redirect_to_login(request.get_full_path())


def onwards(request: HttpRequest, secret: str) -> HttpResponse:
    """To the page that shows what waits, past the sign-in page for who is signed out."""
    if not request.user.is_authenticated:
        messages.info(request, _("Je was uitgelogd. Log in: wat je typte staat er nog."))
    here = reverse("held_post")
    response = redirect(here) if request.user.is_authenticated else redirect_to_login(here)
    response.set_cookie(
        COOKIE, secret, max_age=int(HELD.total_seconds()), httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def hold(request: HttpRequest) -> str:
    """Keep a post for who drew its page; gives the browser's secret, or "" for what is not kept."""
    owner = read_reader(request.POST.get(DRAWN_FOR, "")) if _is_form(request) else None
    if owner is None or not _from_here(request) or not _allowed(request):
        return ""
    fields = [(name, texts) for name, texts in request.POST.lists() if name not in OWN and not _secret(name)]
    body = json.dumps({"url": request.get_full_path(), "fields": fields})
    if len(body) > LARGEST or not User.objects.filter(pk=owner, is_active=True).exists():
        return ""
    secret = secrets.token_urlsafe(32)
    sealed = _lock(secret).encrypt(body.encode()).decode()
    with scoped(Scope(token=hash_token(secret))):
        HeldPost.objects.create(token_hash=hash_token(secret), user_id=owner, body=sealed)
    return secret


def _is_form(request: HttpRequest) -> bool:
    """A page that somebody sent: no fragment, no script, no file, not the sign-in itself."""
    by_hand = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    scripted = "HX-Request" in request.headers or "X-Send" in request.headers
    return (
        request.method == "POST"
        and by_hand
        and not scripted
        and not request.FILES
        and not request.path.startswith(NEVER)
    )


def _from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent it; browsers say so with every post."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    found = urlsplit(origin)
    same = (found.scheme, found.netloc) == (request.scheme, request.get_host())
    return same and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def _allowed(request: HttpRequest) -> bool:
    """Not too many from one address."""
    name = "held:" + hash_token(request.META.get("REMOTE_ADDR", ""))[:32]
    cache.add(name, 0, int(HELD.total_seconds()))
    return bool(cache.incr(name) <= A_HOUR)


def _secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRET)


def _lock(secret: str) -> Fernet:
    half = HKDF(SHA256(), 32, salt=None, info=b"held post " + secret.encode())
    return Fernet(base64.urlsafe_b64encode(half.derive(settings.SECRET_KEY.encode())))


def waiting(request: HttpRequest) -> Held | None:
    """What waits for this browser; the caller compares the person."""
    secret = request.COOKIES.get(COOKIE, "")
    if not secret:
        return None
    with scoped(Scope(token=hash_token(secret))):
        row = HeldPost.objects.filter(
            token_hash=hash_token(secret), created_at__gt=timezone.now() - HELD
        ).first()
    if row is None:
        return None
    try:
        found: dict[str, Any] = json.loads(_lock(secret).decrypt(row.body.encode()))
    except InvalidToken:
        return None
    return Held(row.user_id, found["url"], [(name, texts) for name, texts in found["fields"]])


def drop(request: HttpRequest, response: HttpResponse) -> None:
    """Forget what waited for this browser."""
    if secret := request.COOKIES.get(COOKIE, ""):
        with scoped(Scope(token=hash_token(secret))):
            HeldPost.objects.filter(token_hash=hash_token(secret)).delete()
    response.delete_cookie(COOKIE, samesite="Lax")
