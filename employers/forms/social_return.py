"""What people type about social return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.rules.figures import BLOCKS, PER
from buurtbaan.ui.forms import AmountField, DateField, form_helper
from employers import evidence
from employers.effort import NEEDED, block_name, rate_of
from employers.models import SocialReturn, SocialReturnLine

CONTRACT = ["contract", "principal", "contract_amount"]
PROMISE = ["share", "amount", "place"]
PERIOD = ["starts_on", "ends_on", "note"]
OPEN, SOON, SETTLED = "", "binnenkort", "afgerond"
FREE = "vrij"
"""Chosen where no block fits; kept as no block at all."""
ASK: dict[str, Any] = {
    "fte": _("Vul in welk deel van een voltijdsbaan het is, bijvoorbeeld 0,5."),
    "months": _("Vul in hoeveel maanden."),
    "hours": _("Vul in hoeveel uren."),
}


class SocialReturnFilter(forms.Form):
    q = forms.CharField(
        label=_("Zoek"), required=False, max_length=80, widget=forms.TextInput({"type": "search"})
    )
    state = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[(OPEN, _("Loopt")), (SOON, _("Bijna om en nog niet gehaald")), (SETTLED, _("Afgerond"))],
    )


class SocialReturnForm(forms.ModelForm):
    """A promise from a contract: a percentage of it, or an amount."""

    contract_amount = AmountField(label=_("Hoeveel is het contract waard?"))
    share = AmountField(
        label=_("Welk percentage daarvan?"),
        unit="%",
        required=False,
        help_text=_("Vul dit in, of een vast bedrag."),
    )
    amount = AmountField(label=_("Of een vast bedrag"), required=False)
    place = forms.ChoiceField(
        label=_("Welke tabel met waarden geldt?"),
        help_text=_("De tabel van de opdrachtgever. Mist hij? Voeg dan eerst tarieven voor die regio toe."),
    )

    class Meta:
        model = SocialReturn
        fields = [*CONTRACT, *PROMISE, *PERIOD]
        field_classes = {"starts_on": DateField, "ends_on": DateField}
        labels = {"starts_on": _("Vanaf"), "ends_on": _("Tot en met"), "note": _("Andere afspraken")}
        help_texts = {"principal": _("Wie gaf de opdracht, bijvoorbeeld de gemeente of een corporatie?")}

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        groups = [(_("Het contract"), CONTRACT), (_("De afspraak"), PROMISE), (_("De periode"), PERIOD)]
        form_helper(self, submit=_("Bewaar"), cancel_url=cancel_url, groups=groups, once=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        share, amount = data.get("share"), data.get("amount")
        if not self.errors and (share is None) == (amount is None):
            raise ValidationError(_("Vul een percentage in of een vast bedrag: één van de twee."))
        for name in ("contract_amount", "share", "amount"):
            if data.get(name) is not None and data[name] <= 0:
                self.add_error(name, _("Dit is meer dan nul."))
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Dit is voor de eerste dag. Kies een latere dag."))
        return data


class LineForm(forms.ModelForm):
    """Something that was done. `checked`: what the proof turned out to be, once the form is valid."""

    block = forms.ChoiceField(label=_("Wat voor inspanning?"))
    fte = AmountField(
        label=_("Welk deel van een voltijdsbaan?"), unit=_("voltijd"), required=False, max_value=Decimal(99),
        help_text=_("1 is voltijd, 0,5 is de helft. Nodig bij een waarde per voltijdsjaar."),
    )  # fmt: skip
    months = AmountField(
        label=_("Hoeveel maanden?"), unit=_("maanden"), required=False, max_value=Decimal(600),
        help_text=_("Nodig bij een waarde per voltijdsjaar of per maand."),
    )  # fmt: skip
    hours = AmountField(
        label=_("Hoeveel uren?"), unit=_("uur"), required=False, max_value=Decimal(99_999),
        help_text=_("Nodig bij een waarde per uur."),
    )  # fmt: skip
    amount = AmountField(
        label=_("Vrij bedrag"), required=False, help_text=_("Alleen als je hierboven een vrij bedrag kiest.")
    )
    file = forms.FileField(
        label=_("Bewijs"),
        required=False,
        max_length=200,
        help_text=_("Een PDF of foto van hooguit 5 MB. Zet er geen namen van mensen in, en nooit een BSN."),
        widget=forms.FileInput({"accept": evidence.ACCEPT}),
    )

    class Meta:
        model = SocialReturnLine
        fields = ["block", "what", "on", "fte", "months", "hours", "amount"]
        field_classes = {"on": DateField}
        labels = {"what": _("Wat is er gedaan?"), "on": _("Vanaf welke dag?")}
        help_texts = {
            "what": _("Bijvoorbeeld: werkervaringsplaats in de keuken. Schrijf geen namen."),
            "on": _("De waarde van die dag telt."),
        }

    def __init__(self, *args: Any, obligation: SocialReturn, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.obligation = obligation
        self.checked: evidence.Checked | None = None
        own = self.instance.block
        named = [(block, f"{label} ({PER[unit]})") for block, (label, unit) in BLOCKS.items()]
        named += [(own, block_name(own))] if own and own not in BLOCKS else []
        free = (FREE, _("Vrij bedrag, afgesproken met de opdrachtgever"))
        self.fields["block"].choices = [("", _("Kies een soort")), *named, free]  # type: ignore[attr-defined]
        if self.instance.pk and not own:
            self.initial["block"] = FREE
        groups = [
            (_("Wat"), ["block", "what", "on"]),
            (_("Hoeveel"), ["fte", "months", "hours", "amount"]),
            (_("Laat zien dat het klopt"), ["file"]),
        ]
        form_helper(self, submit=_("Bewaar inspanning"), cancel_url=cancel_url, groups=groups, once=True)

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if not self.obligation.starts_on <= day <= self.obligation.ends_on:
            raise ValidationError(
                _("Deze dag valt buiten de periode van het contract. Kies een dag erbinnen.")
            )
        return day

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data.get("file")
        if file is not None:
            self.checked = evidence.check(file)
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        block, on = data.get("block", ""), data.get("on")
        if block == FREE and not data.get("amount"):
            self.add_error("amount", _("Vul het bedrag in dat je hebt afgesproken."))
        elif block and block != FREE and on:
            place, bureau = self.obligation.place, self.obligation.bureau
            rate = rate_of(block, bureau=bureau, place=place, on=on)
            for name in NEEDED.get(rate.unit, ()) if rate else ():
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, ASK[name])
        return data

    def values(self) -> dict[str, Any]:
        """What the service keeps: of a block only its quantities, of a free amount only the amount."""
        data = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if data["block"] != FREE:
            return {**data, "amount": None}
        return {**data, "block": "", "fte": None, "months": None, "hours": None}


class ApproveForm(forms.Form):
    """The principal's word."""

    on = DateField(label=_("Op welke dag?"))
    who = forms.CharField(
        label=_("Wie keurde het goed?"),
        max_length=120,
        help_text=_("De organisatie of functie is genoeg, bijvoorbeeld contractbeheer van de gemeente."),
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Goedgekeurd"), cancel_url=cancel_url)

    def clean_on(self) -> date:
        if self.cleaned_data["on"] > timezone.localdate():
            raise ValidationError(_("Deze dag moet nog komen. Kies vandaag of een eerdere dag."))
        return self.cleaned_data["on"]
