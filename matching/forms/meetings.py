"""When and where people meet, and how it went."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import DateInput, TimeInput, form_helper
from matching.forms.fields import text_box

MINUTES = [(30, _("een half uur")), (45, _("drie kwartier")), (60, _("een uur")), (90, _("anderhalf uur"))]


class MeetingForm(forms.Form):
    """When and where people meet, and who comes along."""

    day = forms.DateField(label=_("Welke dag?"), widget=DateInput)
    time = forms.TimeField(label=_("Hoe laat?"), widget=TimeInput)
    minutes = forms.TypedChoiceField(label=_("Hoe lang?"), choices=MINUTES, coerce=int, initial=45)
    place = forms.CharField(label=_("Waar?"), max_length=200)
    companion = forms.CharField(
        label=_("Wie gaat er mee?"), required=False, max_length=120,
        help_text=_("Bijvoorbeeld de coach, of iemand uit de familie."),
    )  # fmt: skip

    def __init__(self, *args: Any, cancel_url: str, again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(
            self, submit=_("Verzet afspraak") if again else _("Plan kennismaking"), cancel_url=cancel_url
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("time") and self.starts_at(cleaned) <= timezone.now():
            self.add_error("day", _("Dit moment is al voorbij. Kies een dag en tijd die nog komen."))
        return cleaned

    def starts_at(self, cleaned: dict[str, Any] | None = None) -> datetime:
        """Day and time together, in the bureau's time zone."""
        values = cleaned or self.cleaned_data
        return timezone.make_aware(datetime.combine(values["day"], values["time"]))


class OutcomeForm(forms.Form):
    """How the meeting was, for each of them."""

    outcome_candidate = forms.CharField(
        label=_("Hoe was het voor de kandidaat?"), required=False, max_length=1000, widget=text_box(4)
    )
    outcome_employer = forms.CharField(
        label=_("Hoe was het voor de werkgever?"), required=False, max_length=1000, widget=text_box(4)
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar hoe het was"), cancel_url=cancel_url)
