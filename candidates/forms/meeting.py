"""The first conversation: one screen, one thumb."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.forms import DateField, Segmented
from candidates.ages import why_too_young
from candidates.consents import ASKED_AT_FIRST, current_text, text_for
from candidates.doubles import Double, find_doubles, year_of
from candidates.enums import ConsentPurpose, Source
from candidates.forms.fields import Birth, BirthField, PhoneField, PlainText, WholeText
from candidates.models import Organisation
from candidates.names import split_infix

BY_ORGANISATION = (Source.ORGANISATION, Source.REFERRAL)
LONGEST_AGO = timedelta(days=366)
"""How old a conversation may be that was written without network and comes in now."""


class FirstConversationForm(forms.Form):
    """Who, how to reach, what somebody hopes for, how we met, and a plain yes."""

    first_name = PlainText(label=_("Voornaam"), max_length=80)
    last_name = PlainText(label=_("Achternaam"), max_length=120, required=False)
    phone = PhoneField()
    email = forms.EmailField(label=_("E-mail"), required=False)
    hopes = WholeText(label=_("Waar hoop je op?"), longest=4000, rows=3)
    source = forms.ChoiceField(
        label=_("Hoe hebben jullie elkaar ontmoet?"), choices=Source.choices, widget=Segmented
    )
    source_organisation = forms.ModelChoiceField(
        label=_("Via welke organisatie?"), queryset=Organisation.objects.none(), required=False,
        empty_label=_("Niet via een organisatie"),
    )  # fmt: skip
    organisation_name = PlainText(
        label=_("Via welke organisatie?"), max_length=120, required=False,
        help_text=_("Zonder verbinding is er geen lijst. Schrijf de naam op."),
    )  # fmt: skip
    place = PlainText(label=_("Waar spraken jullie elkaar?"), max_length=120, required=False)
    birth = BirthField(help_text=_("Vanaf 18 jaar. Alleen het jaar mag ook, of een leeftijd zoals 40-50."))
    language = forms.ChoiceField(
        label=_("Taal van berichten"),
        choices=[("nl", "Nederlands"), ("en", "English")],
        widget=Segmented,
        initial="nl",
    )
    record = forms.BooleanField(
        label=_("Ja, opschrijven mag"),
        error_messages={"required": _("Vraag of je dit mag opschrijven. Zonder ja bewaren we niets.")},
    )
    contact = forms.BooleanField(label=_("Ja, bellen en mailen mag"), required=False)
    held_on = DateField(required=False, widget=forms.HiddenInput)
    read = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Membership | None, **kwargs: Any) -> None:
        """by: who asks; None for the empty page that works without network and knows nobody's data."""
        super().__init__(*args, **kwargs)
        self.by = by
        organisations: Any = self.fields["source_organisation"]
        if by is not None:
            organisations.queryset = Organisation.objects.visible_to(by).order_by("name")
        self.fields["read"].initial = " ".join(
            current_text(purpose).code(get_language() or "nl") for purpose in ASKED_AT_FIRST
        )
        for name in ("first_name", "last_name", "email", "place"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["first_name"].widget.attrs |= {"autocapitalize": "words", "enterkeyhint": "next"}
        self.fields["first_name"].error_messages["required"] = _("Vul een voornaam of roepnaam in.")
        self.fields["source"].error_messages["required"] = _("Kies hoe jullie elkaar ontmoetten.")
        self.fields["record"].widget.attrs["aria-describedby"] = "tekst-record"
        self.fields["contact"].widget.attrs["aria-describedby"] = "tekst-contact"

    @property
    def record_text(self) -> str:
        """What is read out before the first yes."""
        return text_for(ConsentPurpose.RECORD)

    @property
    def contact_text(self) -> str:
        """What is read out before the second."""
        return text_for(ConsentPurpose.CONTACT)

    def clean_birth(self) -> Birth:
        birth: Birth = self.cleaned_data["birth"]
        if reason := why_too_young(birth_date=birth.on, birth_year=birth.year):
            raise forms.ValidationError(reason)
        return birth

    def clean_held_on(self) -> date | None:
        """The day it was written down, for what comes later from a device without network."""
        day: date | None = self.cleaned_data["held_on"]
        if day and not timedelta(0) <= timezone.localdate() - day <= LONGEST_AGO:
            raise forms.ValidationError(_("De dag van dit gesprek klopt niet. Schrijf het opnieuw op."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("source") not in BY_ORGANISATION and "source_organisation" in data:
            data["source_organisation"] = None
        elif (name := data.get("organisation_name")) and not data.get("source_organisation"):
            field: Any = self.fields["source_organisation"]
            data["source_organisation"] = field.queryset.filter(name__iexact=name).first()
            if data["source_organisation"] is None:
                self.add_error("source_organisation", _not_known(name))
        return data

    def doubles(self) -> list[Double]:
        """People who may be the same, from as much as was typed."""
        data = self.cleaned_data
        birth: Birth = data.get("birth") or Birth()
        infix, last = split_infix(data.get("last_name", ""))
        assert self.by is not None  # noqa: S101 - only the empty page has nobody
        return find_doubles(
            membership=self.by, first_name=data.get("first_name", ""), infix=infix, last_name=last,
            phone=data.get("phone", ""), email=data.get("email", ""), birth_year=year_of(birth.on, birth.year),
            birth_spread=birth.spread,
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What `register_first_conversation` takes."""
        data = dict(self.cleaned_data)
        birth: Birth = data.pop("birth")
        data["infix"], data["last_name"] = split_infix(data["last_name"])
        agreed = {ConsentPurpose.RECORD: data.pop("record"), ConsentPurpose.CONTACT: data.pop("contact")}
        data["consents"] = [purpose for purpose, yes in agreed.items() if yes]
        del data["organisation_name"]
        codes = data.pop("read").split()
        data["read"] = dict(zip(ASKED_AT_FIRST, codes, strict=False))
        return {**data, "birth_date": birth.on, "birth_year": birth.year, "birth_spread": birth.spread}


def _not_known(name: str) -> str:
    return (
        _("We kennen hier geen organisatie met de naam “%s”. Kies er een uit de lijst, of laat het leeg.")
        % name
    )
