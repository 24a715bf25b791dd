"""A day or a moment that nobody can mean is refused by every form, before anything reckons with it."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

import buurtbaan
import candidates
import employers
import impact
import matching
from buurtbaan.ui.forms import DateField, DateTimeField

APPS = (buurtbaan, candidates, employers, matching, impact)
SKIPPED = ("migrations", "management", "settings", "local", "demo")


def _forms() -> Iterator[type[forms.BaseForm]]:
    """Every form class of ours, wherever it stands."""
    for app in APPS:
        for module in pkgutil.walk_packages(app.__path__, f"{app.__name__}."):
            if not set(module.name.split(".")) & set(SKIPPED):
                importlib.import_module(module.name)
    waiting = [forms.BaseForm]
    while waiting:
        for found in waiting.pop().__subclasses__():
            waiting.append(found)
            if found.__module__.split(".")[0] in {app.__name__ for app in APPS}:
                yield found


def _loose(form: type[forms.BaseForm]) -> list[str]:
    """Fields that take any day of the calendar in."""
    fields = getattr(form, "base_fields", {}).items()
    days = [
        name for name, one in fields if isinstance(one, forms.DateField) and not isinstance(one, DateField)
    ]
    return days + [
        name for name, one in fields
        if isinstance(one, forms.DateTimeField) and not isinstance(one, DateTimeField)
    ]  # fmt: skip


def test_every_form_asks_for_days_that_somebody_can_mean() -> None:
    found = {form for form in _forms() if getattr(form, "base_fields", None)}
    loose = {f"{form.__module__}.{form.__name__}": names for form in found if (names := _loose(form))}
    assert len(found) > 100
    assert loose == {}


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_of_another_age_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValidationError, match="tussen 1900 en 2100"):
        DateField().clean(text)
    with pytest.raises(ValidationError, match="tussen 1900 en 2100"):
        DateTimeField().clean(f"{text}T00:00")


def test_an_ordinary_day_is_taken_in() -> None:
    assert DateField().clean("2026-02-28") == date(2026, 2, 28)
    assert DateTimeField().clean("2026-02-28T09:30").minute == 30
