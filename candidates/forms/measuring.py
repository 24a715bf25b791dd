"""From questions to a rung, in two screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import DateField, Segmented
from candidates.enums import Rung
from candidates.forms.fields import WholeText
from candidates.ladder import (
    CODES,
    GROWTH,
    NO,
    QUESTIONS,
    YES,
    growth_above,
    suggested_potential,
    suggested_rung,
)


class QuestionsForm(forms.Form):
    """The questions of the ladder, yes or no."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=question.text, help_text=question.help, choices=[(YES, _("Ja")), (NO, _("Nee"))],
                widget=Segmented,
                error_messages={"required": format_lazy(_("Kies ja of nee: {question}"), question=question.text)},
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("paid") == NO and data.get("support") == YES:
            self.add_error(
                "support", _("Zonder betaald werk is er geen hulp of toeslag bij dat werk. Kies nee.")
            )
        return data


def _rungs() -> list[tuple[int, str]]:
    return [(rung.value, f"{rung.value}. {rung.label}") for rung in Rung]


class RungForm(forms.Form):
    """The rung that follows from the answers, to confirm; questions about growing; in own words."""

    rung = forms.TypedChoiceField(
        label=_("Waar sta je nu?"), choices=_rungs, coerce=int, widget=forms.RadioSelect
    )
    why_other = forms.CharField(
        label=_("Waarom een andere trede?"), max_length=300, required=False,
        help_text=_("Alleen als je een andere trede kiest dan de antwoorden zeggen."),
    )  # fmt: skip
    wellbeing = WholeText(label=_("Hoe gaat het met je, in je eigen woorden?"), longest=2000, rows=3)
    on = DateField(label=_("Wanneer"))

    def __init__(self, *args: Any, answers: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers = answers
        self.suggested = suggested_rung(answers)
        self.fields["rung"].initial = self.suggested.value
        self.fields["on"].initial = timezone.localdate
        for question in growth_above(self.suggested).values():
            self.fields[question.code] = forms.ChoiceField(
                label=question.text, help_text=question.help, required=False, widget=Segmented,
                choices=[(YES, _("Ja")), (NO, _("Nee")), ("", _("Weet ik nog niet"))], initial="",
            )  # fmt: skip
        growth = [question.code for question in GROWTH.values() if question.code in self.fields]
        self.order_fields(["rung", "why_other", *growth, "wellbeing", "on"])
        for code in CODES:
            self.fields[code] = forms.CharField(widget=forms.HiddenInput, initial=answers[code])

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Deze dag moet nog komen. Kies vandaag of eerder."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        rung = data.get("rung")
        if rung is not None and rung != self.suggested and not data.get("why_other"):
            self.add_error(
                "why_other",
                _("De antwoorden wijzen een andere trede aan. Schrijf op waarom deze beter past."),
            )
        return data

    def values(self) -> dict[str, Any]:
        """What `add_measurement` takes."""
        data = self.cleaned_data
        answers = {**self.answers, "suggested": str(self.suggested.value)}
        if data["rung"] != self.suggested:
            answers["why_other"] = data["why_other"]
        grown = {q.code: data[q.code] for q in GROWTH.values() if data.get(q.code)}
        kept = {name: data[name] for name in ("rung", "wellbeing", "on")}
        potential = suggested_potential(data["rung"], grown)
        return {**kept, "potential": potential, "answers": {**answers, **grown}}
