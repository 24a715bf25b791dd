"""The candidate says what is not right, and the coach answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import Segmented
from candidates.enums import CorrectionOutcome, CorrectionPart
from candidates.forms.fields import WholeText


class CorrectionForm(forms.Form):
    """What is not right, and what it is about."""

    text = WholeText(label=_("Wat klopt er niet?"), longest=2000, rows=4, required=True)
    part = forms.ChoiceField(
        label=_("Waar gaat het over?"), choices=CorrectionPart.choices,
        required=False, initial=CorrectionPart.OTHER,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].error_messages["required"] = _("Schrijf op wat er niet klopt.")

    def clean_part(self) -> str:
        return self.cleaned_data["part"] or CorrectionPart.OTHER


class AnswerForm(forms.Form):
    """What became of it; the candidate reads this."""

    outcome = forms.ChoiceField(
        label=_("Wat heb je gedaan?"), choices=CorrectionOutcome.choices, widget=Segmented
    )
    answer = WholeText(
        label=_("Je antwoord"), longest=2000, rows=4,
        help_text=_("De kandidaat leest dit. Verander je niets? Schrijf dan waarom."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].error_messages["required"] = _("Kies of je het hebt veranderd.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("outcome") == CorrectionOutcome.KEPT and not data.get("answer", "").strip():
            self.add_error("answer", _("Schrijf op waarom je het niet verandert."))
        return data
