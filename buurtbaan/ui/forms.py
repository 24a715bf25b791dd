"""How forms look and what they take in: one column, and inputs for dayparts, words, hours and dates.

`None` in these fields is unknown (nobody asked yet); an empty answer is an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui import formats
from buurtbaan.ui.pieces import Text
from buurtbaan.vocabulary import dayparts

PART_ICONS = ("sunrise", "sun", "moon")
FILTER_FROM = 12
SAVE, HOURS_A_WEEK = _("Bewaar"), _("uur per week")
CHOOSE, DASHES = _("Kies…"), BLANK_CHOICE_DASH[0][1]
EURO, NOTHING, MILLIARD = _("euro"), Decimal(0), Decimal(999_999_999)
HOURS_MIN, HOURS_MAX = Decimal("0.5"), Decimal(40)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
OTHER_AGE = _("Kies een dag tussen 1900 en 2100.")
TermGroups = list[tuple[Text, list[tuple[int, Text]]]]


def any_will_do(form: forms.BaseForm) -> None:
    """One field is enough, and the page says so: then none of them says that it may stay empty."""
    for one in form.fields.values():
        one.widget.any_will_do = True


def form_helper(
    form: forms.BaseForm,
    *,
    submit: Text = SAVE,
    cancel_url: str = "",
    groups: Sequence[tuple[Text, Sequence[str]]] = (),
    once: bool = False,
    form_id: str = "",
    action: str = "",
    tag: bool = True,
    rules: Mapping[str, str] | None = None,
) -> FormHelper:
    """The layout of a form, also set as `form.helper`; call it in the form's `__init__` or in the view.

    groups: (heading, field names) in order; without it the fields follow each other.
    once: put in the hidden UUID for `drafts.services.once`. tag: False inside another `<form>`.
    rules: field name → code of the rule card that stands under it, folded.
    """
    helper = FormHelper(form)
    helper.form_tag, helper.disable_csrf = tag, not tag
    helper.form_id, helper.form_action, helper.form_class = form_id, action, "form"
    helper.attrs = {"novalidate": True}
    helper.cancel_url = cancel_url
    sets = [Fieldset(title, *names, css_class="form-group-set") for title, names in groups]
    fields = sets or list(form.fields)
    helper.layout = Layout(*fields, HTML("{% load drafts %}{% drawn_for %}"))
    if once:
        helper.layout.append(HTML("{% load ui %}{% once_token %}"))
    if submit:
        helper.add_input(Submit("submit", submit))
    for name, field in form.fields.items():
        _ask_plainly(name, field)
        _name_blank(field)
        field.rule_card = (rules or {}).get(name, "")  # type: ignore[attr-defined]
    form.helper = helper  # type: ignore[attr-defined]
    return helper


def _ask_plainly(name: str, field: forms.Field) -> None:
    """Say what to do where Django says that a field is required."""
    if field.error_messages.get("required") != forms.Field.default_error_messages["required"]:
        return
    pick = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    text = _("Kies bij “{label}” wat past.") if pick else _("Vul “{label}” in.")
    field.error_messages["required"] = format_lazy(text, label=field.label or name)


def _name_blank(field: forms.Field) -> None:
    """Words instead of the dashes that Django shows where nothing is chosen; no button for it beside real answers."""
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = CHOOSE if field.empty_label == DASHES else field.empty_label
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        if any(text == DASHES for _value, text in choices):
            buttons = field.required and isinstance(field.widget, forms.RadioSelect)
            kept = [(value, text) for value, text in choices if not (buttons and text == DASHES)]
            field.choices = [(value, CHOOSE if text == DASHES else text) for value, text in kept]


class DateInput(forms.DateInput):
    """The device's own date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateField(forms.DateField):
    """A day that somebody can mean; reckoning from days near the edges of the calendar has no outcome."""

    widget = DateInput
    default_validators = [
        MinValueValidator(FIRST_DAY, OTHER_AGE),
        MaxValueValidator(LAST_DAY, OTHER_AGE),
    ]


class TimeInput(forms.TimeInput):
    """The device's own time picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """The device's own picker of a day and a time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def in_our_age(moment: datetime) -> None:
    """A moment that somebody can mean, as for days."""
    if not FIRST_DAY.year <= moment.year <= LAST_DAY.year:
        raise ValidationError(OTHER_AGE)


class DateTimeField(forms.DateTimeField):
    """A day and a time that somebody can mean."""

    widget = DateTimeInput
    default_validators = [in_our_age]


class Segmented(forms.RadioSelect):
    """A few answers as large buttons side by side."""

    template_name = "widgets/segmented.html"
    option_template_name = "widgets/segment.html"


class HoursInput(forms.TextInput):
    """Hours with a decimal comma or point, and the unit beside it."""

    template_name = "widgets/hours_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None, unit: Text = HOURS_A_WEEK) -> None:
        self.unit = unit
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """What was typed comes back as typed; a number in the reader's language."""
        return formats.number(value) if isinstance(value, Decimal | int | float) else value

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, dict(attrs or {})), "unit": self.unit}


class HoursField(forms.DecimalField):
    """Hours, 0.5 to 40 unless told otherwise; a comma and a point both count as decimal sign."""

    widget = HoursInput

    def __init__(
        self, *, min_value: Decimal = HOURS_MIN, max_value: Decimal = HOURS_MAX, **kwargs: Any
    ) -> None:
        super().__init__(min_value=min_value, max_value=max_value, max_digits=5, decimal_places=2, **kwargs)
        self.error_messages["invalid"] = _("Schrijf de uren als getal, bijvoorbeeld 8 of 12,5.")
        for validator in self.validators:
            if isinstance(validator, MaxValueValidator):
                validator.message = _("Vul hoogstens %(limit_value)s uur per week in.")
            elif isinstance(validator, MinValueValidator):
                validator.message = _("Vul minstens %(limit_value)s uur per week in.")

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class AmountField(forms.DecimalField):
    """Euros or a percentage with its unit beside it: 1.234,50, 1234.5 and € 1 234 all read as they look."""

    THOUSANDS = re.compile(r"\d{1,3}([.,]\d{3})+")

    def __init__(
        self,
        *,
        unit: Text = EURO,
        min_value: Decimal = NOTHING,
        max_value: Decimal = MILLIARD,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", HoursInput(unit=unit))
        super().__init__(min_value=min_value, max_value=max_value, max_digits=12, decimal_places=2, **kwargs)
        self.error_messages["invalid"] = _("Schrijf een getal, bijvoorbeeld 1250 of 12,50.")

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(self._plain(value) if isinstance(value, str) else value)

    def _plain(self, text: str) -> str:
        text = re.sub(r"[\s€%]", "", text)
        if self.THOUSANDS.fullmatch(text):
            return re.sub("[.,]", "", text)
        whole, mark, part = text.rpartition("," if text.rfind(",") > text.rfind(".") else ".")
        return f"{re.sub('[.,]', '', whole)}.{part}" if mark else text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class DaypartGrid(forms.Widget):
    """A week of 21 boxes to tap, and one for "weet ik nog niet"."""

    template_name = "widgets/daypart_grid.html"
    use_fieldset = True
    offers_unknown = True
    skippable = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> int | str | None:
        """The mask of what is ticked; "" if only "weet ik nog niet" is; None if nothing was said."""
        try:
            ticked = dayparts.from_numbers(
                data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
            )
        except ValueError:
            return "?"
        if ticked:
            return ticked
        return "" if data.get(f"{name}_unknown") else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str | None) -> str:
        return ""

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, dict(attrs or {}))
        mask = value if isinstance(value, int) else 0
        context["rows"] = [
            {"part": part, "icon": PART_ICONS[row], "row": row, "cells": self._cells(mask, row)}
            for row, part in enumerate(dayparts.PARTS)
        ]
        context["days"] = [
            {"number": number, "short": short, "full": full}
            for number, (short, full) in enumerate(zip(dayparts.SHORT_DAYS, dayparts.DAYS, strict=True))
        ]
        context["unknown"] = value == "" or (value is None and not self.skippable)
        context["may_be_unknown"] = not self.is_required
        return context

    def _cells(self, mask: int, part: int) -> list[dict[str, Any]]:
        numbers = (day * len(dayparts.PARTS) + part for day in range(len(dayparts.DAYS)))
        return [{"number": n, "day": n // len(dayparts.PARTS), "on": bool(mask >> n & 1)} for n in numbers]


class DaypartField(forms.Field):
    """A mask of 21 dayparts, or None where it is not known yet (only if the field is not required).

    skippable: nothing said is fine too, and is None as well; then "weet ik nog niet" is only ticked by hand.
    """

    widget = DaypartGrid
    default_error_messages = {
        "nothing": _("Tik minstens één dagdeel aan, of kies “weet ik nog niet”."),
        "invalid": _("Dit dagdeel kennen we niet. Tik de dagdelen opnieuw aan."),
    }

    def __init__(self, *, skippable: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.skippable = self.widget.skippable = skippable

    def to_python(self, value: Any) -> int | None:
        if value == "" or (value is None and (self.required or self.skippable)):
            return None
        if value is None:
            raise ValidationError(self.error_messages["nothing"], code="nothing")
        if not isinstance(value, int) or not 0 <= value <= dayparts.ALL:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (None if initial == "" else initial) != (None if data == "" else data)


class TermPicker(forms.CheckboxSelectMultiple):
    """Words as chips to tap, grouped; long lists get a box that narrows them while typing.

    folded: show the groups' names first, and the words of a group once it is opened or holds a ticked word.
    """

    template_name = "widgets/term_picker.html"
    offers_unknown = True
    option_template_name = "widgets/chip.html"

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = (), folded: bool = False) -> None:
        super().__init__(attrs, choices)
        self.folded = folded

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str] | None:
        """The ticked words; None if only "nog niet gevraagd" is ticked."""
        ticked = data.getlist(name) if hasattr(data, "getlist") else list(data.get(name, []))
        return None if not ticked and data.get(f"{name}_unknown") else ticked

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, dict(attrs or {}))
        groups = context["widget"]["optgroups"]
        context["with_filter"] = sum(len(options) for _name, options, _index in groups) > FILTER_FROM
        context["unknown"] = value is None
        context["may_be_unknown"] = not self.is_required
        context["folded"] = self.folded
        context["chosen"] = [index for _name, options, index in groups if any(o["selected"] for o in options)]
        return context


class TermField(forms.TypedMultipleChoiceField):
    """Ids of words from a list: None is not asked yet, [] is asked and none.

    groups: gives [(group, [(id, word)])], called when the form is made; `term_groups` makes it of Terms.
    """

    widget = TermPicker

    def __init__(self, *, groups: Callable[[], TermGroups], **kwargs: Any) -> None:
        super().__init__(choices=groups, coerce=int, empty_value=[], **kwargs)

    def clean(self, value: Any) -> list[int] | None:
        return None if value is None and not self.required else list(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        if initial is None or data is None:
            return initial is not data
        return super().has_changed(initial, data)


def term_groups(kind: str, titles: Mapping[str, Text] | None = None) -> Callable[[], TermGroups]:
    """The active words of one list by group, for a TermField; `titles` gives a group's name on screen."""

    def groups() -> TermGroups:
        from buurtbaan.vocabulary.models import Term

        found: dict[str, list[tuple[int, Text]]] = {}
        for term in Term.objects.of(kind):
            found.setdefault(term.group, []).append((term.pk, term.label))
        return [((titles or {}).get(group, group), words) for group, words in found.items()]

    return groups


class ReasonForm(forms.Form):
    """What a list that somebody takes along is needed for. who_reads: who will see the reason."""

    reason = forms.CharField(label=_("Waarvoor heb je deze lijst nodig?"), max_length=200)

    def __init__(self, *args: Any, who_reads: Text, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = who_reads  # type: ignore[assignment]
        form_helper(self, submit=_("Maak het bestand"), cancel_url=cancel_url)
