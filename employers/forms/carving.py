"""What people type on a team's card: quickly, with a care team leader beside them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import SAVE, DateField, DaypartField, DaypartGrid, Segmented, form_helper
from buurtbaan.vocabulary.models import Term, TermKind
from employers.enums import TaskStanding, WorkForm
from employers.models import TeamPicture, TeamTask

Span = tuple[Decimal, Decimal]
BETWEEN = re.compile(r"\s*(?:[-–—/]|tot(?: en met)?|t/m|à|to)\s*", re.IGNORECASE)
LEAST, MOST = Decimal("0.25"), Decimal(168)
ROLES = [
    _("verpleegkundige"),
    _("verzorgende"),
    _("helpende"),
    _("gastvrouw of gastheer"),
    _("kok"),
    _("schoonmaker"),
    _("activiteitenbegeleider"),
    _("receptionist"),
    _("huismeester"),
    _("vrijwilliger"),
    _("niemand"),
]
"""Suggestions while typing; any role will do."""


class PictureForm(forms.ModelForm):
    class Meta:
        model = TeamPicture
        fields = ["name", "on", "told_by"]
        field_classes = {"on": DateField}
        labels = {"name": _("Welk team?"), "on": _("Wanneer besproken?"), "told_by": _("Met wie?")}
        help_texts = {
            "name": _("Bijvoorbeeld: thuiszorg Noord, of de keuken."),
            "told_by": _("Een functie is genoeg, bijvoorbeeld: teamleider."),
        }

    def __init__(self, *args: Any, cancel_url: str, submit: Any = SAVE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=submit, cancel_url=cancel_url, once=True)

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("Deze dag moet nog komen. Kies vandaag of een eerdere dag."))
        return day


class SpanField(forms.CharField):
    """Hours a week as people say them: 2, 2,5 or 2-3; a pair of decimals, or None."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        parts = BETWEEN.split(re.sub(r"\s*(uur|u)\.?$", "", text.strip()))
        try:
            numbers = [Decimal(part.replace(",", ".")) for part in parts]
        except InvalidOperation:
            numbers = []
        if not 1 <= len(numbers) <= 2 or not all(number.is_finite() for number in numbers):
            raise ValidationError(_("Schrijf de uren als 2 of als 2-3."))
        if any(not LEAST <= number <= MOST or number * 4 != int(number * 4) for number in numbers):
            raise ValidationError(_("Reken in kwartieren, van 0,25 tot 168 uur per week."))
        if numbers[-1] < numbers[0]:
            raise ValidationError(_("Het tweede getal is kleiner dan het eerste. Draai ze om."))
        return numbers[0], numbers[-1]

    def prepare_value(self, value: Any) -> Any:
        return value if not isinstance(value, tuple) else said(value)


def said(span: tuple[Decimal | None, Decimal | None]) -> str:
    """2 or 2-3, as it is typed."""
    numbers = [number_format(one.normalize() + 0) for one in span if one is not None]
    return "-".join(dict.fromkeys(numbers))


class WeekGrid(DaypartGrid):
    """A week to tap, where nothing tapped is simply not known."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "may_be_unknown": False}


class WhenField(DaypartField):
    widget = WeekGrid

    def to_python(self, value: Any) -> int | None:
        return None if value in (None, "", 0) else super().to_python(value)


class TaskForm(forms.Form):
    """One task; words that stand in the vocabulary are kept as the word of the list."""

    task = forms.CharField(
        label=_("Taak"),
        max_length=120,
        widget=forms.TextInput({"list": "taken-woorden", "autocomplete": "off"}),
        error_messages={"required": _("Schrijf welke taak het is.")},
    )
    done_by = forms.CharField(
        label=_("Wie doet het nu?"),
        required=False,
        max_length=80,
        help_text=_("Een functie, geen naam."),
        widget=forms.TextInput({"list": "functies", "autocomplete": "off"}),
    )
    hours = SpanField(
        label=_("Uren per week"),
        required=False,
        max_length=20,
        help_text=_("2 of 2-3, voor het hele team."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    standing = forms.ChoiceField(
        label=_("Hoe gaat het nu?"),
        choices=TaskStanding.choices,
        initial=TaskStanding.LEFT,
        widget=Segmented,
    )
    dayparts = WhenField(label=_("Op welke dagdelen?"), required=False)

    def __init__(self, *args: Any, task: TeamTask | None = None, **kwargs: Any) -> None:
        if task is not None:
            kwargs["initial"] = {
                "task": task.words or _label(task.term),
                "done_by": task.done_by,
                "hours": None if task.hours_low is None else (task.hours_low, task.hours_high),
                "standing": task.standing,
                "dayparts": task.dayparts,
            }
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """What the service keeps."""
        data = self.cleaned_data
        low, high = data["hours"] or (None, None)
        term = word_of_list(data["task"])
        return {
            "term": term,
            "words": "" if term else data["task"],
            "done_by": data["done_by"],
            "hours_low": low,
            "hours_high": high,
            "standing": data["standing"],
            "dayparts": data["dayparts"],
        }


def task_words() -> list[str]:
    """The vocabulary's tasks, to choose from while typing."""
    return [term.label for term in Term.objects.of(TermKind.TASK)]


def word_of_list(text: str) -> int | None:
    """The vocabulary's word that somebody typed, in either language."""
    wanted = text.strip().casefold()
    for term in Term.objects.of(TermKind.TASK):
        if wanted in (term.label_nl.casefold(), term.label_en.casefold()):
            return term.pk
    return None


def _label(term: int | None) -> str:
    found = Term.objects.filter(pk=term).first() if term else None
    return found.label if found else ""


class CarveForm(forms.Form):
    """Which tasks go together, and what the work is called."""

    title = forms.CharField(
        label=_("Wat is het werk?"),
        max_length=120,
        help_text=_("Kort en gewoon, bijvoorbeeld: gastheer in de huiskamer."),
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Schrijf hoe je dit werk noemt.")},
    )
    form = forms.ChoiceField(
        label=_("Werkvorm"),
        choices=[("", _("Kies een werkvorm")), *WorkForm.choices],
        error_messages={"required": _("Kies een werkvorm. Veranderen kan later nog.")},
    )
