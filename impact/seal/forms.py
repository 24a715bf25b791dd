"""A file or a hash to check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import any_will_do, form_helper


class VerifyForm(forms.Form):
    """One of the two is enough; with both, the file counts."""

    file = forms.FileField(
        label=_("Het bestand"),
        required=False,
        allow_empty_file=True,
        max_length=None,
        help_text=_("De PDF van het rapport, of cijfers.json. Ten hoogste 25 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.json,application/pdf,application/json"}),
    )
    hash = forms.CharField(
        label=_("Of het kenmerk"),
        required=False,
        max_length=200,
        help_text=_(
            "De SHA-256 van het bestand of van de cijfers: 64 tekens. Die van de cijfers staat achter in het rapport."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        any_will_do(self)
        form_helper(self, submit=_("Kijk na"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and cleaned.get("file") is None and not cleaned.get("hash"):
            raise forms.ValidationError(_("Kies een bestand of vul een kenmerk in."))
        return cleaned
