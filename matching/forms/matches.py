"""What is answered to a proposal, by whom, and why one stops; input only, the services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import Segmented, form_helper
from matching.enums import DeclinedBy, DeclineReason
from matching.forms.fields import text_box
from matching.services.sharing import USUAL, ShareField


class ShareFormField(forms.MultipleChoiceField):
    """One tick per field that the employer would read, with what they would read."""

    def __init__(self, known: dict[str, str], **kwargs: Any) -> None:
        choices = [(code, f"{label}: {known[code]}") for code, label in ShareField.choices if code in known]
        super().__init__(
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=_("Wat mag de werkgever weten?"),
            **kwargs,
        )


class YesForm(forms.Form):
    """The candidate's yes: which fields go along."""

    def __init__(self, *args: Any, known: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["share"] = ShareFormField(known, initial=list(USUAL))


class NoForm(forms.Form):
    """The candidate's or employer's no: a reason from the list, and own words."""

    reason = forms.ChoiceField(label=_("Waarom niet?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Wil je er iets bij zeggen?"), required=False, max_length=500, widget=text_box(2)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = DeclineReason.choices  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """A few words of one's own."""

    words = forms.CharField(label=_("Vertel het in je eigen woorden"), max_length=500, widget=text_box(3))

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["words"].label = label


class AnswerForm(forms.Form):
    """A colleague notes what the candidate answered, for example by telephone."""

    agrees = forms.ChoiceField(
        label=_("Wil de kandidaat kennismaken?"),
        widget=Segmented,
        choices=[("yes", _("Ja")), ("no", _("Nee"))],
    )
    reason = forms.ChoiceField(
        label=_("Bij nee: waarom niet?"), required=False, choices=[("", "–"), *DeclineReason.choices]
    )
    note = forms.CharField(
        label=_("In de woorden van de kandidaat"), required=False, max_length=500, widget=text_box()
    )

    def __init__(self, *args: Any, known: dict[str, str], cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["share"] = ShareFormField(
            known, help_text=_("Vraag het per onderdeel. De voornaam gaat altijd mee.")
        )
        self.order_fields(["agrees", "share", "reason", "note"])
        form_helper(self, submit=_("Bewaar antwoord"), cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("agrees") == "no" and not cleaned.get("reason"):
            self.add_error("reason", _("Kies bij nee een reden uit de lijst."))
        return cleaned


class EmployerAnswerForm(forms.Form):
    """A colleague notes what the employer answered."""

    answer = forms.ChoiceField(
        label=_("Wil de werkgever kennismaken?"),
        widget=Segmented,
        choices=[("yes", _("Ja")), ("no", _("Nu niet"))],
    )
    reason = forms.ChoiceField(
        label=_("Bij nee: waarom niet?"), required=False, choices=[("", "–"), *DeclineReason.choices]
    )
    note = forms.CharField(
        label=_("In de woorden van de werkgever"), required=False, max_length=500, widget=text_box()
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar antwoord"), cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "no" and not cleaned.get("reason"):
            self.add_error("reason", _("Kies bij nee een reden uit de lijst."))
        return cleaned


class StopForm(forms.Form):
    """Why a match does not go on; taking it back needs no reason."""

    WITHDRAW = "withdraw"

    who = forms.ChoiceField(label=_("Wie besloot dat?"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Waarom?"), required=False, choices=[("", "–"), *DeclineReason.choices]
    )
    note = forms.CharField(label=_("Toelichting"), required=False, max_length=500, widget=text_box())

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (DeclinedBy.CANDIDATE, _("De kandidaat zegt nee")),
            (DeclinedBy.EMPLOYER, _("De werkgever zegt nee")),
            (DeclinedBy.BUREAU, _("Het bureau stopt ermee")),
            (self.WITHDRAW, _("Het was een vergissing: trek het voorstel in")),
        ]
        form_helper(self, submit=_("Stop dit voorstel"), cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("who") not in (None, self.WITHDRAW) and not cleaned.get("reason"):
            self.add_error("reason", _("Kies een reden uit de lijst."))
        return cleaned


def share_rows(known: dict[str, str]) -> list[tuple[str, str, str]]:
    """Code, label and value of each field that could go along."""
    return [
        (field.value, str(field.label), known[field.value]) for field in ShareField if field.value in known
    ]
