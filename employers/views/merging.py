"""The same employer twice: find the other one, choose what stays, and take the two together."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from employers import doubles, services
from employers.forms.merging import FindDoubleForm, MergeForm
from employers.models import Employer
from employers.permissions import can_merge, may_begin_merging
from employers.services.merging import may_be_one
from employers.views.shortcuts import editable_employer


@allow(Role.COACH, Role.MANAGER)
@require_GET
def merge_choose(request: Request, pk: int) -> HttpResponse:
    """Which other employer is this one, too?"""
    employer = editable_employer(request, pk)
    if not may_begin_merging(request.membership, employer):
        raise PermissionDenied(_not_yours())
    form = FindDoubleForm(request.GET)
    text = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = [
        {"employer": one, "may": can_merge(request.membership, employer, one) and may_be_one(employer, one)}
        for one in doubles.alike(employer, request.membership, text)
    ]
    return render(
        request,
        "employers/merge_choose.html",
        {"employer": employer, "found": found, "form": form, "text": text},
    )


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def merge(request: Request, pk: int, other: int) -> HttpResponse:
    """Field by field what differs; the first employer stays, the second goes into it."""
    stays, goes = editable_employer(request, pk), editable_employer(request, other)
    if stays.pk == goes.pk:
        raise Http404
    if not can_merge(request.membership, stays, goes):
        raise PermissionDenied(_not_yours())
    found = doubles.differences(stays, goes)
    form = MergeForm(request.POST or None, found=found, stamp=doubles.stamp(stays, goes))
    if request.method == "POST" and form.is_valid() and _merged(request, form, stays, goes):
        tell(
            request,
            _("%(goes)s en %(stays)s zijn nu één werkgever.") % {"goes": goes.name, "stays": stays.name},
        )
        return redirect("employers:employer", stays.pk)
    context = {
        "stays": stays,
        "goes": goes,
        "form": form,
        "moves": doubles.hanging_on(goes),
        "may_be_one": may_be_one(stays, goes),
        "swap_url": reverse("employers:merge", args=[goes.pk, stays.pk]),
    }
    return render(request, "employers/merge.html", context)


def _merged(request: Request, form: MergeForm, stays: Employer, goes: Employer) -> bool:
    """Done, or not with the reason in the form."""
    seen = form.cleaned_data["seen"]
    try:
        services.merge_employers(stays=stays, goes=goes, picks=form.picks(), seen=seen, by=request.membership)
    except NotAllowedNow as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _not_yours() -> str:
    return _(
        "Samenvoegen kan de bureauleider, of wie de relatie met allebei heeft. Vraag de bureauleider om het te doen."
    )
