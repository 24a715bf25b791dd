"""What people type about a position, and why it changes state."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import (
    DateField,
    DaypartField,
    HoursField,
    TermField,
    TermPicker,
    form_helper,
)
from buurtbaan.ui.pieces import Text
from buurtbaan.vocabulary import dayparts, languages
from employers import trial
from employers.enums import (
    FORM_IS_FIXED,
    MOVE_REASONS,
    NEEDS_REASON,
    Guidance,
    LanguageLevel,
    MoveReason,
    PositionStatus,
    WorkForm,
)
from employers.models import Employer, Position
from employers.musts import USUAL, Must
from employers.terms import demanded_groups, offered_groups, talent_groups, task_groups

NOT_KNOWN: list[tuple[str, str | Promise]] = [("", _("Weet ik nog niet"))]
GROUPS: list[tuple[Text, list[str]]] = [
    (_("Het werk"), ["title", "form", "description", "places", "starts_from", "starts_until", "ends_on"]),
    (
        _("Uren en dagdelen"),
        ["hours_min", "hours_max", "growth_possible", "hours_growth", "dayparts_asked", "dayparts_enough"],
    ),
    (_("De plek"), ["location"]),
    (_("Taken en talenten"), ["tasks", "talents"]),
    (_("Wat de plek biedt en vraagt"), ["conditions_offered", "conditions_demanded"]),
    (
        _("Taal en begeleiding"),
        ["dutch_level", "guidance_languages", "guidance_offered", "guide_name", "guidance_capacity"],
    ),
    (_("Wat moet passen"), ["musts"]),
]
HOURS = ("hours_min", "hours_max", "hours_growth")
DAYS = ("starts_from", "starts_until", "ends_on")
FIELDS = [name for _title, names in GROUPS for name in names]


def whole_number(value: Any) -> int | None:
    """A select's text as the number that the model keeps; nothing chosen is not known."""
    return None if value in ("", None) else int(value)


class LanguageField(forms.MultipleChoiceField):
    """Languages as chips; None is not asked yet, [] is none."""

    widget = TermPicker

    def clean(self, value: Any) -> list[str] | None:
        return None if value is None else list(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        if initial is None or data is None:
            return initial is not data
        return super().has_changed(initial, data)


class PositionForm(forms.ModelForm):
    """All that a match is made with. Only the title and the form are needed: unknown is an answer."""

    hours_min = HoursField(label=_("Uren vanaf"), required=False)
    hours_max = HoursField(label=_("Uren tot"), required=False)
    hours_growth = HoursField(
        label=_("Kan groeien tot"),
        required=False,
        help_text=_("Hoeveel uur het later kan worden. Leeg is ook goed."),
    )
    dayparts_asked = DaypartField(
        label=_("Wanneer is er werk?"),
        required=False,
        help_text=_("Tik alle dagdelen aan waarop iemand kan komen."),
    )
    dayparts_enough = forms.IntegerField(
        label=_("Hoeveel van die dagdelen zijn genoeg?"),
        required=False,
        min_value=1,
        max_value=dayparts.COUNT,
        help_text=_("Laat leeg als iemand op alle gekozen dagdelen moet kunnen."),
    )
    tasks = TermField(label=_("Taken"), groups=task_groups, required=False, widget=TermPicker(folded=True))
    talents = TermField(
        label=_("Talenten die hier passen"),
        groups=talent_groups,
        required=False,
        widget=TermPicker(folded=True),
        help_text=_("Geen diploma’s: waar word je hier blij van?"),
    )
    conditions_offered = TermField(
        label=_("Wat we bieden"), groups=offered_groups, required=False, widget=TermPicker(folded=True)
    )
    conditions_demanded = TermField(label=_("Wat het werk vraagt"), groups=demanded_groups, required=False)
    dutch_level = forms.TypedChoiceField(
        label=_("Hoeveel Nederlands is nodig?"),
        required=False,
        choices=[*NOT_KNOWN, *LanguageLevel.choices],
        coerce=whole_number,
        empty_value=None,
    )
    guidance_languages = LanguageField(
        label=_("In welke talen kan de begeleider ook uitleg geven?"),
        required=False,
        choices=lambda: [("", languages.choices())],
    )
    guidance_offered = forms.TypedChoiceField(
        label=_("Hoeveel begeleiding is er?"),
        required=False,
        choices=[*NOT_KNOWN, *Guidance.choices],
        coerce=whole_number,
        empty_value=None,
    )
    musts = forms.MultipleChoiceField(
        label=_("Wat moet echt passen?"),
        required=False,
        choices=Must.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De rest is fijn als het past. Wie iemand liever niet tegenkomt, telt altijd mee."),
    )

    class Meta:
        model = Position
        fields = FIELDS
        widgets = {"description": forms.Textarea({"rows": 5})}
        field_classes = {"starts_from": DateField, "starts_until": DateField, "ends_on": DateField}
        labels = {
            "title": _("Wat is het werk?"),
            "description": _("Hoe ziet een dag eruit?"),
            "places": _("Hoeveel mensen kunnen hier werken?"),
            "starts_from": _("Beginnen kan vanaf"),
            "starts_until": _("Beginnen kan tot en met"),
            "ends_on": _("Tot en met wanneer?"),
            "guide_name": _("Wie begeleidt?"),
            "guidance_capacity": _("Hoeveel mensen kan die nu begeleiden?"),
            "location": _("Waar is het werk?"),
        }
        help_texts = {
            "title": _("Kort en gewoon, bijvoorbeeld: fietsen opknappen."),
            "form": _("De verdringingstoets hoort bij deze vorm."),
        }

    def __init__(self, *args: Any, employer: Employer, cancel_url: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"musts": USUAL, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.instance.employer, self.instance.bureau = employer, employer.bureau
        self.fields["form"].choices = [("", _("Kies een werkvorm")), *WorkForm.choices]  # type: ignore[attr-defined]
        place = self.fields["location"]
        place.queryset = employer.locations.all()  # type: ignore[attr-defined]
        place.empty_label = _("Weet ik nog niet")  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["musts"] = self.instance.musts
        self.fields["ends_on"].help_text = trial_help(employer)
        if self.instance.status in FORM_IS_FIXED:
            self.fields["form"].disabled = True
            self.fields["form"].help_text = _("Deze vorm is getoetst. Maak een kopie voor een andere vorm.")
        form_helper(
            self,
            submit=_("Bewaar werkplek"),
            cancel_url=cancel_url,
            groups=GROUPS,
            once=True,
            form_id="werkplek",
            rules={"ends_on": "proefplaatsing", "guide_name": "vrijwilligers-begeleiden"},
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._judge_hours(data)
        asked, enough = data.get("dayparts_asked"), data.get("dayparts_enough")
        if enough is not None and enough > dayparts.count(asked or 0):
            self.add_error("dayparts_enough", _("Dit zijn er meer dan je hierboven hebt aangetikt."))
        self._judge_days(data)
        return data

    def _judge_hours(self, data: dict[str, Any]) -> None:
        """Halves, and a range that runs upwards and only then grows."""
        low, high, growth = (data.get(name) for name in HOURS)
        for name in HOURS:
            value = data.get(name)
            if value is not None and value * 2 != int(value * 2):
                self.add_error(name, _("Reken in halve uren, bijvoorbeeld 8 of 12,5."))
        if low is not None and high is not None and high < low:
            self.add_error(
                "hours_max", _("Dit is minder dan “uren vanaf”. Draai ze om, of vul één van de twee in.")
            )
        most = high if high is not None else low
        if growth is not None and not data.get("growth_possible"):
            self.add_error(
                "hours_growth",
                _("Je zegt ook dat de uren niet kunnen groeien. Vink dat aan of maak dit leeg."),
            )
        elif growth is not None and most is not None and growth <= most:
            self.add_error(
                "hours_growth",
                _("Dit valt binnen de uren van nu (tot %(hours)s). Kies meer uren, of maak dit leeg.")
                % {"hours": number_format(most)},
            )

    def _judge_days(self, data: dict[str, Any]) -> None:
        """The first possible day, the last possible first day, and the last day, in that order."""
        starts, until, ends = (data.get(name) for name in DAYS)
        if starts and until and until < starts:
            self.add_error(
                "starts_until", _("Dit is voor de eerste dag. Kies een latere dag, of maak dit leeg.")
            )
        if until and ends and until > ends:
            self.add_error("starts_until", _("Dan is het werk al voorbij. Kies een dag voor de einddatum."))
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Dit is voor de eerste dag. Kies een latere dag."))
        elif ends and not self.instance.pk and ends < timezone.localdate():
            self.add_error("ends_on", _("Deze dag is al voorbij. Kies een latere dag."))

    def _post_clean(self) -> None:
        """The end date is judged on the whole position, so after it took in what was typed."""
        super()._post_clean()  # type: ignore[misc]
        if "ends_on" not in self.errors and (problem := trial.end_problem(self.instance)):
            self.add_error("ends_on", problem)


def trial_help(employer: Employer) -> str:
    """What we know about how long a trial may last, here and now."""
    months = trial.max_months(employer.bureau, timezone.localdate())
    if months is None:
        return gettext(
            "Nodig bij een proefplaatsing. Hoelang die mag duren weten we nog niet: vraag het de gemeente."
        )
    return gettext("Nodig bij een proefplaatsing. Die duurt hoogstens %(months)s maanden.") % {
        "months": months
    }


MOVE_WORDS: dict[str, tuple[Text, Text]] = {
    PositionStatus.DRAFT: (_("Maak er weer een concept van"), _("De werkplek is weer een concept.")),
    PositionStatus.PUBLISHED: (_("Zet open"), _("De werkplek is open. Nu kun je er iemand voor zoeken.")),
    PositionStatus.PAUSED: (_("Zet op pauze"), _("De werkplek staat op pauze.")),
    PositionStatus.FILLED: (_("Alle plekken zijn vervuld"), _("De werkplek is vervuld.")),
    PositionStatus.CLOSED: (_("Sluit de werkplek"), _("De werkplek is gesloten.")),
}


class MoveForm(forms.Form):
    """Another state, with a reason from its list, in own words, or both."""

    to = forms.ChoiceField(
        choices=[(code, words[0]) for code, words in MOVE_WORDS.items()], widget=forms.HiddenInput
    )
    code = forms.ChoiceField(label=_("Waarom?"), required=False, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("In je eigen woorden"),
        required=False,
        max_length=200,
        help_text=_("In een paar woorden. Schrijf niets over personen."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, to: str, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goal = to
        self.fields["to"].initial = to
        choices = [(one.value, one.label) for one in MOVE_REASONS.get(to, [])]
        if choices:
            self.fields["code"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["code"]
        form_helper(self, submit=MOVE_WORDS[to][0], cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        code, words = data.get("code", ""), data.get("reason", "").strip()
        if self.goal in NEEDS_REASON and not (code or words) and "code" not in self.errors:
            self.add_error("code", _("Kies waarom, of schrijf het in je eigen woorden."))
        if code == MoveReason.OTHER and not words:
            self.add_error("reason", _("Schrijf in een paar woorden waarom."))
        return data

    def why(self) -> dict[str, str]:
        """What the service keeps."""
        return {"code": self.cleaned_data.get("code", ""), "reason": self.cleaned_data["reason"]}
