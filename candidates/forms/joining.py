"""The public form: who, how to reach you, what you hope for. No more."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.consents import text_for
from candidates.enums import ConsentPurpose
from candidates.forms.fields import PhoneField, WholeText

NO_NAME = re.compile(r"[\d/:@<>{}\\]|\bwww\b|\.\w")


class JoinForm(forms.Form):
    """One screen on a phone. The page never tells whether the bureau knows somebody."""

    first_name = forms.CharField(
        label=_("Hoe heet je?"), max_length=60, help_text=_("Je voornaam is genoeg.")
    )
    phone = PhoneField(label=_("Je telefoon"))
    email = forms.EmailField(label=_("Of je e-mail"), required=False)
    hopes = WholeText(
        label=_("Waar hoop je op?"), longest=1500, rows=3,
        help_text=_("Een paar woorden zijn genoeg. Bijvoorbeeld: mensen ontmoeten, iets met koken."),
    )  # fmt: skip
    adult = forms.BooleanField(label=_("Ik ben 18 jaar of ouder"))
    record = forms.BooleanField(label=_("Ja, opschrijven mag"))
    contact = forms.BooleanField(label=_("Ja, bellen en mailen mag"))
    subject_line = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["first_name"].widget.attrs |= {"autocomplete": "given-name", "autocapitalize": "words"}
        fields["phone"].widget.attrs["autocomplete"] = "tel"
        fields["email"].widget.attrs |= {"autocomplete": "email", "autocapitalize": "none"}
        fields["record"].widget.attrs["aria-describedby"] = "tekst-record"
        fields["contact"].widget.attrs["aria-describedby"] = "tekst-contact"
        fields["subject_line"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}
        fields["first_name"].error_messages["required"] = _("Schrijf je voornaam op.")
        fields["adult"].error_messages["required"] = _(
            "Meedoen kan vanaf 18 jaar. Ben je jonger? Loop dan binnen, we denken graag met je mee."
        )
        fields["record"].error_messages["required"] = _("Zonder ja mogen we niets opschrijven.")
        fields["contact"].error_messages["required"] = _(
            "Zonder ja kunnen we je niet bellen of mailen. Je mag ook binnenlopen."
        )

    @property
    def record_text(self) -> str:
        """What the first yes is to."""
        return text_for(ConsentPurpose.RECORD)

    @property
    def contact_text(self) -> str:
        """What the second is to."""
        return text_for(ConsentPurpose.CONTACT)

    def clean_first_name(self) -> str:
        name = " ".join(self.cleaned_data["first_name"].split())
        if NO_NAME.search(name):
            raise forms.ValidationError(_("Schrijf alleen je naam op."))
        return name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not (data.get("phone") or data.get("email")) and not {"phone", "email"} & self.errors.keys():
            self.add_error(
                "phone", _("Schrijf een telefoonnummer op, of je e-mail. Dan kunnen we je bereiken.")
            )
        return data

    @property
    def is_machine(self) -> bool:
        """Whether the field that no person sees was filled in."""
        return bool(self.cleaned_data.get("subject_line"))

    def values(self) -> dict[str, Any]:
        """What `sign_up` takes."""
        return {name: self.cleaned_data[name] for name in ("first_name", "phone", "email", "hopes")}
