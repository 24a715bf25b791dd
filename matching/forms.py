"""What people type about matches, meetings and placements; input only, the services decide."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import DateInput, HoursField, Segmented, TimeInput, form_helper
from employers.enums import END_REQUIRED_FORMS, PAID_FORMS, WorkForm
from matching.enums import CheckInMood, DeclinedBy, DeclineReason, Destination, EndReason, MatchState
from matching.models import Placement
from matching.services.placements import LONGEST_TRIAL
from matching.services.sharing import USUAL, ShareField

MINUTES = [(30, _("een half uur")), (45, _("drie kwartier")), (60, _("een uur")), (90, _("anderhalf uur"))]
OWN, ALL = "eigen", "alle"
WHOSE = [(OWN, _("Mijn mensen")), (ALL, _("Het hele bureau"))]


def _text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class ShareFormField(forms.MultipleChoiceField):
    """One tick per field that the employer would read, with what they would read."""

    def __init__(self, known: dict[str, str], **kwargs: Any) -> None:
        choices = [(code, f"{label}: {known[code]}") for code, label in ShareField.choices if code in known]
        super().__init__(
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=_("Wat mag de werkgever weten?"),
            **kwargs,
        )


class YesForm(forms.Form):
    """The candidate's yes: which fields go along."""

    def __init__(self, *args: Any, known: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["share"] = ShareFormField(known, initial=list(USUAL))


class NoForm(forms.Form):
    """The candidate's or employer's no: a reason from the list, and own words."""

    reason = forms.ChoiceField(label=_("Waarom niet?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Wil je er iets bij zeggen?"), required=False, max_length=500, widget=_text(2)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = DeclineReason.choices  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """A few words of one's own."""

    words = forms.CharField(label=_("Vertel het in je eigen woorden"), max_length=500, widget=_text(3))

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["words"].label = label


class AnswerForm(forms.Form):
    """A colleague notes what the candidate answered, for example by telephone."""

    agrees = forms.ChoiceField(
        label=_("Wil de kandidaat kennismaken?"),
        widget=Segmented,
        choices=[("yes", _("Ja")), ("no", _("Nee"))],
    )
    reason = forms.ChoiceField(
        label=_("Bij nee: waarom niet?"), required=False, choices=[("", "–"), *DeclineReason.choices]
    )
    note = forms.CharField(
        label=_("In de woorden van de kandidaat"), required=False, max_length=500, widget=_text()
    )

    def __init__(self, *args: Any, known: dict[str, str], cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["share"] = ShareFormField(
            known, help_text=_("Vraag het per onderdeel. De voornaam gaat altijd mee.")
        )
        self.order_fields(["agrees", "share", "reason", "note"])
        form_helper(self, submit=_("Bewaar antwoord"), cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("agrees") == "no" and not cleaned.get("reason"):
            self.add_error("reason", _("Kies bij nee een reden uit de lijst."))
        return cleaned


class EmployerAnswerForm(forms.Form):
    """A colleague notes what the employer answered."""

    answer = forms.ChoiceField(
        label=_("Wil de werkgever kennismaken?"),
        widget=Segmented,
        choices=[("yes", _("Ja")), ("no", _("Nu niet"))],
    )
    reason = forms.ChoiceField(
        label=_("Bij nee: waarom niet?"), required=False, choices=[("", "–"), *DeclineReason.choices]
    )
    note = forms.CharField(
        label=_("In de woorden van de werkgever"), required=False, max_length=500, widget=_text()
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar antwoord"), cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "no" and not cleaned.get("reason"):
            self.add_error("reason", _("Kies bij nee een reden uit de lijst."))
        return cleaned


class StopForm(forms.Form):
    """Why a match does not go on; taking it back needs no reason."""

    WITHDRAW = "withdraw"

    who = forms.ChoiceField(label=_("Wie besloot dat?"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Waarom?"), required=False, choices=[("", "–"), *DeclineReason.choices]
    )
    note = forms.CharField(label=_("Toelichting"), required=False, max_length=500, widget=_text())

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (DeclinedBy.CANDIDATE, _("De kandidaat zegt nee")),
            (DeclinedBy.EMPLOYER, _("De werkgever zegt nee")),
            (DeclinedBy.BUREAU, _("Het bureau stopt ermee")),
            (self.WITHDRAW, _("Het was een vergissing: trek het voorstel in")),
        ]
        form_helper(self, submit=_("Stop dit voorstel"), cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("who") not in (None, self.WITHDRAW) and not cleaned.get("reason"):
            self.add_error("reason", _("Kies een reden uit de lijst."))
        return cleaned


class MeetingForm(forms.Form):
    """When and where people meet, and who comes along."""

    day = forms.DateField(label=_("Welke dag?"), widget=DateInput)
    time = forms.TimeField(label=_("Hoe laat?"), widget=TimeInput)
    minutes = forms.TypedChoiceField(label=_("Hoe lang?"), choices=MINUTES, coerce=int, initial=45)
    place = forms.CharField(label=_("Waar?"), max_length=200)
    companion = forms.CharField(
        label=_("Wie gaat er mee?"), required=False, max_length=120,
        help_text=_("Bijvoorbeeld de coach, of iemand uit de familie."),
    )  # fmt: skip

    def __init__(self, *args: Any, cancel_url: str, again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(
            self, submit=_("Verzet afspraak") if again else _("Plan kennismaking"), cancel_url=cancel_url
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("time") and self.starts_at(cleaned) <= timezone.now():
            self.add_error("day", _("Dit moment is al voorbij. Kies een dag en tijd die nog komen."))
        return cleaned

    def starts_at(self, cleaned: dict[str, Any] | None = None) -> datetime:
        """Day and time together, in the bureau's time zone."""
        values = cleaned or self.cleaned_data
        return timezone.make_aware(datetime.combine(values["day"], values["time"]))


class OutcomeForm(forms.Form):
    """How the meeting was, for each of them."""

    outcome_candidate = forms.CharField(
        label=_("Hoe was het voor de kandidaat?"), required=False, max_length=1000, widget=_text(4)
    )
    outcome_employer = forms.CharField(
        label=_("Hoe was het voor de werkgever?"), required=False, max_length=1000, widget=_text(4)
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar hoe het was"), cancel_url=cancel_url)


class PlaceForm(forms.Form):
    """Work that begins."""

    form = forms.ChoiceField(label=_("Werkvorm"), choices=WorkForm.choices)
    starts_on = forms.DateField(label=_("Eerste dag"), widget=DateInput)
    hours = HoursField(label=_("Uren om mee te beginnen"))
    ends_on = forms.DateField(
        label=_("Loopt tot en met"), required=False, widget=DateInput,
        help_text=_("Bij een proefplaatsing moet er een einddatum zijn, hoogstens zes maanden na het begin."),
    )  # fmt: skip
    supervisor = forms.CharField(label=_("Wie begeleidt op het werk?"), required=False, max_length=120)
    employer_of_record = forms.CharField(
        label=_("Werkgever op papier"),
        required=False,
        max_length=160,
        help_text=_("Alleen bij betaald werk."),
    )
    contract_on = forms.DateField(label=_("Datum van het contract"), required=False, widget=DateInput)

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (_("Het werk"), ["form", "starts_on", "hours", "ends_on", "supervisor"]),
            (_("Bij betaald werk"), ["employer_of_record", "contract_on"]),
        ]
        rules = {
            "ends_on": "proefplaatsing",
            "supervisor": "vrijwilligers-begeleiden",
            "contract_on": "no-riskpolis",
        }
        form_helper(
            self, submit=_("Begin plaatsing"), cancel_url=cancel_url, groups=groups, once=True, rules=rules
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        form, starts, ends = cleaned.get("form"), cleaned.get("starts_on"), cleaned.get("ends_on")
        if form in PAID_FORMS:
            for name, error in (
                ("employer_of_record", _("Vul in wie de werkgever op papier is.")),
                ("contract_on", _("Vul de datum van het contract in.")),
            ):
                if not cleaned.get(name):
                    self.add_error(name, error)
        if form in END_REQUIRED_FORMS and ends is None and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Een proefplaatsing heeft een einddatum. Vul die in."))
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("De einddatum ligt voor de eerste dag. Kies een latere dag."))
        if form in END_REQUIRED_FORMS and starts and ends and ends - starts > LONGEST_TRIAL:
            self.add_error(
                "ends_on", _("Een proefplaatsing duurt hoogstens zes maanden. Kies een eerdere dag.")
            )
        return cleaned


class HoursForm(forms.Form):
    """Other hours from a day on."""

    hours = HoursField(label=_("Uren per week"))
    starts = forms.DateField(label=_("Vanaf welke dag?"), widget=DateInput)
    reason = forms.CharField(
        label=_("Waarom, in woorden van de kandidaat"), required=False, max_length=300, widget=_text(2),
        help_text=_("Een stap terug is net zo gewoon als een stap erbij."),
    )  # fmt: skip

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar uren"), cancel_url=cancel_url, once=True)


class EndForm(forms.Form):
    """Work that ends."""

    last_day = forms.DateField(label=_("Laatste dag"), widget=DateInput)
    reason = forms.ChoiceField(label=_("Waarom stopt het?"), widget=forms.RadioSelect)
    destination = forms.ChoiceField(label=_("Waar gaat de kandidaat heen?"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Toelichting"), required=False, max_length=500, widget=_text())

    def __init__(self, *args: Any, placement: Placement, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement = placement
        self.fields["reason"].choices = EndReason.choices  # type: ignore[attr-defined]
        self.fields["destination"].choices = Destination.choices  # type: ignore[attr-defined]
        form_helper(self, submit=_("Rond plaatsing af"), cancel_url=cancel_url)

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.placement.starts_on:
            raise ValidationError(_("De laatste dag ligt voor de eerste dag. Kies een latere dag."))
        return day


class CheckInForm(forms.Form):
    """A conversation after the start."""

    mood = forms.ChoiceField(label=_("Hoe gaat het?"), widget=Segmented, choices=CheckInMood.choices)
    candidate_words = forms.CharField(
        label=_("In woorden van de kandidaat"), required=False, max_length=2000, widget=_text()
    )
    employer_words = forms.CharField(
        label=_("In woorden van de werkgever"), required=False, max_length=2000, widget=_text()
    )
    done_on = forms.DateField(label=_("Gesproken op"), widget=DateInput)

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar nazorggesprek"), cancel_url=cancel_url)


class MatchFilter(forms.Form):
    """Which matches; kept in the address."""

    q = forms.CharField(
        label=_("Naam, werkplek of werkgever"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    van = forms.ChoiceField(label=_("Van wie"), required=False, choices=WHOSE)
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[("", _("Alle")), ("open", _("Loopt nog")), *MatchState.choices],
    )

    def __init__(self, *args: Any, board: bool, may_choose: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if board:
            del self.fields["stand"]
        if not may_choose:
            del self.fields["van"]


class PlacementFilter(forms.Form):
    """Which placements; kept in the address."""

    q = forms.CharField(
        label=_("Naam of werkgever"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    van = forms.ChoiceField(label=_("Van wie"), required=False, choices=WHOSE)
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[
            ("", _("Loopt nu")),
            ("einde", _("Einde in zicht")),
            ("geeindigd", _("Geëindigd")),
            ("alles", _("Alles")),
        ],
    )

    def __init__(self, *args: Any, may_choose: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_choose:
            del self.fields["van"]


def share_rows(known: dict[str, str]) -> list[tuple[str, str, str]]:
    """Code, label and value of each field that could go along."""
    return [
        (field.value, str(field.label), known[field.value]) for field in ShareField if field.value in known
    ]
