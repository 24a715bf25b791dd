"""Filters above lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.enums import MatchState

OWN, ALL = "eigen", "alle"
WHOSE = [(OWN, _("Mijn mensen")), (ALL, _("Het hele bureau"))]


class MatchFilter(forms.Form):
    """Which matches; kept in the address."""

    q = forms.CharField(
        label=_("Naam, werkplek of werkgever"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    van = forms.ChoiceField(label=_("Van wie"), required=False, choices=WHOSE)
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[("", _("Alle")), ("open", _("Loopt nog")), *MatchState.choices],
    )

    def __init__(self, *args: Any, board: bool, may_choose: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if board:
            del self.fields["stand"]
        if not may_choose:
            del self.fields["van"]


class PlacementFilter(forms.Form):
    """Which placements; kept in the address."""

    q = forms.CharField(
        label=_("Naam of werkgever"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    van = forms.ChoiceField(label=_("Van wie"), required=False, choices=WHOSE)
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[
            ("", _("Loopt nu")),
            ("einde", _("Einde in zicht")),
            ("geeindigd", _("Geëindigd")),
            ("alles", _("Alles")),
        ],
    )

    def __init__(self, *args: Any, may_choose: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_choose:
            del self.fields["van"]
