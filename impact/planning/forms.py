"""What is chosen when a report is planned, or asked for many bureaus at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Municipality
from buurtbaan.ui.forms import Segmented, form_helper
from impact.forms import LANGUAGES, ReportForm
from impact.planning.rhythms import Moment, Rhythm


def places() -> Any:
    """Municipalities that have a bureau."""
    return Municipality.objects.filter(bureaus__isnull=False).distinct().order_by("name")


class ScheduleForm(forms.Form):
    """How often and when; for the platform administrator also where."""

    municipality = forms.ModelChoiceField(
        label=_("Gemeente"), queryset=Municipality.objects.none(), help_text=_("Voor al haar bureaus.")
    )
    rhythm = forms.ChoiceField(
        label=_("Hoe vaak?"), choices=Rhythm.choices, widget=Segmented, initial=Rhythm.QUARTERLY
    )
    moment = forms.ChoiceField(
        label=_("Wanneer?"),
        choices=Moment.choices,
        widget=Segmented,
        initial=Moment.FIRST_MONDAY,
        help_text=_("Als de maand, het kwartaal of het jaar voorbij is."),
    )
    language = forms.ChoiceField(
        label=_("Taal van het rapport"), choices=LANGUAGES, widget=Segmented, initial="nl"
    )

    def __init__(self, *args: Any, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if whole:
            self.fields["municipality"].queryset = places()  # type: ignore[attr-defined]
        else:
            del self.fields["municipality"]
        form_helper(self, submit=_("Plan rapport"), cancel_url=reverse("impact:schedule_list"), once=True)


class BatchForm(ReportForm):
    """One period for all bureaus of a municipality, or for all of them."""

    municipality = forms.ModelChoiceField(
        label=_("Gemeente"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("Alle gemeenten"),
    )
    field_order = ["municipality", "since", "until", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = places()  # type: ignore[attr-defined]
        form_helper(self, submit=_("Maak de rapporten"), cancel_url=reverse("impact:batch_list"), once=True)
