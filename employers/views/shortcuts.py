"""The employer, or the row about one, that an address names, if the reader may have it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.utils.translation import gettext as _

from buurtbaan.access import Request
from employers.models import Employer
from employers.permissions import can_edit


def visible_employer(request: Request, pk: int) -> Employer:
    """The employer with its bureau and whose relation it is, or 404."""
    rows = Employer.objects.visible_to(request.membership)
    return get_object_or_404(rows.select_related("bureau__municipality", "owner__user"), pk=pk)


def editable_employer(request: Request, pk: int) -> Employer:
    """The same, for who may write; others hear what they can do."""
    employer = visible_employer(request, pk)
    if not can_edit(request.membership, employer):
        raise PermissionDenied(
            _("Je mag dit lezen. Geef wat je wilt veranderen door aan een coach van het bureau.")
        )
    return employer


def posted(request: Request) -> QueryDict | None:
    """What was sent, for a form: None on a plain visit, and an empty post is a post."""
    return request.POST if request.method == "POST" else None


def relation_of(pk: int) -> str:
    """The tab with everything about the relation with an employer."""
    return reverse("employers:relation", args=[pk])


def back_to(request: Request, fallback: str) -> HttpResponse:
    """To the page of ours that somebody came from, or else the given one."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if ours and wanted.startswith("/") else fallback)


def pdf_response(data: bytes, *names: Any) -> HttpResponse:
    """A document to read or print, never kept by what stands between."""
    name = slugify("-".join(str(one) for one in names))[:80] or "document"
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"},
    )
