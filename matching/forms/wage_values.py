"""A wage value as it stands in a report or decision of somebody else."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import AmountField, DateField, DateInput, form_helper


class WageValueForm(forms.Form):
    """Who said it, when, and how long it holds."""

    percentage = AmountField(
        label=_("Loonwaarde"), unit="%", max_value=Decimal(100),
        help_text=_("Neem het percentage over uit het rapport of het besluit. Reken niets zelf uit."),
    )  # fmt: skip
    measured_on = DateField(label=_("Vastgesteld op"), widget=DateInput)
    assessed_by = forms.CharField(
        label=_("Vastgesteld door"),
        max_length=160,
        help_text=_("De deskundige of de organisatie, niet wijzelf."),
    )
    method = forms.CharField(label=_("Hoe is het vastgesteld?"), required=False, max_length=160)
    reference = forms.CharField(label=_("Kenmerk van het rapport of besluit"), required=False, max_length=80)
    valid_from = DateField(label=_("Geldt vanaf"), widget=DateInput)
    valid_until = DateField(
        label=_("Geldt tot en met"), required=False, widget=DateInput,
        help_text=_("Acht weken voor deze dag zeggen we het op Vandaag."),
    )  # fmt: skip

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar loonwaarde"), cancel_url=cancel_url, once=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("valid_from"), cleaned.get("valid_until")
        if since and until and until < since:
            self.add_error("valid_until", _("De laatste dag ligt voor de eerste. Kies een latere dag."))
        return cleaned
