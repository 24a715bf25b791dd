"""What a manager types about reports."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.forms import DateField, Segmented, form_helper
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
