"""What an employer types on the own pages or behind a link; input only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import Segmented, form_helper
from matching.enums import CheckInMood, YesNo
from matching.forms.check_ins import ask, take_answers
from matching.questions import EMPLOYER

WHAT_THEN = _("Schrijf erbij wat er niet klopt.")


def _words(label: Any, *, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=1000, strip=True, widget=forms.Textarea({"rows": rows})
    )


class WeekForm(forms.Form):
    """A few short questions about somebody at work; the one about hours only where hours are known."""

    going = forms.ChoiceField(label=_("Hoe gaat het?"), widget=Segmented, choices=CheckInMood.choices)
    hours_right = forms.ChoiceField(
        label=_("Kloppen de uren?"),
        widget=Segmented,
        choices=[(YesNo.YES, _("Ja")), (YesNo.NO, _("Nee"))],
    )
    help_wanted = forms.ChoiceField(
        label=_("Heb je hulp nodig?"),
        widget=Segmented,
        choices=[(YesNo.NO, _("Nee, het lukt")), (YesNo.YES, _("Ja, bel me"))],
    )
    words = _words(_("Wil je er iets bij zeggen?"))

    def __init__(self, *args: Any, hours: str, week: int, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.week = week
        asked = ask(self, EMPLOYER, week)
        self.order_fields(["going", "hours_right", *asked, "help_wanted", "words"])
        for name in ("going", "hours_right", "help_wanted"):
            self.fields[name].error_messages["required"] = _("Kies wat het beste past.")
        if hours:
            self.fields["hours_right"].help_text = hours
        else:
            del self.fields["hours_right"]
        form_helper(self, submit=_("Verstuur"), cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("hours_right") == YesNo.NO and not cleaned.get("words"):
            self.add_error("words", WHAT_THEN)
        return cleaned

    def said(self) -> dict[str, Any]:
        """What the service takes."""
        return take_answers(self.cleaned_data, EMPLOYER, self.week)


class HoursRightForm(forms.Form):
    """One step in hours: right, or not and then a word about it."""

    hours_right = forms.ChoiceField(
        label=_("Kloppen de uren?"),
        widget=Segmented,
        choices=[(YesNo.YES, _("Ja")), (YesNo.NO, _("Nee"))],
        error_messages={"required": _("Kies wat het beste past.")},
    )
    words = _words(_("Bij nee: wat klopt er niet?"), rows=2)

    def __init__(self, *args: Any, hours: str, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hours_right"].help_text = hours
        self.fields["words"].help_text = _("De coach leest dit. De uren veranderen niet vanzelf.")
        form_helper(self, submit=_("Verstuur"), cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("hours_right") == YesNo.NO and not cleaned.get("words"):
            self.add_error("words", WHAT_THEN)
        return cleaned
