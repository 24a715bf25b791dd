"""What people type about money: flows, assignments, funds, hours on funds, and the social cash book."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.forms import AmountField, DateField, Segmented, TimeInput, form_helper
from candidates.models import Fund, FundDeadline
from employers.forms.relation import ColleagueField, coming_day, past_day
from impact.enums import FLOW_KINDS_OUT, FlowDirection, FlowKind, Known, Stakeholder
from impact.models import CashbookEntry, FundingFlow, ImpactAssignment
from impact.models.cashbook import MOST

FIRST_YEAR = 2000
PAST: Any = [past_day]
NO_NAMES = _("Schrijf geen namen van mensen op.")
NO_MINUS = {"min_value": _("Schrijf het bedrag zonder minteken. Kies bij uitgaven “Uitgaven”.")}
TOO_MUCH = {
    "min_value": _("Schrijf het bedrag zonder minteken."),
    "max_value": _("Dit bedrag is te hoog om te kloppen. Kijk het na."),
}


class AssignmentForm(forms.ModelForm):
    """An impact assignment: what is paid for which result."""

    amount = AmountField(label=_("Bedrag"), error_messages=NO_MINUS)

    class Meta:
        model = ImpactAssignment
        fields = ["name", "client", "amount", "result", "target", "since", "until"]
        field_classes = {"since": DateField, "until": DateField}
        help_texts = {"target": _("Hoeveel mensen of resultaten zijn afgesproken?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pk = self.instance.pk
        back = reverse("impact:assignment", args=[pk]) if pk else reverse("impact:assignments")
        form_helper(self, submit=_("Bewaar opdracht"), cancel_url=back, once=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("De laatste dag ligt voor de eerste. Draai ze om."))
        if since and since.year < FIRST_YEAR:
            self.add_error("since", _("Dit is wel heel lang geleden. Kijk het jaar na."))
        return cleaned


class FlowForm(forms.ModelForm):
    """Money in or out, in one year."""

    year = forms.IntegerField(label=_("Jaar"))
    amount = AmountField(label=_("Bedrag"), error_messages=NO_MINUS)

    class Meta:
        model = FundingFlow
        fields = ["year", "direction", "kind", "source", "amount", "fund", "assignment", "note"]
        widgets = {"direction": Segmented}
        help_texts = {
            "source": _(
                "Abonnementen, opdrachten en eigen projecten tellen vanzelf mee. Schrijf die hier niet op."
            ),
            "fund": _("Alleen als het geld van een fonds komt dat hier staat."),
            "note": NO_NAMES,
        }

    def __init__(self, *args: Any, bureau_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["assignment"].queryset = ImpactAssignment.objects.filter(bureau=bureau_id)
        fields["fund"].queryset = Fund.objects.filter(bureau=bureau_id)
        fields["kind"].choices = [("", _("Kies…")), *_kinds()]
        if self.instance.pk is None:
            self.initial["year"] = self.initial.get("year") or timezone.localdate().year
        form_helper(self, submit=_("Bewaar geldstroom"), cancel_url=reverse("impact:money"), once=True)

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        last = timezone.localdate().year + 1
        if not FIRST_YEAR <= year <= last:
            raise forms.ValidationError(
                _("Schrijf een jaar van %(first)s tot en met %(last)s."),
                params={"first": FIRST_YEAR, "last": last},
            )
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        out = cleaned.get("direction") == FlowDirection.OUT
        kind = cleaned.get("kind")
        if kind and cleaned.get("direction") and (kind in FLOW_KINDS_OUT) != out:
            self.add_error("kind", _("Deze soort past niet bij in of uit. Kies een andere."))
        same = self._others().filter(year=cleaned.get("year"), direction=cleaned.get("direction"))
        if cleaned.get("fund") and same.filter(fund=cleaned["fund"]).exists():
            self.add_error(
                "fund", _("Van dit fonds staat dit jaar al een geldstroom. Verander daar het bedrag.")
            )
        elif same.filter(
            source__iexact=cleaned.get("source", ""), assignment=cleaned.get("assignment")
        ).exists():
            self.add_error("source", _("Deze geldstroom staat er dit jaar al. Verander daar het bedrag."))
        return cleaned

    def _others(self) -> Any:
        return FundingFlow.objects.filter(bureau=self.instance.bureau_id).exclude(pk=self.instance.pk)


def _kinds() -> list[Any]:
    """Kinds under "in" and "out", as the choice shows them."""
    ins = [(one.value, one.label) for one in FlowKind if one not in FLOW_KINDS_OUT]
    outs = [(one.value, one.label) for one in FlowKind if one in FLOW_KINDS_OUT]
    return [(FlowDirection.IN.label, ins), (FlowDirection.OUT.label, outs)]


class BreakEvenForm(forms.Form):
    """How many assignments of which amount; in the address."""

    aantal = forms.IntegerField(label=_("Opdrachten per jaar"), min_value=1, max_value=99)
    bedrag = AmountField(label=_("Bedrag per opdracht"), error_messages=TOO_MUCH, max_value=Decimal(MOST))


class FundForm(forms.ModelForm):
    """A fund: what it asks, from when to when hours may be claimed, and what was granted."""

    amount = AmountField(label=_("Toegezegd bedrag"), required=False, error_messages=TOO_MUCH)

    class Meta:
        model = Fund
        fields = ["name", "since", "until", "amount", "hours_most", "conditions"]
        field_classes = {"since": DateField, "until": DateField}
        widgets = {"conditions": forms.Textarea({"rows": 4})}
        help_texts = {
            "hours_most": _("Hoeveel uren het fonds hoogstens betaalt, als dat is afgesproken."),
            "conditions": _(
                "Wat vraagt het fonds? Wie mag meedoen, wat moet je bewaren, wat mag niet dubbel?"
            ),
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("De laatste dag ligt voor de eerste. Kijk beide na."))
        name, here = data.get("name", ""), Fund.objects.filter(bureau=self.instance.bureau_id)
        if here.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("Dit fonds staat er al."))
        return data


class DeadlineForm(forms.ModelForm):
    """A day on which a fund wants something."""

    class Meta:
        model = FundDeadline
        fields = ["what", "due_on"]
        field_classes = {"due_on": DateField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar termijn"), once=True)

    def clean_due_on(self) -> Any:
        return coming_day(self.cleaned_data["due_on"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        same = FundDeadline.objects.filter(fund=self.instance.fund_id, what=data.get("what", ""))
        if data.get("due_on") and same.filter(due_on=data["due_on"]).exists():
            self.add_error("what", _("Deze termijn staat er al."))
        return data


class ClaimForm(forms.Form):
    """Own time on a fund; a manager writes it down for a colleague too."""

    fund = forms.ModelChoiceField(Fund.objects.none(), label=_("Fonds"))
    worker = ColleagueField(label=_("Wie"))
    day = DateField(label=_("Dag"), validators=PAST)
    starts = forms.TimeField(label=_("Van"), widget=TimeInput)
    ends = forms.TimeField(label=_("Tot"), widget=TimeInput)
    what = forms.CharField(
        label=_("Wat heb je gedaan?"), max_length=160,
        help_text=_("Bijvoorbeeld: bijeenkomst voorbereid. Schrijf geen namen van mensen op."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Membership, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["fund"].queryset = Fund.objects.visible_to(by)
        fields["worker"].of(by)
        if by.role == Role.MANAGER:
            fields["worker"].initial = by.pk
        else:
            del self.fields["worker"]
        fields["day"].initial = timezone.localdate()
        form_helper(self, submit=_("Bewaar uren"), cancel_url=cancel_url, once=True)


class CashFields(forms.Form):
    """What both forms of the cash book ask: the activity, for whom, and two amounts of which one may be unknown."""

    activity = forms.CharField(
        label=_("Wat hebben jullie gedaan?"), max_length=120,
        widget=forms.TextInput({"list": "activiteiten", "autocomplete": "off"}),
        help_text=NO_NAMES,
    )  # fmt: skip
    stakeholder = forms.ChoiceField(label=_("Voor wie?"), choices=Stakeholder.choices, widget=Segmented)
    cost = AmountField(
        label=_("Wat kostte het?"), required=False, max_value=Decimal(MOST), error_messages=TOO_MUCH
    )
    value = AmountField(
        label=_("Wat leverde het op?"), required=False, max_value=Decimal(MOST), error_messages=TOO_MUCH,
        help_text=_("Wat had het anders gekost? Leeg is: dat weten we niet."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            data.get("cost") is None
            and data.get("value") is None
            and not {"cost", "value"} & self.errors.keys()
        ):
            self.add_error("cost", _("Schrijf op wat het kostte of wat het opleverde; liefst allebei."))
        return data


class QuickCashForm(CashFields):
    """Right after an activity, on a phone: five answers, and the last activity stands there already."""

    known = forms.ChoiceField(label=_("Hoe weet je dat?"), choices=Known.choices, initial=Known.RECEIPT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar"), cancel_url=reverse("impact:cashbook"), once=True)

    def values(self) -> dict[str, Any]:
        """As a line of the book: today, and the one answer for both amounts that are known."""
        data = dict(self.cleaned_data)
        known = data.pop("known")
        return {
            "on": timezone.localdate(),
            **data,
            "cost_known": known if data["cost"] is not None else "",
            "value_known": known if data["value"] is not None else "",
        }


class CashForm(CashFields):
    """Everything of a line, to put it right."""

    on = DateField(label=_("Wanneer?"), validators=PAST)
    cost_known = forms.ChoiceField(
        label=_("Hoe weet je wat het kostte?"), choices=[("", _("Kies…")), *Known.choices], required=False
    )
    value_known = forms.ChoiceField(
        label=_("Hoe weet je wat het opleverde?"), choices=[("", _("Kies…")), *Known.choices], required=False
    )
    note = forms.CharField(
        label=_("Toelichting"),
        max_length=300,
        required=False,
        help_text=NO_NAMES,
    )
    field_order = ("on", "activity", "stakeholder", "cost", "cost_known", "value", "value_known", "note")

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar verbetering"), cancel_url=cancel_url, once=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in ("cost", "value"):
            known = f"{name}_known"
            if data.get(name) is None:
                data[known] = ""
            elif not data.get(known):
                self.add_error(known, _("Kies hoe dit bekend is. Een schatting mag."))
        return data


def first_values(entry: CashbookEntry) -> dict[str, Any]:
    """What the form about a line starts with."""
    return {name: getattr(entry, name) for name in CashForm.field_order}


class CashFilter(forms.Form):
    """The choices above the cash book; they stay in the address."""

    q = forms.CharField(
        label=_("Zoek"), required=False, max_length=80, widget=forms.TextInput({"type": "search"})
    )
    jaar = forms.TypedChoiceField(label=_("Jaar"), coerce=int, required=False)
    wie = forms.ChoiceField(
        label=_("Voor wie"), required=False, choices=[("", _("Iedereen")), *Stakeholder.choices]
    )

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jaar"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
