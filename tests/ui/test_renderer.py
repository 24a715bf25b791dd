"""Plain inputs are drawn in Python: sign for sign what Django's templates draw."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from buurtbaan.ui.forms import DateInput
from buurtbaan.ui.renderer import Renderer

NASTY = "\"><script>alert('x')</script>&"
CHOICES = [("", "Alles"), ("a", gettext_lazy("Bewaar")), (3, NASTY), ("b", mark_safe("Een &amp; ander"))]
GROUPED = [("Groen & <b>", [("1", "Snoeien"), ("2", NASTY)]), ("", [("3", "Los")]), ("4", "Alleen")]
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput({"maxlength": 80, "autofocus": True, "disabled": False}), NASTY),
    (forms.TextInput({"placeholder": NASTY, "type": "search"}), None),
    (forms.TextInput(), mark_safe("a &amp; b")),
    (forms.NumberInput({"step": Decimal("0.5"), "min": 0}), Decimal("12.5")),
    (forms.EmailInput(), "a@b.example"),
    (forms.URLInput(), "https://proef.example/?a=1&b=2"),
    (forms.HiddenInput(), 7),
    (DateInput(), date(2026, 1, 31)),
    (forms.TimeInput(), "12:00"),
    (forms.Select(choices=CHOICES), "a"),
    (forms.Select({"class": "form-select"}, choices=CHOICES), 3),
    (forms.Select(choices=GROUPED), "2"),
    (forms.Select(choices=[(1, 2026), (2, 1234567)]), 1),
    (forms.SelectMultiple(choices=GROUPED), ["1", "4"]),
    (forms.NullBooleanSelect(), True),
    (forms.CheckboxInput(), True),
    (forms.RadioSelect(choices=CHOICES), "a"),
    (forms.Textarea(), NASTY),
]


def _plain(html: str) -> str:
    """Without the blank lines between options, which a page does not show."""
    return re.sub(r"\s+", " ", html).replace("> <", "><")


@pytest.mark.parametrize(("widget", "value"), WIDGETS, ids=lambda one: type(one).__name__)
def test_it_draws_what_django_draws(widget: forms.Widget, value: Any) -> None:
    ours = widget.render("veld", value, {"id": "id_veld", "required": True}, renderer=Renderer())
    theirs = widget.render("veld", value, {"id": "id_veld", "required": True}, renderer=TemplatesSetting())
    assert _plain(ours) == _plain(theirs)
    assert "<script>" not in ours
