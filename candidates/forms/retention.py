"""What a manager says about how long files are kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau
from buurtbaan.ui.forms import DateField


class PostponeForm(forms.Form):
    """Until when, and why; the person can read the reason."""

    until = DateField(label=_("Bewaren tot"), help_text=_("Hooguit een jaar later."))
    reason = forms.CharField(
        label=_("Waarom"), max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text=_("De kandidaat kan dit lezen. Bijvoorbeeld: vroeg zelf om langer te bewaren."),
    )  # fmt: skip


class RuleForm(forms.ModelForm):
    """The bureau's own rule."""

    class Meta:
        model = Bureau
        fields = ("retention_years", "purge_by_itself")
        labels = {
            "retention_years": _("Zo veel jaar na het sluiten"),
            "purge_by_itself": _("Wis vanzelf als de termijn voorbij is"),
        }
        help_texts = {
            "retention_years": _("Geldt voor dossiers die je vanaf nu sluit."),
            "purge_by_itself": _("Anders wis je zelf, met de lijst hieronder."),
        }


class PurgeForm(forms.Form):
    """The people who stood on the list that was read, and that it was read."""

    people = forms.CharField(widget=forms.HiddenInput)
    read = forms.BooleanField(
        label=_("Ik heb de lijst gelezen. Wissen kan niet terug."),
        error_messages={"required": _("Lees de lijst en zet een vinkje.")},
    )

    def __init__(self, data: Any = None, *, people: list[int]) -> None:
        super().__init__(data, initial={"people": ",".join(map(str, people))})

    def clean_people(self) -> list[int]:
        """Numbers of files; whoever is no longer due is left alone by the service."""
        return [int(one) for one in self.cleaned_data["people"].split(",") if one.isdecimal()]
