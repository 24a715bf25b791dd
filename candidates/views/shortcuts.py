"""The file that an address names, if the reader may have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from buurtbaan.access import Request
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Text
from candidates.models import Candidate
from candidates.permissions import can_edit
from candidates.whole import with_small_tables

STAFF_ROLES = (Role.CONNECTOR, Role.COACH, Role.MANAGER)


def visible_candidate(request: Request, pk: int, *, whole: bool = False) -> Candidate:
    """The file with its holders, or 404. whole: with the small tables about this person, in the same query."""
    people = Candidate.objects.visible_to(request.membership).select_related(
        "coach__user", "connector__user", "area", "source_organisation", "intake", "bureau"
    )
    return get_object_or_404(with_small_tables(people) if whole else people, pk=pk)


def editable_candidate(request: Request, pk: int) -> Candidate:
    """The same, for who may write in it; others hear what they can do."""
    candidate = visible_candidate(request, pk)
    if not can_edit(request.membership, candidate):
        raise PermissionDenied(
            _("Je mag dit dossier lezen. Geef wat je wilt veranderen door aan wie deze persoon begeleidt.")
        )
    return candidate


def own_file(request: Request) -> Candidate:
    """The candidate's own file."""
    people = Candidate.objects.visible_to(request.membership).select_related(
        "coach__user", "connector__user", "intake", "bureau"
    )
    candidate = people.first()
    if candidate is None:
        raise Http404
    return candidate


def posted(request: Request) -> QueryDict | None:
    """What was sent, for a form: None on a plain visit, and an empty post is a post."""
    return request.POST if request.method == "POST" else None


def act_once(
    request: Request, form: Any, *, do: Callable[[], tuple[Text, str]], template: str, context: dict[str, Any]
) -> HttpResponse:
    """Show a form; when it holds, do the act once. `do` gives what to tell and where to go.

    An act that is not possible now is said in the form, with everything that was typed.
    """
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            try:
                said, url = do()
            except NotAllowedNow as reason:
                form.add_error(None, str(reason))
            else:
                tell(request, said)
                return first.done(url)
    return render(request, template, {**context, "form": form})
