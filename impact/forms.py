"""What a manager types about reports and money."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.forms import DateField, Segmented, form_helper
from impact.models import FundingFlow, ImpactAssignment
from impact.services.requesting import check_period

LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]


def quarter_before(day: date) -> tuple[date, date]:
    """The last quarter that is over."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    until = first - timedelta(days=1)
    return date(until.year, until.month - 2, 1), until


def periods(today: date) -> list[tuple[str, Any, date, date]]:
    """The usual periods: key, name, first and last day."""
    quarter = quarter_before(today)
    return [
        ("kwartaal", _("Vorig kwartaal"), *quarter),
        ("dit-jaar", _("Dit jaar tot vandaag"), date(today.year, 1, 1), today),
        ("vorig-jaar", _("Vorig jaar"), date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    ]


class ReportForm(forms.Form):
    """The period of a report, both days included."""

    since = DateField(label=_("Eerste dag"))
    until = DateField(label=_("Laatste dag"), help_text=_("Tot en met vandaag."))
    language = forms.ChoiceField(
        label=_("Taal van het rapport"), choices=LANGUAGES, widget=Segmented, initial="nl"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            since, until = quarter_before(timezone.localdate())
            self.fields["since"].initial = self.initial.get("since", since)
            self.fields["until"].initial = self.initial.get("until", until)
        form_helper(self, submit=_("Maak rapport"), cancel_url=reverse("impact:report_list"), once=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until"):
            try:
                check_period(cleaned["since"], cleaned["until"])
            except NotAllowedNow as reason:
                self.add_error("until", str(reason))
        return cleaned


class WithdrawForm(forms.Form):
    """Why a released report is taken back."""

    reason = forms.CharField(
        label=_("Waarom trek je het rapport in?"),
        max_length=300,
        help_text=_("De gemeente ziet het rapport dan niet meer. Wie het al heeft, houdt het."),
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Trek in"), cancel_url=cancel_url)


class AssignmentForm(forms.ModelForm):
    """An impact assignment: what is paid for which result."""

    class Meta:
        model = ImpactAssignment
        fields = ["name", "client", "amount", "result", "target", "since", "until"]
        field_classes = {"since": DateField, "until": DateField}
        help_texts = {"target": _("Hoeveel mensen of resultaten zijn afgesproken?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].localize = True
        form_helper(self, submit=_("Bewaar opdracht"), cancel_url=reverse("impact:money"), once=True)

    def clean_amount(self) -> Decimal:
        return _not_negative(self.cleaned_data["amount"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("De laatste dag ligt voor de eerste. Draai ze om."))
        return cleaned


class FlowForm(forms.ModelForm):
    """Money in or out, in one year."""

    class Meta:
        model = FundingFlow
        fields = ["year", "direction", "source", "amount", "assignment", "note"]
        widgets = {"direction": Segmented}

    def __init__(self, *args: Any, bureau_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignment"].queryset = ImpactAssignment.objects.filter(  # type: ignore[attr-defined]
            bureau=bureau_id
        )
        if self.instance.pk is None:
            self.fields["year"].initial = timezone.localdate().year
        form_helper(self, submit=_("Bewaar geldstroom"), cancel_url=reverse("impact:money"), once=True)

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not 2000 <= year <= 2100:
            raise forms.ValidationError(_("Schrijf een jaar tussen 2000 en 2100."))
        return year

    def clean_amount(self) -> Decimal:
        return _not_negative(self.cleaned_data["amount"])


def _not_negative(amount: Decimal) -> Decimal:
    if amount < 0:
        raise forms.ValidationError(_("Schrijf een bedrag van nul of meer. Kies bij uitgaven “Uitgaven”."))
    return amount
