"""How work starts, changes and ends."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import DateInput, HoursField, form_helper
from employers.enums import END_REQUIRED_FORMS, PAID_FORMS, WorkForm
from matching.enums import Destination, EndReason
from matching.forms.fields import text_box
from matching.models import Placement
from matching.services.placements import LONGEST_TRIAL


class PlaceForm(forms.Form):
    """Work that begins."""

    form = forms.ChoiceField(label=_("Werkvorm"), choices=WorkForm.choices)
    starts_on = forms.DateField(label=_("Eerste dag"), widget=DateInput)
    hours = HoursField(label=_("Uren om mee te beginnen"))
    ends_on = forms.DateField(
        label=_("Loopt tot en met"), required=False, widget=DateInput,
        help_text=_("Bij een proefplaatsing moet er een einddatum zijn, hoogstens zes maanden na het begin."),
    )  # fmt: skip
    supervisor = forms.CharField(label=_("Wie begeleidt op het werk?"), required=False, max_length=120)
    employer_of_record = forms.CharField(
        label=_("Werkgever op papier"),
        required=False,
        max_length=160,
        help_text=_("Alleen bij betaald werk."),
    )
    contract_on = forms.DateField(label=_("Datum van het contract"), required=False, widget=DateInput)

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (_("Het werk"), ["form", "starts_on", "hours", "ends_on", "supervisor"]),
            (_("Bij betaald werk"), ["employer_of_record", "contract_on"]),
        ]
        rules = {
            "ends_on": "proefplaatsing",
            "supervisor": "vrijwilligers-begeleiden",
            "contract_on": "no-riskpolis",
        }
        form_helper(
            self, submit=_("Begin plaatsing"), cancel_url=cancel_url, groups=groups, once=True, rules=rules
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        form, starts, ends = cleaned.get("form"), cleaned.get("starts_on"), cleaned.get("ends_on")
        if form in PAID_FORMS:
            for name, error in (
                ("employer_of_record", _("Vul in wie de werkgever op papier is.")),
                ("contract_on", _("Vul de datum van het contract in.")),
            ):
                if not cleaned.get(name):
                    self.add_error(name, error)
        if form in END_REQUIRED_FORMS and ends is None and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Een proefplaatsing heeft een einddatum. Vul die in."))
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("De einddatum ligt voor de eerste dag. Kies een latere dag."))
        if form in END_REQUIRED_FORMS and starts and ends and ends - starts > LONGEST_TRIAL:
            self.add_error(
                "ends_on", _("Een proefplaatsing duurt hoogstens zes maanden. Kies een eerdere dag.")
            )
        return cleaned


class HoursForm(forms.Form):
    """Other hours from a day on."""

    hours = HoursField(label=_("Uren per week"))
    starts = forms.DateField(label=_("Vanaf welke dag?"), widget=DateInput)
    reason = forms.CharField(
        label=_("Waarom, in woorden van de kandidaat"), required=False, max_length=300, widget=text_box(2),
        help_text=_("Een stap terug is net zo gewoon als een stap erbij."),
    )  # fmt: skip

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar uren"), cancel_url=cancel_url, once=True)


class EndForm(forms.Form):
    """Work that ends."""

    last_day = forms.DateField(label=_("Laatste dag"), widget=DateInput)
    reason = forms.ChoiceField(label=_("Waarom stopt het?"), widget=forms.RadioSelect)
    destination = forms.ChoiceField(label=_("Waar gaat de kandidaat heen?"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Toelichting"), required=False, max_length=500, widget=text_box())

    def __init__(self, *args: Any, placement: Placement, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement = placement
        self.fields["reason"].choices = EndReason.choices  # type: ignore[attr-defined]
        self.fields["destination"].choices = Destination.choices  # type: ignore[attr-defined]
        form_helper(self, submit=_("Rond plaatsing af"), cancel_url=cancel_url)

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.placement.starts_on:
            raise ValidationError(_("De laatste dag ligt voor de eerste dag. Kies een latere dag."))
        return day
