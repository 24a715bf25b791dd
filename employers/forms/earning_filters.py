"""The choices above the lists of subscriptions, commissions and own projects; they stay in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.earning_lists import LEFT_WITH_PEOPLE
from employers.enums import CommissionOrigin, SubscriptionState


def search() -> forms.CharField:
    """Words to look for."""
    return forms.CharField(
        label=_("Zoek"), required=False, max_length=80, widget=forms.TextInput({"type": "search"})
    )


class SubscriptionFilter(forms.Form):
    q = search()
    state = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[
            ("", _("Lopend en komend")),
            *SubscriptionState.choices,
            (LEFT_WITH_PEOPLE, _("Voorbij, er werken nog mensen")),
            ("all", _("Alles")),
        ],
    )


class YearFilter(forms.Form):
    """A year that has something in it; anything else is this year."""

    year = forms.TypedChoiceField(label=_("Jaar"), coerce=int, required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class CommissionFilter(YearFilter):
    q = search()
    origin = forms.ChoiceField(
        label=_("Waar het werk vandaan komt"),
        required=False,
        choices=[("", _("Alles")), *CommissionOrigin.choices],
    )
    field_order = ("q", "year", "origin")
