"""What people type about rules and figures, and into the two sums."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import RateUnit
from buurtbaan.bureaus.models import Municipality, Rate
from buurtbaan.rules.enums import Topic
from buurtbaan.rules.figures import COUNTRY, KINDS, KNOWN, REGION, SHARES
from buurtbaan.rules.models import RuleVersion
from buurtbaan.ui.forms import AmountField, DateField, HoursField, form_helper

EVERYTHING = "alles"
OF_REGION = "region"
WebAddressField = partial(forms.URLField, assume_scheme="https")
CARD = ["question", "short", "answer"]
PLACE = ["law", "article", "link", "source"]
DATES = ["valid_from", "valid_until", "reviewed_on", "reviewed_by", "by_lawyer"]


class CardFilter(forms.Form):
    q = forms.CharField(
        label=_("Zoek"), required=False, max_length=80, widget=forms.TextInput({"type": "search"})
    )
    topic = forms.ChoiceField(
        label=_("Onderwerp"), required=False, choices=[("", _("Alles")), *Topic.choices]
    )


class VersionForm(forms.ModelForm):
    """What a card says from now on."""

    class Meta:
        model = RuleVersion
        fields = [*CARD, *PLACE, *DATES]
        field_classes = {
            "link": WebAddressField, "valid_from": DateField, "valid_until": DateField, "reviewed_on": DateField,
        }  # fmt: skip
        widgets = {
            "answer": forms.Textarea({"rows": 10}),
            "short": forms.Textarea({"rows": 2}),
        }
        help_texts = {
            "question": _("Zoals iemand het vraagt: mag dat, hoelang, wie betaalt?"),
            "short": _("Eén of twee zinnen. Dit staat naast het vakje waar het om gaat."),
            "answer": _("Gewone woorden, korte zinnen. Een lege regel maakt een nieuwe alinea."),
            "article": _("Bijvoorbeeld: artikel 10d, tweede lid."),
            "source": _("Waar heb je het gelezen of van wie heb je het gehoord?"),
            "reviewed_by": _("Wie legde de tekst naast de regel? Een functie is genoeg."),
        }

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(_("Het antwoord"), CARD), (_("Waar staat dat?"), PLACE), (_("Hoe zeker is het?"), DATES)]
        form_helper(self, submit=_("Bewaar regel"), cancel_url=cancel_url, groups=groups, once=True)

    def clean_reviewed_on(self) -> date:
        if self.cleaned_data["reviewed_on"] > timezone.localdate():
            raise ValidationError(_("Deze dag moet nog komen. Kies vandaag of een eerdere dag."))
        return self.cleaned_data["reviewed_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _check_order(self, data)
        return data


class CardForm(VersionForm):
    """A card that was not there before."""

    code = forms.SlugField(
        label=_("Kort adres"),
        max_length=50,
        help_text=_("Kleine letters en streepjes, bijvoorbeeld no-riskpolis. Het blijft altijd zo heten."),
    )
    topic = forms.ChoiceField(label=_("Onderwerp"), choices=Topic.choices)

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, cancel_url=cancel_url, **kwargs)
        groups = [
            (_("Het antwoord"), [*CARD, "topic", "code"]),
            (_("Waar staat dat?"), PLACE),
            (_("Hoe zeker is het?"), DATES),
        ]
        form_helper(self, submit=_("Bewaar regel"), cancel_url=cancel_url, groups=groups, once=True)


def _check_order(form: forms.BaseForm, data: dict[str, Any]) -> None:
    starts, ends = data.get("valid_from"), data.get("valid_until")
    if starts and ends and ends < starts:
        form.add_error("valid_until", _("Dit is voor de eerste dag. Kies een latere dag."))


class RateFilter(forms.Form):
    q = forms.CharField(
        label=_("Zoek"), required=False, max_length=80, widget=forms.TextInput({"type": "search"})
    )
    place = forms.ChoiceField(label=_("Geldt in"), required=False)
    show = forms.ChoiceField(
        label=_("Wanneer"), required=False, choices=[("", _("Nu")), (EVERYTHING, _("Ook vroeger en later"))]
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("Alles")), *places]  # type: ignore[attr-defined]


def figure_choices() -> list[tuple[str, Any]]:
    """Every figure that we know by name, under its kind."""
    found = [
        (str(label), [(f"{kind}:{key}", said[0]) for (kind, key), said in KNOWN.items() if kind == of])
        for of, label in KINDS.items()
    ]
    return [("", _("Kies een tarief")), *found]


class RateForm(forms.ModelForm):
    """A dated figure. own: the municipality of a manager, who writes for it and for its region alone."""

    figure = forms.ChoiceField(label=_("Welk tarief?"), choices=figure_choices)
    amount = AmountField(
        label=_("Hoeveel?"), unit="", help_text=_("Een aandeel schrijf je als percentage: 23,5.")
    )
    where = forms.ChoiceField(label=_("Geldt in"))
    region = forms.CharField(
        label=_("Welke regio?"),
        required=False,
        max_length=50,
        help_text=_("Alleen als je hierboven een regio kiest."),
    )

    class Meta:
        model = Rate
        fields = ["valid_from", "valid_until", "source", "source_date", "note"]
        field_classes = {"valid_from": DateField, "valid_until": DateField, "source_date": DateField}
        help_texts = {"source": _("Waar staat dit cijfer? Bijvoorbeeld een website of de Staatscourant.")}

    def __init__(self, *args: Any, own: Municipality | None, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(own.code, own.name)] if own else [(COUNTRY, _("heel Nederland")), *_municipalities()]
        self.fields["where"].choices = [*places, (OF_REGION, _("een regio"))]  # type: ignore[attr-defined]
        rate = self.instance
        if rate.pk:
            share = rate.unit == RateUnit.SHARE
            regional = rate.place.startswith(REGION)
            self.initial = {
                **self.initial,
                "figure": f"{rate.kind}:{rate.key}",
                "amount": rate.amount * (SHARES if share else 1),
                "where": OF_REGION if regional else rate.place,
                "region": rate.place.removeprefix(REGION) if regional else "",
            }
            if (rate.kind, rate.key) not in KNOWN:
                self.fields["figure"].choices = [(f"{rate.kind}:{rate.key}", rate.key)]  # type: ignore[attr-defined]
        groups = [
            (_("Het cijfer"), ["figure", "amount"]),
            (_("Waar en wanneer"), ["where", "region", "valid_from", "valid_until"]),
            (_("Waar staat dat?"), ["source", "source_date", "note"]),
        ]
        form_helper(self, submit=_("Bewaar tarief"), cancel_url=cancel_url, groups=groups, once=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _check_order(self, data)
        if data.get("where") == OF_REGION and not data.get("region", "").strip():
            self.add_error("region", _("Schrijf welke regio, bijvoorbeeld Utrecht."))
        if data.get("amount") is not None and self._unit(data) == RateUnit.SHARE and data["amount"] > SHARES:
            self.add_error("amount", _("Een percentage is hoogstens 100."))
        return data

    def _unit(self, data: dict[str, Any]) -> str:
        kind, _colon, key = data.get("figure", "").partition(":")
        known = KNOWN.get((kind, key))
        return known[1] if known else self.instance.unit

    def values(self) -> dict[str, Any]:
        """What the service keeps: percentages as shares, a region by its full name."""
        data = {name: self.cleaned_data[name] for name in self.Meta.fields}
        kind, _colon, key = self.cleaned_data["figure"].partition(":")
        unit = self._unit(self.cleaned_data)
        amount: Decimal = self.cleaned_data["amount"]
        region = REGION + " ".join(self.cleaned_data["region"].split())
        place = region if self.cleaned_data["where"] == OF_REGION else self.cleaned_data["where"]
        value = amount / SHARES if unit == RateUnit.SHARE else amount
        return {**data, "kind": kind, "key": key, "unit": unit, "value": value, "place": place}


def _municipalities() -> list[tuple[str, str]]:
    return list(Municipality.objects.order_by("name").values_list("code", "name"))


class SubsidyForm(forms.Form):
    """The sum of the wage subsidy; asked by GET, so that it can be kept as a bookmark and nothing is stored."""

    AGES = [(key, said[0]) for (kind, key), said in KNOWN.items() if kind == "minimum_wage"]

    day = DateField(label=_("Voor welke dag?"))
    hours = HoursField(label=_("Hoeveel uur werkt iemand?"))
    value = AmountField(
        label=_("Hoe hoog is de loonwaarde?"),
        unit="%",
        max_value=SHARES,
        help_text=_("In procenten van het minimumloon. Een deskundige van buiten stelt dit vast, niet wij."),
    )
    age = forms.ChoiceField(label=_("Leeftijd"), choices=AGES, help_text=_("Het minimumloon hangt ervan af."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helper = form_helper(self, submit=_("Reken uit"), rules={"value": "loonkostensubsidie"})
        helper.form_method, helper.disable_csrf = "get", True


class ExemptionForm(forms.Form):
    """A day, a municipality and what somebody earns in a month; asked by GET, nothing is stored."""

    day = DateField(label=_("Voor welke dag?"))
    place = forms.ChoiceField(label=_("Gemeente"))
    pay = AmountField(
        label=_("Hoeveel verdient iemand per maand?"),
        required=False,
        help_text=_("Laat leeg als je alleen de regels wilt zien."),
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        helper = form_helper(self, submit=_("Kijk wat we weten"), rules={"pay": "inkomstenvrijlating"})
        helper.form_method, helper.disable_csrf = "get", True
