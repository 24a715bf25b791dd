"""The employer, or the row about one, that an address names, if the reader may have it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from buurtbaan.access import Request
from buurtbaan.errors import MovedAway, NotAllowedNow
from employers.models import Employer, FormerEmployer
from employers.permissions import can_edit


def visible_employer(request: Request, pk: int, **only: Any) -> Employer:
    """The employer with its bureau, whose relation it is and its logo's sign, or 404. only: more that must hold.

    The address of one that was merged leads to the one that stayed.
    """
    rows = Employer.objects.visible_to(request.membership).annotate(logo_digest=F("logo__digest"))
    employer = rows.select_related("bureau__municipality", "owner__user").filter(pk=pk, **only).first()
    if employer is None:
        _lead_on(request, pk)
        raise Http404
    return employer


def _lead_on(request: Request, pk: int) -> None:
    """To the same page of the employer into which this one went, where there is one."""
    rows = FormerEmployer.objects.visible_to(request.membership).select_related("employer")
    former = rows.filter(former_id=pk).first()
    if former is None:
        return
    if request.method not in ("GET", "HEAD"):
        raise NotAllowedNow(
            _("Deze werkgever is samengevoegd met %(name)s. Open die pagina en probeer het daar.")
            % {"name": former.employer.name}
        )
    match = request.resolver_match
    same = match is not None and match.kwargs == {"pk": pk}
    name = match.view_name if match is not None and same else "employers:employer"
    raise MovedAway(reverse(name, kwargs={"pk": former.employer_id}))


def editable_employer(request: Request, pk: int) -> Employer:
    """The same, for who may write; others hear what they can do."""
    employer = visible_employer(request, pk)
    if not can_edit(request.membership, employer):
        raise PermissionDenied(
            _("Je mag dit lezen. Geef wat je wilt veranderen door aan een coach van het bureau.")
        )
    return employer


def relation_of(pk: int) -> str:
    """The tab with everything about the relation with an employer."""
    return reverse("employers:relation", args=[pk])


def back_to(request: Request, fallback: str) -> HttpResponse:
    """To the page of ours that somebody came from, or else the given one."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if ours and wanted.startswith("/") else fallback)
