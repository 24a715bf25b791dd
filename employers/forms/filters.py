"""The choices above the two lists; they stay in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.forms import DateField
from employers.enums import EmployerKind, PositionStatus, WorkForm
from employers.models import Employer

LONGEST_CHOICE = 40
ANY = [("", _("Alles"))]


class EmployerFilter(forms.Form):
    q = forms.CharField(
        label=_("Zoek"), required=False, max_length=80, widget=forms.TextInput({"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Soort"), required=False, choices=ANY + EmployerKind.choices)
    contact = forms.ChoiceField(
        label=_("Contact"), required=False, choices=[*ANY, ("quiet", _("Niet gesproken sinds 90 dagen"))]
    )
    owner = forms.ChoiceField(label=_("Relatie van"), required=False)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        """Whose relations: one's own, nobody's, or those of a colleague on whom some hang."""
        super().__init__(*args, **kwargs)
        owned = Employer.objects.visible_to(membership).values("owner")
        holders = Membership.objects.visible_to(membership).filter(pk__in=owned).exclude(user=membership.user)
        names = [
            (str(one.pk), str(one.user)) for one in holders.select_related("user").order_by("user__name")
        ]
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            *ANY, ("mine", _("Mijn relaties")), ("none", _("Nog niemand")), *names,
        ]  # fmt: skip


class PositionFilter(forms.Form):
    OPEN, WAITING, EVERYTHING = "", "check", "all"

    q = forms.CharField(
        label=_("Zoek"), required=False, max_length=80, widget=forms.TextInput({"type": "search"})
    )
    status = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[
            (OPEN, _("Niet gesloten")),
            *PositionStatus.choices,
            (WAITING, _("Toets wacht op besluit")),
            (EVERYTHING, _("Ook gesloten")),
        ],
    )
    form = forms.ChoiceField(label=_("Werkvorm"), required=False, choices=ANY + WorkForm.choices)
    near = forms.ChoiceField(
        label=_("Waar"), required=False, choices=[*ANY, ("1", _("In de wijk van het bureau"))]
    )
    guidance = forms.ChoiceField(
        label=_("Begeleiding"), required=False, choices=[*ANY, ("1", _("Nu ruimte om te begeleiden"))]
    )
    starts = DateField(label=_("Begint voor"), required=False)
    employer = forms.TypedChoiceField(label=_("Werkgever"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        """A short list of employers is a choice; a long one is found by searching, so the choice goes."""
        super().__init__(*args, **kwargs)
        names = Employer.objects.visible_to(membership).values_list("pk", "name")
        chosen = str(self.data.get("employer", ""))
        found = list(names[: LONGEST_CHOICE + 1])
        if len(found) > LONGEST_CHOICE:
            found = list(names.filter(pk=int(chosen))) if chosen.isdecimal() and len(chosen) < 18 else []
        if found:
            self.fields["employer"].choices = [*ANY, *found]  # type: ignore[attr-defined]
        else:
            del self.fields["employer"]
