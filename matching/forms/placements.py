"""How work starts, changes and ends."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import DateField, DateInput, HoursField, form_helper
from matching.enums import Destination, EndReason, NextStep, Said
from matching.forms.fields import text_box
from matching.models import HoursStep, Placement

VOLUNTEER = _("Blijft hier of elders als vrijwilliger, zonder het bureau")
ENDS: list[tuple[str, Any]] = [
    (value, VOLUNTEER if value == Destination.VOLUNTEERING else label)
    for value, label in Destination.choices
    if value != Destination.SAME_EMPLOYER
]
"""Every destination is a good one; going on at the same employer has a page of its own."""


class HoursForm(forms.Form):
    """Other hours from a day on."""

    hours = HoursField(label=_("Uren per week"))
    starts = DateField(label=_("Vanaf welke dag?"), widget=DateInput)
    reason = forms.CharField(
        label=_("Waarom, in woorden van de kandidaat"), required=False, max_length=300, widget=text_box(2),
        help_text=_("Een stap terug is net zo gewoon als een stap erbij."),
    )  # fmt: skip

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar uren"), cancel_url=cancel_url, once=True)


class CorrectForm(forms.Form):
    """A step in hours that was noted wrong."""

    hours = HoursField(label=_("Uren per week"))
    starts = DateField(label=_("Vanaf welke dag?"), widget=DateInput)
    reason = forms.CharField(
        label=_("In woorden van de kandidaat"), required=False, max_length=300, widget=text_box(2)
    )
    note = forms.CharField(
        label=_("Waarom verbeter je dit?"), max_length=300, help_text=_("Blijft in de geschiedenis staan.")
    )
    remove = forms.BooleanField(label=_("Deze stap was er niet: haal hem weg"), required=False)

    def __init__(self, *args: Any, step: HoursStep, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step.during.lower == step.placement.starts_on:
            del self.fields["remove"]
            self.fields["starts"].disabled = True
            self.fields["starts"].help_text = _("De eerste uren beginnen op de eerste werkdag.")
        form_helper(self, submit=_("Bewaar verbetering"), cancel_url=cancel_url)


class PlanForm(forms.Form):
    """What comes after work that ends."""

    step = forms.ChoiceField(label=_("Wat volgt?"), choices=NextStep.choices, widget=forms.RadioSelect)
    on = DateField(
        label=_("Wanneer?"), required=False, widget=DateInput,
        help_text=_("De dag van het gesprek, of waarop het vervolg begint."),
    )  # fmt: skip
    note = forms.CharField(label=_("Toelichting"), required=False, max_length=300, widget=text_box(2))

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar wat volgt"), cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("step") == NextStep.TALK and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", _("Vul in wanneer het gesprek is."))
        return cleaned


class EndForm(forms.Form):
    """Work that ends."""

    last_day = DateField(
        label=_("Laatste dag"), widget=DateInput,
        help_text=_("Mag ook later zijn: dan loopt het werk gewoon door tot en met die dag."),
    )  # fmt: skip
    destination = forms.ChoiceField(label=_("Waar gaat iemand heen?"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Waarom stopt het?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("In eigen woorden"), required=False, max_length=500, widget=text_box(),
        help_text=_("Liefst in de woorden van de kandidaat zelf."),
    )  # fmt: skip
    said_by = forms.ChoiceField(
        label=_("Wiens woorden zijn dit?"), required=False, choices=[("", _("Niet genoteerd")), *Said.choices]
    )

    def __init__(self, *args: Any, placement: Placement, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement = placement
        self.fields["reason"].choices = EndReason.choices  # type: ignore[attr-defined]
        self.fields["destination"].choices = ENDS  # type: ignore[attr-defined]
        form_helper(self, submit=_("Rond plaatsing af"), cancel_url=cancel_url)

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.placement.starts_on:
            raise ValidationError(_("De laatste dag ligt voor de eerste dag. Kies een latere dag."))
        return day
