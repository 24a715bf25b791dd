"""The forms around a file: a note, the details, stage, holders, closing, consent, opening."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area, Membership
from buurtbaan.ui.forms import DateField, Segmented
from candidates.ages import why_too_young
from candidates.enums import STAGE_MOVES, ConversationKind, Stage
from candidates.forms.fields import Birth, BirthField, PhoneField, PlainText, PostcodeField, WholeText
from candidates.models import Candidate, FileOpening, Fund, Organisation


class ConversationForm(forms.Form):
    """A note of a contact."""

    kind = forms.ChoiceField(
        label=_("Soort contact"),
        choices=ConversationKind.choices,
        widget=Segmented,
        initial=ConversationKind.VISIT,
    )
    text = WholeText(label=_("Wat is er gezegd?"), longest=8000, rows=5, required=True)
    held_on = DateField(label=_("Wanneer"))
    minutes = forms.IntegerField(label=_("Minuten"), min_value=1, max_value=600, required=False)
    fund = forms.ModelChoiceField(
        label=_("Fonds"), queryset=Fund.objects.none(), required=False, empty_label=_("Geen fonds"),
        help_text=_("Waar deze minuten bij horen. Een gesprek hoort bij één fonds, zo telt geen uur dubbel."),
    )  # fmt: skip
    call_back_on = DateField(
        label=_("Terugbellen op"), required=False,
        help_text=_("Dan staat deze persoon op jouw lijst van die dag."),
    )  # fmt: skip

    def __init__(self, *args: Any, funds: Iterable[Fund] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [one.pk for one in funds]
        box: Any = self.fields["fund"]
        box.queryset = Fund.objects.filter(pk__in=known).order_by("name")
        if not known:
            del self.fields["fund"]
        self.fields["held_on"].initial = timezone.localdate
        self.fields["text"].help_text = _("Schrijf het zo op, dat deze persoon het zelf ook mag lezen.")
        self.fields["text"].error_messages["required"] = _("Schrijf in een paar woorden op wat er is gezegd.")

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Deze dag moet nog komen. Kies vandaag of eerder."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        fund: Fund | None = data.get("fund")
        if fund and not data.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", _("Vul de minuten in, of kies geen fonds."))
        if fund and data.get("held_on") and not fund.runs_on(data["held_on"]):
            self.add_error(
                "fund", _("Dit fonds liep niet op deze dag. Kies een ander fonds of een andere dag.")
            )
        return data


class DetailsForm(forms.ModelForm):
    """What we know of somebody; only the first name is needed."""

    first_name = PlainText(label=_("Voornaam"), max_length=80)
    infix = PlainText(label=_("Tussenvoegsel"), max_length=20, required=False)
    last_name = PlainText(label=_("Achternaam"), max_length=120, required=False)
    birth = BirthField()
    phone = PhoneField()
    postcode = PostcodeField()

    class Meta:
        model = Candidate
        fields = [
            "first_name", "infix", "last_name", "birth", "phone", "email", "postcode", "area", "language",
            "resident_kind", "source", "source_organisation", "benefit", "without_work_since",
        ]  # fmt: skip
        widgets = {"resident_kind": Segmented, "language": Segmented}
        field_classes = {"without_work_since": DateField}

    field_order = [
        "first_name", "infix", "last_name", "birth", "phone", "email", "language", "postcode", "area", "resident_kind",
        "source", "source_organisation", "benefit", "without_work_since",
    ]  # fmt: skip
    groups = (
        (_("Wie"), ["first_name", "infix", "last_name", "birth", "resident_kind"]),
        (_("Bereiken"), ["phone", "email", "language"]),
        (_("Wonen"), ["postcode", "area"]),
        (_("Hoe we elkaar ontmoetten"), ["source", "source_organisation"]),
        (_("Alleen als je het wilt vertellen"), ["benefit", "without_work_since"]),
    )

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one: Candidate = self.instance
        self.fields["birth"].initial = Birth(one.birth_date, one.birth_year, one.birth_spread)
        areas: Any = self.fields["area"]
        areas.queryset = Area.objects.filter(bureaus=by.bureau_id).order_by("name").distinct()
        areas.empty_label = _("Weten we niet")
        organisations: Any = self.fields["source_organisation"]
        organisations.queryset = Organisation.objects.visible_to(by).order_by("name")
        organisations.empty_label = _("Niet via een organisatie")
        for name in ("source", "benefit"):
            field: Any = self.fields[name]
            field.choices = [("", _("Weten we niet")), *[pair for pair in field.choices if pair[0]]]
        self.fields["benefit"].label = _("Uitkering")
        for name, field in self.fields.items():
            if name not in ("language", "resident_kind"):
                field.widget.attrs.setdefault("autocomplete", "off")

    def clean_birth(self) -> Birth:
        birth: Birth = self.cleaned_data["birth"]
        if reason := why_too_young(birth_date=birth.on, birth_year=birth.year):
            raise forms.ValidationError(reason)
        return birth

    def values(self) -> dict[str, Any]:
        """What `save_details` takes."""
        data = dict(self.cleaned_data)
        birth: Birth = data.pop("birth")
        return {**data, "birth_date": birth.on, "birth_year": birth.year, "birth_spread": birth.spread}


class StageForm(forms.Form):
    """Where somebody goes from here, and why in a few words."""

    to = forms.ChoiceField(label=_("Naar welke fase?"), widget=Segmented)
    note = forms.CharField(label=_("Toelichting"), max_length=300, required=False)
    expected = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = STAGE_MOVES[candidate.stage] - {Stage.CLOSED}
        field: Any = self.fields["to"]
        field.choices = [(stage.value, stage.label) for stage in Stage if stage in moves]
        self.fields["expected"].initial = candidate.stage


class AssignForm(forms.Form):
    """Who holds this file."""

    coach = forms.ModelChoiceField(label=_("Coach"), queryset=Membership.objects.none(), required=False)
    connector = forms.ModelChoiceField(
        label=_("Verbinder"), queryset=Membership.objects.none(), required=False
    )

    def __init__(self, *args: Any, candidate: Candidate, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert by.bureau_id is not None  # noqa: S101 - bureau staff, says the database
        staff = Membership.objects.staff_of(by.bureau_id)
        for name, role in (("coach", Role.COACH), ("connector", Role.CONNECTOR)):
            field: Any = self.fields[name]
            field.queryset = staff.filter(role=role)
            field.label_from_instance = _name
            field.empty_label = _("Niemand")
            field.initial = getattr(candidate, f"{name}_id")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not data["coach"] and not data["connector"]:
            self.add_error("coach", _("Kies een coach of een verbinder: iedereen heeft iemand."))
        return data


def _name(membership: Membership) -> str:
    return str(membership.user)


class CloseForm(forms.Form):
    """Why the file closes."""

    reason = forms.CharField(
        label=_("Waarom sluit je dit dossier?"), max_length=200,
        help_text=_("Bijvoorbeeld: heeft een vaste baan, verhuisd, wil nu niet verder."),
    )  # fmt: skip


class ReopenForm(forms.Form):
    """Where somebody picks up the thread."""

    to = forms.ChoiceField(label=_("Waar beginnen we?"), widget=Segmented, initial=Stage.INTAKE)
    note = forms.CharField(label=_("Toelichting"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.choices = [(stage.value, stage.label) for stage in Stage if stage in STAGE_MOVES[Stage.CLOSED]]


class CallBackForm(forms.Form):
    """When to call."""

    on = DateField(
        label=_("Bel op"),
        required=False,
        help_text=_("Laat leeg om het van de lijst te halen."),
    )

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Deze dag is al geweest. Kies vandaag of later."))
        return day


class OpenForm(forms.Form):
    """Why a colleague's file is opened; the candidate reads it."""

    reason = forms.CharField(
        label=_("Waarom open je dit dossier?"), max_length=FileOpening._meta.get_field("reason").max_length,
        help_text=_("Deze persoon kan lezen wie keek en waarom."),
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
