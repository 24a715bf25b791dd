"""A goal in somebody's own words, and the steps towards it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import DateField, Segmented
from candidates.enums import StepOwner
from candidates.forms.fields import WholeText
from candidates.models import Goal, Step

FARTHEST_YEARS = 10


def _days_to_come(day: Any) -> Any:
    """A day in a plan lies within reach: a slip of the pen such as 2206 is told at once."""
    if day and abs(day.year - timezone.localdate().year) > FARTHEST_YEARS:
        raise forms.ValidationError(_("Kijk het jaar na."))
    return day


class GoalForm(forms.Form):
    """What somebody wants, why, and around when."""

    title = forms.CharField(
        label=_("Wat wil je bereiken?"), max_length=200,
        help_text=_("In eigen woorden. Bijvoorbeeld: elke week onder de mensen zijn."),
    )  # fmt: skip
    why = WholeText(label=_("Waarom is dit belangrijk voor je?"), longest=1000, rows=2)
    target_on = DateField(label=_("Wanneer ongeveer?"), required=False)

    def __init__(self, *args: Any, goal: Goal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].error_messages["required"] = _("Schrijf op wat je wilt bereiken.")
        self.fields["title"].widget.attrs["autocomplete"] = "off"
        if goal:
            self.initial = {"title": goal.title, "why": goal.why, "target_on": goal.target_on}

    def clean_target_on(self) -> Any:
        return _days_to_come(self.cleaned_data["target_on"])


class StepForm(forms.Form):
    """One step: what, who, and for when."""

    what = forms.CharField(label=_("Wat is de stap?"), max_length=200)
    owner = forms.ChoiceField(
        label=_("Wie doet dit?"), choices=StepOwner.choices, widget=Segmented, initial=StepOwner.CANDIDATE
    )
    owner_name = forms.CharField(
        label=_("Wie is dat?"), max_length=80, required=False,
        help_text=_("Alleen bij iemand anders. Bijvoorbeeld: zus, huisarts, buurthuis."),
    )  # fmt: skip
    due_on = DateField(label=_("Voor wanneer?"), required=False)
    note = forms.CharField(label=_("Opmerking"), max_length=300, required=False)

    def __init__(self, *args: Any, step: Step | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].error_messages["required"] = _("Schrijf op wat de stap is.")
        for name in ("what", "owner_name", "note"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if step:
            self.initial = {name: getattr(step, name) for name in self.fields}

    def clean_due_on(self) -> Any:
        return _days_to_come(self.cleaned_data["due_on"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("owner") == StepOwner.OTHER and not data.get("owner_name", "").strip():
            self.add_error("owner_name", _("Schrijf op wie de stap doet."))
        return data


class MyStepForm(forms.Form):
    """A step of one's own."""

    what = forms.CharField(
        label=_("Wat ga je doen?"), max_length=200,
        help_text=_("Een kleine stap is goed. Bijvoorbeeld: een keer gaan kijken."),
    )  # fmt: skip
    due_on = DateField(label=_("Voor wanneer?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].error_messages["required"] = _("Schrijf op wat je gaat doen.")
        self.fields["what"].widget.attrs["autocomplete"] = "off"

    def clean_due_on(self) -> Any:
        return _days_to_come(self.cleaned_data["due_on"])
