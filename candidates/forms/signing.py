"""A name under something that was read: drawn with a finger, or typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import any_will_do
from candidates.signatures import clean_signature


class SignatureInput(forms.TextInput):
    """A field to draw in; what is drawn goes along as a line of points."""

    template_name = "widgets/signature.html"
    use_fieldset = True


class SignedForm(forms.Form):
    """The candidate draws or types the own name. The page loads `js/signature.js`."""

    signature = forms.CharField(label=_("Teken je naam"), required=False, widget=SignatureInput)
    name = forms.CharField(label=_("Of typ de naam"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        any_will_do(self)

    def clean_signature(self) -> str:
        return clean_signature(self.cleaned_data["signature"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors.get("signature") and not (data.get("name") or data.get("signature")):
            self.add_error("name", _("Er staat nog geen naam onder. Teken de naam, of typ hem."))
        return data
