"""A field's value in three shapes: plain for comparing and keeping, raw as a browser posts it, and in words.

Plain is JSON: None where nothing is known, a list of texts, a boolean, or a text. An empty text is None too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.ui.forms import DaypartField
from buurtbaan.vocabulary import dayparts

Plain = Any


def plain(value: Any) -> Plain:
    """What a form shows at first or made of a post, in the same shape whichever of the two it was."""
    match value:
        case None | "":
            return None
        case bool():
            return value
        case Model():
            return str(value.pk)
        case Decimal() | int() | float():
            return f"{Decimal(str(value)).normalize():f}"
        case date():
            return value.isoformat()
        case str():
            return value.replace("\r\n", "\n").strip() or None
        case Iterable():
            return sorted(str(plain(one)) for one in value)
    return str(value).strip() or None


def at_first(form: forms.BaseForm) -> dict[str, Plain]:
    """What each field of a form says before anybody types."""
    return {name: plain(form.get_initial_for_field(field, name)) for name, field in _fields(form)}


def posted(form: forms.BaseForm) -> dict[str, Plain]:
    """What each field of a valid form was filled in with."""
    return {name: plain(form.cleaned_data.get(name)) for name, _field in _fields(form)}


def _fields(form: forms.BaseForm) -> Iterator[tuple[str, forms.Field]]:
    for name, field in form.fields.items():
        if not (field.disabled or field.widget.is_hidden or isinstance(field, forms.FileField)):
            yield name, field


def raw(name: str, field: forms.Field, value: Plain) -> dict[str, list[str]]:
    """The inputs by which a browser would post a plain value."""
    unknown = {f"{name}_unknown": ["1"]} if value is None else {}
    if isinstance(field, DaypartField):
        mask = int(value or 0)
        return {name: [str(n) for n in range(dayparts.COUNT) if mask >> n & 1], **unknown}
    if getattr(field.widget, "offers_unknown", False):
        return {name: list(value or []), **unknown}
    if isinstance(field, forms.BooleanField):
        return {name: ["on"] if value else []}
    if isinstance(value, list):
        return {name: [str(one) for one in value]}
    return {name: ["" if value is None else str(field.prepare_value(value))]}


def inputs_of(name: str, names: Iterable[str], others: Iterable[str] = ()) -> set[str]:
    """Which posted names belong to one field: its own, and those that its widget adds with an underscore."""
    taken = set(others) - {name}
    return {one for one in names if one == name or (one.startswith(f"{name}_") and one not in taken)}


def words(field: forms.Field, value: Plain) -> str:
    """A plain value as somebody reads it."""
    if value is None:
        return ""
    if isinstance(field, DaypartField):
        return dayparts.text(int(value))
    if isinstance(value, bool):
        return _("Ja") if value else _("Nee")
    if isinstance(field, forms.ModelChoiceField):
        return _chosen_row(field, value)
    if isinstance(field, forms.ChoiceField):
        labels = dict(_choices(field.choices))
        many = value if isinstance(value, list) else [value]
        return ", ".join(str(labels.get(str(one), one)) for one in many) or _("geen")
    if isinstance(field, forms.DateField) and (day := parse_date(str(value))):
        return date_format(day, "j F Y")
    return ", ".join(value) if isinstance(value, list) else str(field.prepare_value(value))


def _chosen_row(field: forms.ModelChoiceField, value: Plain) -> str:
    try:
        return str(field.label_from_instance(field.to_python(value)))
    except ValidationError:
        return str(value)


def _choices(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _choices(label)
        else:
            yield str(value), label


def fits(field: forms.Field, value: str) -> bool:
    """Whether a kept text can still be shown in a field: a choice that no longer exists cannot."""
    if isinstance(field, forms.ModelChoiceField):
        try:
            field.to_python(value)
        except ValidationError:
            return False
        return True
    return not isinstance(field, forms.ChoiceField) or not value or bool(field.valid_value(value))
