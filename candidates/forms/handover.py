"""Who takes people over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.forms import DateField


class ReassignForm(forms.Form):
    """Another coach, another connector, or both."""

    coach = forms.ModelChoiceField(
        label=_("Nieuwe coach"), queryset=Membership.objects.none(), required=False
    )
    connector = forms.ModelChoiceField(
        label=_("Nieuwe verbinder"), queryset=Membership.objects.none(), required=False
    )

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert by.bureau_id is not None  # noqa: S101 - bureau staff, says the database
        staff = Membership.objects.staff_of(by.bureau_id)
        for name, role in (("coach", Role.COACH), ("connector", Role.CONNECTOR)):
            field: Any = self.fields[name]
            field.queryset = staff.filter(role=role)
            field.label_from_instance = lambda colleague: str(colleague.user)
            field.empty_label = _("Blijft zoals het is")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not data["coach"] and not data["connector"]:
            self.add_error("coach", _("Kies een coach of een verbinder."))
        return data


class LastDayForm(forms.Form):
    """The last day of who leaves."""

    last_day = DateField(label=_("Laatste dag"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate
