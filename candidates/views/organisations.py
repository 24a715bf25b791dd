"""The organisations around the bureau: a list, one, and their description."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow, posted
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.ui.pieces import Text
from candidates.enums import InwardState
from candidates.forms.neighbourhood import OrganisationForm
from candidates.models import InwardReferral, Organisation, OutwardReferral
from candidates.services.organisations import save_organisation
from candidates.views.screens import act, page_of
from candidates.views.shortcuts import STAFF_ROLES

SHOWN = 10


@allow(*STAFF_ROLES)
@require_GET
def organisation_list(request: Request) -> HttpResponse:
    """Everybody around us, with how many people they sent."""
    rows = Organisation.objects.visible_to(request.membership).annotate(
        sent_in=Count("inward_referrals", distinct=True),
        waiting=Count("inward_referrals", filter=Q(inward_referrals__state=InwardState.NEW), distinct=True),
        sent_on=Count("outward_referrals", distinct=True),
    )
    context = {"page": page_of(request, rows.order_by("name", "pk"))}
    return render(request, "neighbourhood/organisation_list.html", context)


@allow(*STAFF_ROLES)
@require_GET
def organisation(request: Request, pk: int) -> HttpResponse:
    """One organisation, and the people in between as far as the reader may know them."""
    found = get_object_or_404(Organisation.objects.visible_to(request.membership), pk=pk)
    inward = InwardReferral.objects.visible_to(request.membership).filter(organisation=found)
    outward = OutwardReferral.objects.visible_to(request.membership).filter(organisation=found)
    context = {
        "organisation": found,
        "inward": inward.select_related("candidate").order_by("-received_on", "-pk")[:SHOWN],
        "outward": outward.select_related("candidate").order_by("-sent_on", "-pk")[:SHOWN],
    }
    return render(request, "neighbourhood/organisation.html", context)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def organisation_new(request: Request) -> HttpResponse:
    """Somebody new around us."""
    form = OrganisationForm(posted(request))

    def do() -> tuple[Text, str]:
        made = save_organisation(values=form.cleaned_data, by=request.membership)
        return _("%(name)s staat erbij.") % {"name": made}, reverse(
            "neighbourhood:organisation", args=[made.pk]
        )

    back = reverse("neighbourhood:organisation_list")
    return act(
        request,
        form,
        "neighbourhood/organisation_new.html",
        {},
        submit=_("Bewaar organisatie"),
        back=back,
        do=do,
        draft=_("Organisatie"),
    )


def _now(row: Organisation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("name", "kind", "email", "phone")}


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def organisation_edit(request: Request, pk: int) -> HttpResponse:
    """A better name or address."""
    found = get_object_or_404(Organisation.objects.visible_to(request.membership), pk=pk)
    form, clash = settle_row(request, found, lambda data, row: OrganisationForm(data, initial=_now(row)))
    if clash:
        return clash
    back = reverse("neighbourhood:organisation", args=[pk])

    def do() -> tuple[Text, str]:
        save_organisation(organisation=found, values=form.cleaned_data, by=request.membership)
        return _("Bewaard."), back

    context = {"organisation": found}
    return act(
        request, form, "neighbourhood/organisation_edit.html", context, submit=_("Bewaar"), back=back, do=do
    )
