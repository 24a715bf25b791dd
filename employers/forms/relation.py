"""What people type about the relation with an employer: talks, reminders, agreements and help."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.forms import DateField, Segmented, form_helper
from employers.models import Agreement, Contribution, Employer, Reminder, Talk
from employers.relation_enums import Unit, Way

FIRST_YEAR = 2000
REMINDER = ["remind_on", "remind_text", "remind_whom"]


def past_day(day: date) -> date:
    """A day that has come, and not one of another century by a slip of the hand."""
    if day > timezone.localdate():
        raise ValidationError(_("Deze dag moet nog komen. Kies vandaag of een eerdere dag."))
    if day.year < FIRST_YEAR:
        raise ValidationError(_("Dit is wel heel lang geleden. Kijk het jaar nog even na."))
    return day


def coming_day(day: date) -> date:
    """From today on, within ten years."""
    today = timezone.localdate()
    if day < today:
        raise ValidationError(_("Deze dag is al voorbij. Kies een dag vanaf vandaag."))
    if day.year > today.year + 10:
        raise ValidationError(_("Dit is wel heel ver weg. Kijk het jaar nog even na."))
    return day


def who(membership: Membership) -> str:
    """A colleague as a choice: the role tells two roles of one person apart."""
    return f"{membership.user}, {str(membership.get_role_display()).lower()}"


class ColleagueField(forms.ModelChoiceField):
    """Somebody of the bureau who has a role there today."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Membership.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return who(obj)

    def of(self, by: Membership) -> None:
        """Offer the colleagues of this one's bureau."""
        assert by.bureau_id is not None  # noqa: S101 - bureau staff, says the database
        self.queryset = Membership.objects.staff_of(by.bureau_id)


class NumberField(forms.DecimalField):
    """A number with a comma or a point; what an amount looks like on paper."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = value.strip().removeprefix("€").replace(" ", "")
            if "," in value:
                value = value.replace(".", "").replace(",", ".")
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class TalkForm(forms.ModelForm):
    """A talk in thirty seconds; with a new one, a reminder in the same breath."""

    remind_on = DateField(label=_("Herinner op"), required=False)
    remind_text = forms.CharField(
        label=_("Waaraan?"), required=False, max_length=300,
        help_text=_("Laat leeg, dan nemen we wat jullie afspraken."),
    )  # fmt: skip
    remind_whom = ColleagueField(label=_("Wie?"), required=False)

    class Meta:
        model = Talk
        fields = ["kind", "on", "contact", "note", "agreed"]
        labels = {
            "kind": _("Hoe spraken jullie elkaar?"),
            "on": _("Wanneer?"),
            "contact": _("Met wie?"),
            "note": _("Waar ging het over?"),
            "agreed": _("Wat spraken jullie af?"),
        }
        help_texts = {"note": _("Over de werkgever. Schrijf niets over kandidaten.")}
        widgets = {
            "kind": Segmented, "note": forms.Textarea({"rows": 4}), "agreed": forms.Textarea({"rows": 2}),
        }  # fmt: skip
        field_classes = {"on": DateField}

    def __init__(
        self, *args: Any, employer: Employer, by: Membership, cancel_url: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        contact: Any = self.fields["contact"]
        contact.queryset = employer.contacts.all()
        contact.empty_label = _("Niemand in het bijzonder")
        if self.instance.pk:
            for name in REMINDER:
                del self.fields[name]
            form_helper(self, submit=_("Bewaar gesprek"), cancel_url=cancel_url)
            return
        colleague: Any = self.fields["remind_whom"]
        colleague.of(by)
        colleague.empty_label = _("Niemand")
        self.initial.setdefault("remind_whom", by.pk)
        groups = [(_("Het gesprek"), self.Meta.fields), (_("Kom er later op terug"), REMINDER)]
        form_helper(self, submit=_("Bewaar gesprek"), cancel_url=cancel_url, groups=groups, once=True)

    def clean_on(self) -> date:
        return past_day(self.cleaned_data["on"])

    def clean_remind_on(self) -> date | None:
        day = self.cleaned_data["remind_on"]
        return coming_day(day) if day else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "remind_on" not in self.fields:
            return data
        day, text = data.get("remind_on"), data.get("remind_text", "")
        if text and not day and "remind_on" not in self.errors:
            self.add_error("remind_on", _("Kies de dag waarop je herinnerd wilt worden."))
        if day and not (text or data.get("agreed")):
            self.add_error("remind_text", _("Schrijf waar je op terug wilt komen."))
        if day and not data.get("remind_whom") and "remind_whom" not in self.errors:
            self.add_error("remind_whom", _("Kies wie we herinneren."))
        return data

    def talk(self) -> dict[str, Any]:
        """What the log keeps."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def reminder(self) -> dict[str, Any] | None:
        """What to come back to, if anything."""
        data = self.cleaned_data
        if not data.get("remind_on"):
            return None
        text = data["remind_text"] or " ".join(data["agreed"].split())[:300]
        return {"text": text, "due_on": data["remind_on"], "for_whom": data["remind_whom"]}


class ReminderForm(forms.ModelForm):
    for_whom = ColleagueField(label=_("Wie?"))

    class Meta:
        model = Reminder
        fields = ["text", "due_on", "for_whom"]
        labels = {"text": _("Waaraan?"), "due_on": _("Op welke dag?")}
        field_classes = {"due_on": DateField}

    def __init__(self, *args: Any, by: Membership, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleague: Any = self.fields["for_whom"]
        colleague.of(by)
        form_helper(self, submit=_("Bewaar herinnering"), cancel_url=cancel_url, once=True)

    def clean_due_on(self) -> date:
        """A day that was kept stays allowed; a new one lies ahead."""
        day: date = self.cleaned_data["due_on"]
        return day if self.instance.pk and day == self.initial.get("due_on") else coming_day(day)


class AgreementForm(forms.ModelForm):
    colleague = ColleagueField(label=_("Wie van het bureau?"))

    class Meta:
        model = Agreement
        fields = ["title", "text", "starts_on", "ends_on", "contact", "colleague"]
        labels = {
            "title": _("Waar gaat het over?"),
            "text": _("Wat is afgesproken?"),
            "starts_on": _("Vanaf wanneer?"),
            "ends_on": _("Tot en met wanneer?"),
            "contact": _("Wie van de werkgever?"),
        }
        help_texts = {
            "title": _("Kort, bijvoorbeeld: twee leerplekken in de werkplaats."),
            "text": _(
                "In gewone woorden: wat doen zij, wat doen wij? Een lege regel begint een nieuwe alinea."
            ),
            "ends_on": _(
                "Laat leeg als er geen einde is. Zes weken ervoor staat het op de lijst van vandaag."
            ),
        }
        widgets = {"text": forms.Textarea({"rows": 10})}
        field_classes = {"starts_on": DateField, "ends_on": DateField}

    def __init__(
        self, *args: Any, employer: Employer, by: Membership, cancel_url: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        contact: Any = self.fields["contact"]
        contact.queryset = employer.contacts.all()
        contact.empty_label = _("Nog niet bekend")
        colleague: Any = self.fields["colleague"]
        colleague.of(by)
        form_helper(self, submit=_("Bewaar overeenkomst"), cancel_url=cancel_url, once=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and starts.year < FIRST_YEAR:
            self.add_error("starts_on", _("Dit is wel heel lang geleden. Kijk het jaar nog even na."))
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Dit is voor de eerste dag. Kies een latere dag."))
        return data


class DayForm(forms.Form):
    """On which day something was done."""

    on = DateField(label=_("Op welke dag?"))

    def __init__(self, *args: Any, submit: Any, cancel_url: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": timezone.localdate()}
        super().__init__(*args, **kwargs)
        form_helper(self, submit=submit, cancel_url=cancel_url)

    def clean_on(self) -> date:
        return past_day(self.cleaned_data["on"])


class ContributionForm(forms.ModelForm):
    amount = NumberField(
        label=_("Hoeveel?"), required=False, min_value=Decimal("0.01"), max_digits=11, decimal_places=2,
        help_text=_("Laat leeg als je het niet weet. We schatten niets."),
        error_messages={
            "invalid": _("Schrijf een getal, bijvoorbeeld 250 of 12,50."),
            "min_value": _("Schrijf een getal boven nul, of laat het leeg."),
        },
    )  # fmt: skip

    class Meta:
        model = Contribution
        fields = ["way", "what", "on", "amount", "unit", "source"]
        labels = {
            "way": _("Hoe helpen zij?"),
            "what": _("Wat deden of gaven zij?"),
            "on": _("Wanneer?"),
            "unit": _("Waarin gerekend?"),
            "source": _("Waar komt dat getal vandaan?"),
        }
        widgets = {"way": Segmented}
        field_classes = {"on": DateField}

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar bijdrage"), cancel_url=cancel_url, once=True)

    def clean_on(self) -> date:
        return past_day(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        """A number has a unit and a source; money is in euros."""
        data = super().clean() or {}
        if "amount" in self.errors:
            return data
        if data.get("amount") is None:
            data["unit"] = data["source"] = ""
            return data
        if data.get("way") == Way.MONEY:
            if data.get("unit") not in ("", Unit.EURO):
                self.add_error("unit", _("Geld reken je in euro."))
            data["unit"] = Unit.EURO
        if not data.get("unit"):
            self.add_error("unit", _("Kies of dit euro, uren of stuks zijn."))
        if not data.get("source"):
            self.add_error("source", _("Kies waar het getal vandaan komt."))
        return data


class HandoverForm(forms.Form):
    to = ColleagueField(label=_("Naar wie?"))

    def __init__(self, *args: Any, by: Membership, owner: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleague: Any = self.fields["to"]
        colleague.of(by)
        colleague.queryset = colleague.queryset.exclude(pk=owner.pk)
        form_helper(self, submit="", tag=False)
