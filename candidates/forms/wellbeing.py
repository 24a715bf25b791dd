"""How it goes, asked in six short questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import Segmented
from candidates.forms.fields import WholeText
from candidates.models import Wellbeing
from candidates.wellbeing import VERSION, questions


class WellbeingForm(forms.Form):
    """Each question with five answers in words and "sla over"; and room for own words."""

    words = WholeText(label=_("Wil je er iets over vertellen?"), longest=2000, rows=3)

    def __init__(self, *args: Any, today: Wellbeing | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = today.answers if today and today.version == VERSION else {}
        for question in questions():
            choices = [*enumerate(question.answers, start=1), ("", _("sla over"))]
            self.fields[question.code] = forms.TypedChoiceField(
                label=question.text, help_text=question.help, choices=choices, coerce=int, empty_value=None,
                required=False, widget=Segmented, initial=given.get(question.code, ""),
            )  # fmt: skip
        self.fields["words"].initial = today.words if today else ""
        self.order_fields([*(question.code for question in questions()), "words"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        codes = [question.code for question in questions()]
        if (
            not self.errors
            and not data.get("words", "").strip()
            and not any(data.get(code) for code in codes)
        ):
            raise forms.ValidationError(_("Kies een antwoord of schrijf iets op. Eén vraag is genoeg."))
        return data

    def values(self) -> dict[str, Any]:
        """What `save_wellbeing` takes."""
        answers = {question.code: self.cleaned_data[question.code] for question in questions()}
        return {"answers": answers, "words": self.cleaned_data["words"]}
