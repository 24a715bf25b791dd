"""The file that an address names, if the reader may have it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from buurtbaan.access import Request
from buurtbaan.bureaus.enums import Role
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
