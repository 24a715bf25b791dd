"""What people type about a template."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import form_helper


class TemplateForm(forms.Form):
    name = forms.CharField(
        label=_("Hoe heet het sjabloon?"),
        max_length=120,
        help_text=_("Een naam waaraan collega’s het herkennen. Werkgever, plek en namen gaan niet mee."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar sjabloon"), cancel_url=cancel_url, once=True)
