"""What somebody chooses when an employer stands in the list twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.doubles import Difference


class FindDoubleForm(forms.Form):
    q = forms.CharField(label=_("Zoek op naam of KvK-nummer"), required=False, max_length=120)


class MergeForm(forms.Form):
    """One choice for each field in which the two differ. seen: the stamp of what was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    sure = forms.BooleanField(
        label=_("Dit is dezelfde werkgever. Ik weet dat ik dit niet kan terugdraaien."),
        error_messages={"required": _("Vink aan dat je het zeker weet.")},
    )

    def __init__(self, *args: Any, found: Sequence[Difference], stamp: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        self.initial["seen"] = stamp
        for one in found:
            self.fields[one.name] = forms.ChoiceField(
                label=one.label, choices=one.choices, initial=one.first, widget=forms.RadioSelect
            )
        self.order_fields(["seen", *(one.name for one in found), "sure"])

    @property
    def rows(self) -> list[tuple[Difference, forms.BoundField]]:
        """Each difference with its drawn choice."""
        return [(one, self[one.name]) for one in self.found]

    def picks(self) -> dict[str, str]:
        """Name of a field → the side that was chosen."""
        return {one.name: self.cleaned_data[one.name] for one in self.found}
