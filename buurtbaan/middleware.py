"""One request, one transaction, one scope."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from psycopg.errors import ForeignKeyViolation

from buurtbaan.bureaus.enums import NEEDS_SECOND_FACTOR
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import MovedAway, NotAllowedNow
from buurtbaan.scope import Scope, enter, fresh_transaction

log = logging.getLogger("buurtbaan.reads")
WITHOUT_DATABASE = ("/healthz", "/manifest.webmanifest", "/sw.js", "/offline/")
READ_ONLY_MAY_WRITE = (
    "audit_reading",
    "django_session",
    "account_",
    "mfa_",
    "bureaus_user",
    "cache_entry",
    "impact_download",
    "impact_apikey",
)


class ScopeMiddleware:
    """Opens the request's transaction, finds the current role and lets PostgreSQL see only what that role opens.

    An exception in a view undoes everything the view did. A GET that writes is logged: reading a page changes nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership, request.memberships = None, []  # type: ignore[attr-defined]
        if request.path.startswith(WITHOUT_DATABASE):
            return self.get_response(request)
        try:
            with fresh_transaction():
                response = self._within(request)
        except IntegrityError as reason:  # found at the end of the transaction
            if not _was_removed(reason):
                raise
            response = _Gone()
        return self._tell_gone(request) if isinstance(response, _Gone) else response

    def _within(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._enter(request)
            if away := self._second_factor_first(request):
                return away
        response = self._answer(request)
        if getattr(request, "undo", False):
            transaction.set_rollback(True)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with connection.execute_wrapper(_no_writes):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Undo what the view did; an act that is not possible now gets a page that says what is."""
        request.undo = True  # type: ignore[attr-defined]
        if isinstance(exception, NotAllowedNow):
            return render(request, "errors/409.html", {"message": str(exception)}, status=409)
        if isinstance(exception, MovedAway):
            return redirect(exception.url)
        if request.method == "POST" and _was_removed(exception):
            log.warning("%s found its row removed", request.path, exc_info=exception)
            return _Gone()
        return None

    def _tell_gone(self, request: HttpRequest) -> HttpResponse:
        """The page for it, in a transaction of its own: the one that lost can read nothing more."""
        message = _("Dit is er niet meer: een collega heeft het net weggehaald, of het dossier is gewist.")
        with fresh_transaction():
            if request.user.is_authenticated:
                self._enter(request)
            return render(request, "errors/409.html", {"message": message}, status=409)

    def _enter(self, request: HttpRequest) -> None:
        enter(Scope(user=request.user.pk))
        memberships = list(
            Membership.objects.current()
            .filter(user=request.user.pk)
            .select_related("user", "bureau__municipality", "municipality")
            .order_by("pk")
        )
        chosen = request.session.get("membership")
        current = next((m for m in memberships if m.pk == chosen), memberships[0] if memberships else None)
        request.memberships, request.membership = memberships, current  # type: ignore[attr-defined]
        if current:
            enter(Scope.for_membership(current, reason=request.headers.get("X-Reason", "")[:300]))

    def _second_factor_first(self, request: HttpRequest) -> HttpResponse | None:
        """Staff set up a second factor before anything else, where the settings require it."""
        membership: Membership | None = request.membership  # type: ignore[attr-defined]
        if (
            not settings.REQUIRE_SECOND_FACTOR
            or membership is None
            or membership.role not in NEEDS_SECOND_FACTOR
        ):
            return None
        if request.path.startswith((reverse("account_login").rsplit("/", 2)[0] + "/", "/static/", "/taal/")):
            return None
        if request.session.get("second_factor"):
            return None
        from allauth.mfa.utils import is_mfa_enabled

        if is_mfa_enabled(request.user):
            request.session["second_factor"] = True
            return None
        return redirect("mfa_index")


class _Gone(HttpResponse):
    """Stands for the page that is made once the lost transaction is over."""

    status_code = 409


def _was_removed(exception: Exception) -> bool:
    """Whether an act found its row removed under its hands: by a colleague, or because a file was erased."""
    if isinstance(exception, IntegrityError):
        return isinstance(exception.__cause__, ForeignKeyViolation)
    unsaved = type(exception) is DatabaseError and "did not affect any rows" in str(exception)
    return unsaved or isinstance(exception, ObjectDoesNotExist)


def _no_writes(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
    verb = sql.lstrip("( \n")[:6].upper()
    if verb in ("INSERT", "UPDATE", "DELETE") and not any(name in sql for name in READ_ONLY_MAY_WRITE):
        if settings.TESTING:
            raise AssertionError(f"A GET wrote: {sql[:200]}")
        log.error("A GET wrote: %s", sql[:200])
    return execute(sql, params, many, context)
