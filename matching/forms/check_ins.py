"""Conversations after the start: what the candidate says, alone or on the phone; and moving or skipping one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import DateField, DateInput, Segmented, any_will_do, form_helper
from matching.enums import CheckInMood
from matching.forms.fields import text_box
from matching.models import CheckIn
from matching.questions import CANDIDATE, LONGEST, VERSION, kept, questions

FURTHEST = timedelta(days=60)
"""How far ahead a conversation may be moved."""


def ask(form: forms.Form, side: str, week: int, *, by_phone: bool = False) -> list[str]:
    """Put the questions of a week into a form; gives their field names."""
    for question in questions(side, week):
        label: Any = question.asked if by_phone else question.text
        if question.choices:
            field: forms.Field = forms.ChoiceField(
                label=label, choices=question.choices, widget=Segmented, required=False
            )
        else:
            field = forms.CharField(label=label, required=False, max_length=LONGEST, widget=text_box(2))
        form.fields[question.code] = field
    return [question.code for question in questions(side, week)]


def take_answers(cleaned: dict[str, Any], side: str, week: int) -> dict[str, Any]:
    """Put what was answered together under `answers`."""
    answers = kept(side, week, cleaned)
    rest = {name: value for name, value in cleaned.items() if name not in _codes(side, week)}
    return {**rest, "answers": answers}


def _codes(side: str, week: int) -> set[str]:
    return {question.code for question in questions(side, week)}


def first_values(check_in: CheckIn) -> dict[str, Any]:
    """What stands there already."""
    said = check_in.answers if check_in.version == VERSION else {}
    return {
        **said, "mood": check_in.mood, "candidate_words": check_in.candidate_words,
        "employer_words": check_in.employer_words, "done_on": check_in.done_on or timezone.localdate(),
    }  # fmt: skip


class CheckInForm(forms.Form):
    """A conversation after the start, as the coach writes it down."""

    mood = forms.ChoiceField(label=_("Hoe gaat het?"), widget=Segmented, choices=CheckInMood.choices)
    candidate_words = forms.CharField(
        label=_("In woorden van de kandidaat"), required=False, max_length=2000, widget=text_box()
    )
    employer_words = forms.CharField(
        label=_("Ook de werkgever gesproken? In diens woorden"), required=False, max_length=2000, widget=text_box(2),
        help_text=_("De werkgever ziet dit niet, en ziet ook niet wat de kandidaat vertelt."),
    )  # fmt: skip
    done_on = DateField(label=_("Gesproken op"), widget=DateInput)

    def __init__(self, data: Any = None, *, check_in: CheckIn, cancel_url: str = "") -> None:
        super().__init__(data, initial=first_values(check_in))
        self.week = check_in.week
        asked = ask(self, CANDIDATE, self.week, by_phone=True)
        self.order_fields(["mood", *asked, "candidate_words", "employer_words", "done_on"])
        form_helper(self, submit=_("Bewaar nazorggesprek"), cancel_url=cancel_url)

    def said(self) -> dict[str, Any]:
        """What the service takes."""
        return take_answers(self.cleaned_data, CANDIDATE, self.week)


class TellForm(forms.Form):
    """The candidate tells how it goes; every question may stay open."""

    mood = forms.ChoiceField(
        label=_("Hoe gaat het met je werk?"), widget=Segmented, choices=CheckInMood.choices, required=False
    )
    words = forms.CharField(
        label=_("Wil je nog iets vertellen?"), required=False, max_length=2000, strip=True, widget=text_box()
    )

    def __init__(self, data: Any = None, *, check_in: CheckIn, cancel_url: str = "") -> None:
        values = first_values(check_in)
        super().__init__(data, initial={**values, "words": values["candidate_words"]})
        self.week = check_in.week
        asked = ask(self, CANDIDATE, self.week)
        self.order_fields(["mood", *asked, "words"])
        any_will_do(self)
        form_helper(self, submit=_("Verstuur"), cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(_("Beantwoord één vraag of schrijf iets. De rest mag je overslaan."))
        return cleaned

    def said(self) -> dict[str, Any]:
        """What the service takes."""
        return take_answers(self.cleaned_data, CANDIDATE, self.week)


class MoveForm(forms.Form):
    """Another day for a conversation."""

    due_on = DateField(label=_("Rond welke dag?"), widget=DateInput)

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Verzet gesprek"), cancel_url=cancel_url)

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        today = timezone.localdate()
        if not today <= day <= today + FURTHEST:
            raise ValidationError(_("Kies een dag vanaf vandaag, hoogstens twee maanden vooruit."))
        return day


class SkipForm(forms.Form):
    """A conversation that will not be held, and why."""

    reason = forms.CharField(
        label=_("Waarom sla je dit gesprek over?"), max_length=300, widget=text_box(2),
        help_text=_("Bijvoorbeeld: we spraken elkaar vorige week al. De kandidaat kan dit lezen."),
    )  # fmt: skip

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Sla over"), cancel_url=cancel_url)
