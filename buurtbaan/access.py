"""Every view says who may call it, with exactly one of `allow`, `signed_in`, `by_link`, `by_key` or `public`.

`tests/test_access.py` reads these marks from the URL resolver, so that a view without one cannot go unnoticed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts import held, keeping

if TYPE_CHECKING:
    from buurtbaan.bureaus.models import Membership, User

View = TypeVar("View", bound=Callable[..., HttpResponse])


class Request(HttpRequest):
    """A request as the views behind `allow` receive it: someone is signed in, with a role."""

    if TYPE_CHECKING:
        user: User
        membership: Membership
        memberships: list[Membership]
        htmx: Any


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form: None on a plain visit, and an empty post is a post."""
    return request.POST if request.method == "POST" else None


def needs_export_right(request: Request) -> None:
    """Refuse who may not take lists along, with whom to ask."""
    if not request.membership.may_export:
        raise PermissionDenied(
            _("Exporteren mag wie daar het recht voor heeft. Vraag het aan de bureauleider.")
        )


def allow(*roles: Role) -> Callable[[View], View]:
    """Open a view to these roles; others get 403 with what to do, strangers the sign-in page."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return held.sign_in_first(request)
            membership = getattr(request, "membership", None)
            if membership is None or membership.role not in roles:
                raise PermissionDenied(other_role(request))
            keeping.hold(request)
            return _rounded_off(request, view(request, *args, **kwargs))

        guarded.allowed_roles = frozenset(roles)  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


def _rounded_off(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A post that led on was done: forget its draft and what waited, and tell a script where it leads."""
    if request.method != "POST" or response.status_code not in (302, 303) or getattr(request, "undo", False):
        return response
    keeping.finish(request, response)
    if held.SENT_AGAIN in request.POST:
        held.drop(request, response)
    if "X-Send" not in request.headers:
        return response
    answer = JsonResponse({"to": response["Location"]})
    answer.cookies = response.cookies
    return answer


def other_role(request: HttpRequest) -> str:
    """What to do about a page of another role; only who has several roles can choose one."""
    if len(getattr(request, "memberships", [])) > 1:
        return _("Deze pagina hoort bij een andere rol. Kies bovenaan de rol waarmee je wilt werken.")
    return _("Deze pagina hoort bij een andere rol. Heb je haar toch nodig? Vraag het aan het bureau.")


def signed_in(view: View) -> View:
    """Open a view to everybody who is signed in, whatever the role."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return held.sign_in_first(request)
        keeping.hold(request)
        return _rounded_off(request, view(request, *args, **kwargs))

    guarded.allowed_roles = "signed_in"  # type: ignore[attr-defined]
    return cast(View, guarded)


def by_link(view: View) -> View:
    """Open a view to whoever holds the link in its address; it shows only what that one link is for."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    guarded.allowed_roles = "by_link"  # type: ignore[attr-defined]
    return cast(View, guarded)


def by_key(view: View) -> View:
    """Open a view to a program that shows a key of its municipality; the view checks the key itself."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-cache"
        response["X-Robots-Tag"] = "noindex"
        return response

    guarded.allowed_roles = "by_key"  # type: ignore[attr-defined]
    return cast(View, guarded)


def public(view: View) -> View:
    """Open a view to the world; it must not show anything about a person."""
    view.allowed_roles = "public"  # type: ignore[attr-defined]
    return view
