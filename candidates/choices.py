"""Choices that belong to positions, read from the positions' own fields: candidates and employers import nothing of
each other, and the two sides of a match must speak the same words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps

from buurtbaan.ui.pieces import Text

Choices = Sequence[tuple[Any, Text]]


def _of_position(field: str) -> Choices:
    asked: Any = apps.get_model("employers", "Position")._meta.get_field(field)
    return list(asked.choices or [])


def work_forms() -> Choices:
    """Work forms in the order of the parallel labour market."""
    return _of_position("form")


def dutch_levels() -> Choices:
    """How much Dutch somebody speaks."""
    return _of_position("dutch_level")


def guidance_levels() -> Choices:
    """How much guidance somebody wants."""
    return _of_position("guidance_offered")


def label(choices: Choices, value: object) -> str:
    """The word for one value; the bare value where the list does not know it."""
    return str(next((text for code, text in choices if code == value), value))
