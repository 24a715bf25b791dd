"""What people type about a position, and why it changes state."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import DateInput, DaypartField, HoursField, TermField, TermPicker, form_helper
from buurtbaan.ui.pieces import Text
from buurtbaan.vocabulary import dayparts, languages
from employers import trial
from employers.enums import FORM_IS_FIXED, NEEDS_REASON, Guidance, LanguageLevel, PositionStatus, WorkForm
from employers.models import Employer, Position
from employers.musts import USUAL, Must
from employers.terms import demanded_groups, offered_groups, talent_groups, task_groups

NOT_KNOWN: list[tuple[str, str | Promise]] = [("", _("Weet ik nog niet"))]
GROUPS: list[tuple[Text, list[str]]] = [
    (_("Het werk"), ["title", "form", "description", "places", "starts_from", "ends_on"]),
    (
        _("Uren en dagdelen"),
        ["hours_min", "hours_max", "growth_possible", "dayparts_asked", "dayparts_enough"],
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
        widgets = {"description": forms.Textarea({"rows": 5}), "starts_from": DateInput, "ends_on": DateInput}
        labels = {
            "title": _("Wat is het werk?"),
            "description": _("Hoe ziet een dag eruit?"),
            "places": _("Hoeveel mensen kunnen hier werken?"),
            "starts_from": _("Vanaf wanneer?"),
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
        low, high = data.get("hours_min"), data.get("hours_max")
        for name, value in (("hours_min", low), ("hours_max", high)):
            if value is not None and value * 2 != int(value * 2):
                self.add_error(name, _("Reken in halve uren, bijvoorbeeld 8 of 12,5."))
        if low is not None and high is not None and high < low:
            self.add_error(
                "hours_max", _("Dit is minder dan “uren vanaf”. Draai ze om, of vul één van de twee in.")
            )
        asked, enough = data.get("dayparts_asked"), data.get("dayparts_enough")
        if enough is not None and enough > dayparts.count(asked or 0):
            self.add_error("dayparts_enough", _("Dit zijn er meer dan je hierboven hebt aangetikt."))
        starts, ends = data.get("starts_from"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Dit is voor de eerste dag. Kies een latere dag."))
        elif ends and not self.instance.pk and ends < timezone.localdate():
            self.add_error("ends_on", _("Deze dag is al voorbij. Kies een latere dag."))
        return data

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
    """Another state, with the reason that some of them need."""

    to = forms.ChoiceField(
        choices=[(code, words[0]) for code, words in MOVE_WORDS.items()], widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        required=False,
        max_length=200,
        help_text=_("In een paar woorden. Schrijf niets over personen."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, to: str, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].initial = to
        self.fields["reason"].required = to in NEEDS_REASON
        form_helper(self, submit=MOVE_WORDS[to][0], cancel_url=cancel_url)
