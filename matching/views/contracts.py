"""Somebody whose work a subscription paid for gets an ordinary contract."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.audit.services import record_read
from buurtbaan.drafts.keeping import keep
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import DateField, DateInput, form_helper
from matching.links import file_of
from matching.models import Placement
from matching.permissions import can_act
from matching.services.contracts import become_contract
from matching.services.conversions import paying
from matching.views.matches import ACTORS


class ContractForm(forms.Form):
    """When the contract begins."""

    contract_on = DateField(
        label=gettext_lazy("Vanaf welke dag is er een contract?"),
        widget=DateInput,
        help_text=gettext_lazy("De plaatsing eindigt de dag ervoor."),
    )
    note = forms.CharField(
        label=gettext_lazy("Toelichting"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Bijvoorbeeld bij wie, en voor hoeveel uur."),
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=gettext_lazy("Bewaar en rond plaatsing af"), cancel_url=cancel_url)


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def placement_contract(request: Request, pk: int) -> HttpResponse:
    """Note the contract: the work ends well, and counts once for the subscription."""
    rows = Placement.objects.visible_to(request.membership).select_related("candidate", "employer", "match")
    found = get_object_or_404(rows, pk=pk)
    if not can_act(request.membership, found):
        raise PermissionDenied(
            _("Een coach of de bureauleider verandert de plaatsing. Vraag het aan de coach.")
        )
    subscription = paying(found)
    back = (
        reverse("employers:subscription", args=[subscription.pk])
        if subscription
        else reverse("matching:placement", args=[pk])
    )
    form = ContractForm(request.POST or None, cancel_url=back, initial={"contract_on": timezone.localdate()})
    keep(request, form, title=_("Kreeg een gewoon contract"), candidate_id=found.candidate_id)
    record_read(by=request.membership, candidate_id=found.candidate_id, what="placement")
    if request.method == "POST" and form.is_valid():
        try:
            become_contract(placement=found, **form.cleaned_data, by=request.membership)
        except NotAllowedNow as reason:
            form.add_error("contract_on", str(reason))
        else:
            tell(
                request, _("Mooi. Het contract staat erin en telt mee voor dit abonnement."),
                next_url=file_of(found.candidate_id), next_label=_("Kijk of het dossier dicht kan"),
            )  # fmt: skip
            return redirect(back)
    context = {"placement": found, "form": form, "title": _("Kreeg een gewoon contract")}
    return render(request, "matching/placement_form.html", context)
