"""Organisations, referrals, gatherings, trainings, help requests and the training budget."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.forms import AmountField, DateField, DateTimeField, Segmented
from candidates.enums import BudgetKind, HelpKind, OrganisationKind
from candidates.forms.fields import PhoneField, WholeText
from candidates.models import (
    BudgetLine,
    Gathering,
    HelpRequest,
    InwardReferral,
    Organisation,
    Training,
    TrainingPlace,
)
from candidates.models.budget import MOST

CENT = Decimal("0.01")

LONGEST_LIST = 200


def organisations_of(membership: Membership) -> Any:
    """The bureau's organisations for a select."""
    return Organisation.objects.visible_to(membership).order_by("name")


def _longest(model: Any, name: str) -> int:
    return int(model._meta.get_field(name).max_length)


def _quiet(form: forms.BaseForm) -> None:
    """The device keeps nobody's name for the next one who types."""
    for field in form.fields.values():
        field.widget.attrs.setdefault("autocomplete", "off")


class OrganisationForm(forms.Form):
    """Who they are and how to reach them."""

    name = forms.CharField(label=_("Naam"), max_length=_longest(Organisation, "name"))
    kind = forms.ChoiceField(label=_("Soort"), choices=OrganisationKind.choices, widget=Segmented)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Hier komt het bericht over een aanmelding.")
    )
    phone = PhoneField()


class ReferralForm(forms.Form):
    """Somebody is signed up: by whom, who, how to reach, and a hope. Never why."""

    organisation = forms.ModelChoiceField(
        label=_("Welke organisatie meldt aan?"), queryset=Organisation.objects.none(), required=False,
        empty_label=_("Geen organisatie"),
    )  # fmt: skip
    contact_name = forms.CharField(
        label=_("Wie meldt aan?"), max_length=_longest(InwardReferral, "contact_name"), required=False
    )
    contact_email = forms.EmailField(
        label=_("E-mail van wie aanmeldt"), required=False,
        help_text=_("Leeg: dan gaat bericht naar het adres van de organisatie."),
    )  # fmt: skip
    person_name = forms.CharField(
        label=_("Naam van wie wordt aangemeld"), max_length=_longest(InwardReferral, "person_name")
    )
    person_phone = PhoneField()
    person_email = forms.EmailField(label=_("E-mail"), required=False)
    hope = WholeText(
        label=_("Waar hoopt deze persoon op?"), longest=_longest(InwardReferral, "hope"), rows=3,
        help_text=_("Schrijf niets op over ziekte, straf of schuld."),
    )  # fmt: skip
    knows = forms.BooleanField(
        label=_("Deze persoon weet ervan en vindt het goed"),
        error_messages={"required": _("Vraag het eerst aan de persoon zelf.")},
    )

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["organisation"]
        choice.queryset = organisations_of(by)
        _quiet(self)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        needs_reach(self, data)
        return data

    def values(self) -> dict[str, Any]:
        """What `take_referral` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "knows"}


def needs_reach(form: forms.BaseForm, data: dict[str, Any]) -> None:
    """A phone number or an address: one of the two, or we can never meet."""
    wrong = {"person_phone", "person_email"} & form.errors.keys()
    if not wrong and not data.get("person_phone") and not data.get("person_email"):
        form.add_error("person_phone", _("Vul een telefoonnummer of een e-mailadres in."))


class SignUpForm(forms.Form):
    """What a referrer fills in from outside: no more than is needed to call somebody."""

    person_name = forms.CharField(
        label=_("Naam van wie je aanmeldt"), max_length=_longest(InwardReferral, "person_name")
    )
    person_phone = PhoneField(label=_("Telefoon van deze persoon"))
    person_email = forms.EmailField(
        label=_("E-mail van deze persoon"), required=False, help_text=_("Telefoon of e-mail is genoeg.")
    )
    contact_name = forms.CharField(
        label=_("Jouw naam"), max_length=_longest(InwardReferral, "contact_name"),
        help_text=_("Dan weten we wie aanmeldt."),
    )  # fmt: skip
    adult = forms.BooleanField(
        label=_("Deze persoon is 18 jaar of ouder"),
        error_messages={"required": _("Meedoen kan vanaf 18 jaar. Jongeren kunnen naar het jongerenwerk.")},
    )
    knows = forms.BooleanField(
        label=_("Deze persoon weet ervan en vindt het goed"),
        error_messages={"required": _("Vraag het eerst aan de persoon zelf.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _quiet(self)

    def clean_person_name(self) -> str:
        return " ".join(str(self.cleaned_data["person_name"]).split())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        needs_reach(self, data)
        return data

    def values(self) -> dict[str, Any]:
        """What `sign_up` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("adult", "knows")}


class SendOnForm(forms.Form):
    """Where somebody goes; why is between them and the organisation."""

    organisation = forms.ModelChoiceField(
        label=_("Naar welke organisatie?"), queryset=Organisation.objects.none(), empty_label=_("Kies…")
    )
    agreed = forms.BooleanField(label=_("Ja, dat mag"), required=False)

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["organisation"]
        choice.queryset = organisations_of(by)


class GatheringForm(forms.ModelForm):
    """What, when and where."""

    class Meta:
        model = Gathering
        fields = ("title", "starts_at", "minutes", "place", "agenda", "capacity")
        widgets = {"agenda": forms.Textarea({"rows": 4})}
        field_classes = {"starts_at": DateTimeField}
        help_texts = {
            "agenda": _("Dit leest ook wie mensen aanmeldt."),
            "capacity": _("Leeg: iedereen kan komen."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].widget.attrs |= {"min": 15, "max": 600, "step": 15}


class TrainingForm(forms.ModelForm):
    """What one learns, where and from whom."""

    class Meta:
        model = Training
        fields = ("title", "text", "given_by", "place", "capacity")
        widgets = {"text": forms.Textarea({"rows": 4})}
        help_texts = {"capacity": _("Leeg: iedereen kan meedoen.")}


class SessionForm(forms.Form):
    """One more day of a training."""

    starts_at = DateTimeField(label=_("Wanneer"))
    minutes = forms.IntegerField(label=_("Hoeveel minuten"), min_value=15, max_value=600, initial=120)


class ResultForm(forms.Form):
    """What somebody says about a training, and whether they are still in it."""

    result = WholeText(
        label=_("Wat heb je geleerd?"), longest=_longest(TrainingPlace, "result"), rows=4,
        help_text=_("In de eigen woorden van wie meedoet."),
    )  # fmt: skip
    ending = forms.ChoiceField(
        label=_("Hoe staat het ervoor?"), required=False, widget=Segmented,
        choices=[("", _("Doet nog mee")), ("finished", _("Klaar")), ("stopped", _("Gestopt"))],
    )  # fmt: skip


class HelpRequestForm(forms.ModelForm):
    """What a neighbour asks, where and when."""

    requester_name = forms.CharField(
        label=_("Wie vraagt het?"), max_length=_longest(HelpRequest, "requester_name"),
        help_text=_("De naam verdwijnt drie maanden nadat de hulp klaar is."),
    )  # fmt: skip
    requester_phone = PhoneField()

    class Meta:
        model = HelpRequest
        fields = (
            "kind", "text", "place", "wanted_on", "moment", "requester_name", "requester_phone", "organisation",
        )  # fmt: skip
        widgets = {"kind": Segmented, "text": forms.Textarea({"rows": 2})}
        field_classes = {"wanted_on": DateField}
        help_texts = {
            "moment": _("Bijvoorbeeld: elke dinsdagmiddag, of een uurtje in de ochtend."),
            "text": _("In een paar woorden. Niets over ziekte of geld."),
        }

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["organisation"]
        choice.queryset = organisations_of(by)
        choice.empty_label = _("Niet via een organisatie")
        _quiet(self)

    def clean_wanted_on(self) -> Any:
        day = self.cleaned_data["wanted_on"]
        if day and "wanted_on" in self.changed_data and day < timezone.localdate():
            raise forms.ValidationError(_("Deze dag is al geweest. Kies vandaag of later."))
        return day


class HelpFilter(forms.Form):
    """What the address of the list of help requests may say."""

    stand = forms.ChoiceField(
        label=_("Stand"), required=False,
        choices=[("", _("Nog niet klaar")), ("open", _("Zoekt iemand")), ("found", _("Iemand gevonden")),
                 ("ended", _("Klaar")), ("all", _("Alles"))],
    )  # fmt: skip
    soort = forms.ChoiceField(
        label=_("Soort hulp"), required=False, choices=[("", _("Alles")), *HelpKind.choices]
    )


class ReferralFilter(forms.Form):
    """What the address of the list of referrals may say."""

    stand = forms.ChoiceField(label=_("Stand"), required=False)
    van = forms.ModelChoiceField(
        label=_("Organisatie"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Allemaal"),
    )

    def __init__(self, *args: Any, by: Membership, states: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["van"]
        organisation.queryset = organisations_of(by)
        stand: Any = self.fields["stand"]
        stand.choices = [("", _("Alles")), *states]


class BudgetForm(forms.Form):
    """One line: earned or spent."""

    kind = forms.ChoiceField(
        label=_("Wat boek je?"), widget=Segmented,
        choices=[pair for pair in BudgetKind.choices if pair[0] != BudgetKind.CORRECTION],
    )  # fmt: skip
    amount = AmountField(label=_("Bedrag"), min_value=CENT, max_value=MOST)
    text = forms.CharField(
        label=_("Waarvoor?"), max_length=_longest(BudgetLine, "text"),
        help_text=_("Bijvoorbeeld: fietsen gemaakt in mei, of cursus heftruck."),
    )  # fmt: skip
    on = DateField(label=_("Op welke dag?"))

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Kies een dag die al geweest is."))
        return day
