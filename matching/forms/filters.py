"""Filters above lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from matching import ends
from matching.enums import MatchState, NextStep
from matching.models import Match

OWN, ALL = "eigen", "alle"
WHOSE = [(OWN, _("Mijn mensen")), (ALL, _("Het hele bureau"))]
MOST_CHOICES = 80
"""Employers or colleagues to choose from; whoever has more searches by name."""
WAITS = [("", _("Maakt niet uit")), ("7", _("Een week")), ("14", _("Twee weken")), ("30", _("Een maand"))]
EVERYTHING = ("", _("Alle"))


class MatchFilter(forms.Form):
    """Which matches; kept in the address, and the same for board and list.

    matches: those that the reader may see and chose; only what occurs there can be chosen.
    """

    q = forms.CharField(
        label=_("Naam, werkplek of werkgever"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    van = forms.ChoiceField(label=_("Van wie"), required=False, choices=WHOSE)
    coach = forms.ChoiceField(label=_("Coach"), required=False)
    werkgever = forms.ChoiceField(label=_("Werkgever"), required=False)
    werkplek = forms.ChoiceField(label=_("Werkplek"), required=False)
    wacht = forms.ChoiceField(label=_("Wacht langer dan"), required=False, choices=WAITS)
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[EVERYTHING, ("open", _("Loopt nog")), *MatchState.choices],
    )

    def __init__(
        self, *args: Any, matches: QuerySet[Match], board: bool, may_choose: bool, own: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if board:
            del self.fields["stand"]
        if not may_choose:
            del self.fields["van"]
        if own:
            del self.fields["coach"]
        else:
            self._offer("coach", matches.exclude(candidate__coach=None), "candidate__coach", "user__name")
        self._offer("werkgever", matches, "employer", "name")
        at_one = self.data.get("werkgever", "") or self.data.get("werkplek", "")
        if at_one:
            self._offer("werkplek", self._there(matches), "position", "title")
        else:
            del self.fields["werkplek"]

    def _there(self, matches: QuerySet[Match]) -> QuerySet[Match]:
        """Matches at the chosen employer, or for the one position that a link chose."""
        employer, position = number(self.data.get("werkgever", "")), number(self.data.get("werkplek", ""))
        return matches.filter(employer=employer) if employer else matches.filter(position=position)

    def _offer(self, name: str, matches: QuerySet[Match], key: str, label: str) -> None:
        rows = matches.order_by(f"{key}__{label}").values_list(f"{key}_id", f"{key}__{label}").distinct()
        choices = [EVERYTHING, *((str(pk), text) for pk, text in rows[:MOST_CHOICES])]
        chosen = self.data.get(name, "")
        if chosen not in dict(choices) and (found := rows.filter(**{f"{key}_id": number(chosen)}).first()):
            choices.append((str(found[0]), found[1]))
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def number(text: str) -> int:
    """A key from the address; 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


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


class EndingFilter(forms.Form):
    """Which ends in sight; kept in the address."""

    WEEKS = [(2, _("2 weken")), (6, _("6 weken")), (13, _("3 maanden")), (26, _("een half jaar"))]

    van = forms.ChoiceField(label=_("Van wie"), required=False, choices=WHOSE)
    coach = forms.ModelChoiceField(
        label=_("Coach"), required=False, queryset=Membership.objects.none(), empty_label=_("Alle coaches")
    )
    weken = forms.TypedChoiceField(label=_("Eindigt binnen"), required=False, coerce=int, choices=WEEKS)
    soort = forms.ChoiceField(
        label=_("Wat eindigt"), required=False, choices=[("", _("Alles")), *ends.KINDS.items()]
    )
    vervolg = forms.ChoiceField(
        label=_("Wat volgt"), required=False,
        choices=[("", _("Alles")), (ends.UNPLANNED, _("Nog niets gepland")), *NextStep.choices],
    )  # fmt: skip

    def __init__(self, *args: Any, by: Membership, own: bool, may_choose: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.data = {**self.data.dict(), "weken": self.data.get("weken") or str(ends.WEEKS)}  # type: ignore[attr-defined]
        if not may_choose:
            del self.fields["van"]
        if own or by.bureau_id is None:
            del self.fields["coach"]
            return
        coach: Any = self.fields["coach"]
        coach.queryset = Membership.objects.staff_of(by.bureau_id).filter(role=Role.COACH)
        coach.label_from_instance = lambda colleague: str(colleague.user)
