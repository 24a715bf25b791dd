"""The pages of the intake. None is not asked yet, an empty list is asked and there is nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.forms import DaypartField, TermField, TermGroups, term_groups
from buurtbaan.vocabulary import languages
from buurtbaan.vocabulary.load import DEMAND
from buurtbaan.vocabulary.models import Term, TermKind
from buurtbaan.vocabulary.words import CONDITION_GROUPS, TALENT_GROUPS, TASK_GROUPS
from candidates.choices import dutch_levels, guidance_levels, work_forms
from candidates.enums import Means
from candidates.forms.fields import (
    UNKNOWN,
    CodeListField,
    HalfHoursField,
    LevelField,
    MayBeUnknown,
    PostcodeField,
    WholeText,
    YesNoField,
)
from candidates.forms.signing import SignedForm
from candidates.models import Candidate, Intake, SafetyRemark
from candidates.summary import DIGITAL_LEVELS

TRAVEL_MINUTES = [(10, "10"), (15, "15"), (20, "20"), (30, "30"), (45, "45"), (60, "60"), (90, "90")]


class StepForm(forms.Form):
    """What every step has: its own fields, and room for a note."""

    def __init__(self, *args: Any, intake: Intake | None = None, slug: str = "", **kwargs: Any) -> None:
        if intake is not None:
            kwargs["initial"] = {
                name: getattr(intake, name) for name in self.base_fields if hasattr(intake, name)
            }
            kwargs["initial"] |= {name: self._unsaid(name) for name in intake.said_unknown(self.base_fields)}
            kwargs["initial"]["note"] = intake.notes.get(slug, "")
        super().__init__(*args, **kwargs)
        self.fields["note"] = WholeText(
            label=_("Aantekening bij deze stap"), longest=2000, rows=2,
            initial=(self.initial or {}).get("note", ""),
        )  # fmt: skip

    def _unsaid(self, name: str) -> str:
        """What an input holds when somebody does not know yet."""
        return UNKNOWN if isinstance(self.base_fields[name], MayBeUnknown) else ""

    def values(self) -> dict[str, Any]:
        """The fields of the intake in this step."""
        return {name: value for name, value in self.cleaned_data.items() if name != "note"}

    def unknown(self) -> set[str]:
        """The fields to which the answer is: I do not know yet."""
        chosen = {name for name, field in self.fields.items() if isinstance(field, MayBeUnknown)}
        return {name for name in chosen if self[name].data == UNKNOWN}


class DreamsForm(StepForm):
    dreams = WholeText(label=_("Waar droom je van?"), longest=4000, rows=4)
    wishes = WholeText(label=_("Wat wil je dat er verandert?"), longest=4000, rows=4)
    energy = WholeText(label=_("Waar krijg je energie van?"), longest=4000, rows=3)


class TalentsForm(StepForm):
    talents_claimed = TermField(
        groups=term_groups(TermKind.TALENT, TALENT_GROUPS),
        label=_("Wat kun je goed, volgens jezelf?"),
        required=False,
    )
    talents_shown = TermField(
        groups=term_groups(TermKind.TALENT, TALENT_GROUPS),
        label=_("Wat heb je al laten zien?"),
        required=False,
    )


class ProofForm(StepForm):
    """For each talent that showed: where. What was once written about all of them together stays below."""

    talents_evidence = WholeText(label=_("Wil je er nog iets over zeggen?"), longest=2000, rows=3)

    def __init__(self, *args: Any, intake: Intake | None = None, **kwargs: Any) -> None:
        super().__init__(*args, intake=intake, **kwargs)
        shown = (intake.talents_shown if intake else None) or []
        words = {term.pk: term.label for term in Term.objects.filter(pk__in=shown)}
        kept = intake.talents_proof if intake else {}
        asked = {
            f"proof_{pk}": forms.CharField(
                label=words[pk], max_length=200, required=False, initial=kept.get(str(pk))
            )
            for pk in shown
            if pk in words
        }
        for field in asked.values():
            field.widget.attrs["autocomplete"] = "off"
        if asked:
            next(iter(asked.values())).help_text = _(
                "Bijvoorbeeld: kookt elke week voor dertig mensen in het buurthuis."
            )
        self.fields = {**asked, **self.fields}

    def values(self) -> dict[str, Any]:
        said = {name: text for name, text in super().values().items() if name.startswith("proof_")}
        proof = {name.removeprefix("proof_"): text for name, text in said.items() if text}
        return {"talents_proof": proof, "talents_evidence": self.cleaned_data["talents_evidence"]}


class TasksForm(StepForm):
    tasks_liked = TermField(
        groups=term_groups(TermKind.TASK, TASK_GROUPS), label=_("Welke taken doe je graag?"), required=False
    )
    tasks_to_learn = TermField(
        groups=term_groups(TermKind.TASK, TASK_GROUPS), label=_("Welke taken wil je leren?"), required=False
    )
    tasks_rather_not = TermField(
        groups=term_groups(TermKind.TASK, TASK_GROUPS), label=_("Welke taken liever niet?"), required=False
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        wanted = {*(data.get("tasks_liked") or []), *(data.get("tasks_to_learn") or [])}
        if wanted & set(data.get("tasks_rather_not") or []):
            self.add_error(
                "tasks_rather_not", _("Een taak staat bij graag en bij liever niet. Kies één van de twee.")
            )
        return data


class HoursForm(StepForm):
    hours_now = HalfHoursField(label=_("Hoeveel uur per week kun je nu?"))
    hours_wished = HalfHoursField(label=_("En later, als het goed gaat?"))
    hours_unknown = forms.BooleanField(label=_("Wat hierboven leeg is, weet ik nog niet"), required=False)
    dayparts = DaypartField(
        label=_("Wanneer kun je?"), required=False, skippable=True, help_text=_("Tik aan wanneer het kan.")
    )

    def __init__(self, *args: Any, intake: Intake | None = None, **kwargs: Any) -> None:
        super().__init__(*args, intake=intake, **kwargs)
        said = intake.said_unknown(("hours_now", "hours_wished")) if intake else ()
        self.fields["hours_unknown"].initial = bool(said)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "hours_unknown"}

    def unknown(self) -> set[str]:
        empty = {name for name in ("hours_now", "hours_wished") if self.cleaned_data[name] is None}
        said = empty if self.cleaned_data["hours_unknown"] else set()
        return said | ({"dayparts"} if self["dayparts"].data == "" else set())


def _needs() -> TermGroups:
    """Conditions that people need; what work asks for is not for them to tick."""
    groups = term_groups(TermKind.CONDITION, CONDITION_GROUPS)()
    return [group for group in groups if group[0] != CONDITION_GROUPS[DEMAND]]


class ConditionsForm(StepForm):
    conditions_needed = TermField(
        groups=_needs, label=_("Wat heb je nodig op het werk?"), required=False,
        help_text=_("Vraag niet naar ziekte of diagnose. Alleen wat helpt."),
    )  # fmt: skip


class TravelForm(StepForm):
    means = CodeListField(choices=Means.choices, label=_("Hoe reis je?"))
    travel_minutes = LevelField(choices=TRAVEL_MINUTES, label=_("Hoe lang mag de reis duren, in minuten?"))
    wants_own_area = YesNoField(label=_("Wil je alleen in je eigen buurt werken?"))
    postcode = PostcodeField(help_text=_("De vier cijfers zijn genoeg, bijvoorbeeld 2531."))

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["postcode"].initial = candidate.postcode
        kept = (self.initial or {}).get("travel_minutes")
        if kept is not None and kept not in dict(TRAVEL_MINUTES):
            field: Any = self.fields["travel_minutes"]
            field.choices = [*field.choices, (kept, str(kept))]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "postcode"}


class LanguagesForm(StepForm):
    dutch_level = LevelField(choices=[], label=_("Hoe goed spreek je Nederlands?"))
    languages = CodeListField(choices=languages.choices, label=_("Welke talen spreek je nog meer?"))
    digital_level = LevelField(
        choices=list(DIGITAL_LEVELS), label=_("Hoe gaat het met computer en telefoon?")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["dutch_level"]
        field.choices = [*field.choices, *dutch_levels()]


class LevelsForm(StepForm):
    """How well each of the other languages goes, on the same scale as Dutch."""

    def __init__(self, *args: Any, intake: Intake | None = None, **kwargs: Any) -> None:
        super().__init__(*args, intake=intake, **kwargs)
        kept = intake.language_levels if intake else {}
        asked: dict[str, Any] = {
            f"level_{code}": LevelField(
                choices=dutch_levels(), label=languages.name(code), initial=kept.get(code)
            )
            for code in (intake.languages if intake else None) or []
        }
        self.fields = {**asked, **self.fields}

    def values(self) -> dict[str, Any]:
        said = {name.removeprefix("level_"): level for name, level in super().values().items()}
        return {"language_levels": {code: level for code, level in said.items() if level is not None}}


class GuidanceForm(StepForm):
    guidance_needed = LevelField(choices=[], label=_("Hoeveel begeleiding wil je?"))
    forms_accepted = CodeListField(
        choices=work_forms, label=_("Welk soort werk past nu?"), help_text=_("Meer dan één mag.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["guidance_needed"]
        field.choices = [*field.choices, *guidance_levels()]


class SafetyForm(forms.Form):
    """Somebody the candidate does not want to meet."""

    text = WholeText(label=_("Wie of wat wil je vermijden?"), longest=1000, rows=3, required=True)
    employer: Any = forms.ModelChoiceField(
        label=_("Werkt bij"), queryset=None, required=False, empty_label=_("Geen werkgever die we kennen"),
        help_text=_("Dan stellen we dit werk niet voor. Waarom, blijft hier."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employers: Any = SafetyRemark._meta.get_field("employer").related_model
        field: Any = self.fields["employer"]
        field.queryset = employers.objects.visible_to(by).order_by("name")
        self.fields["text"].error_messages["required"] = _("Schrijf op wie of wat, in een paar woorden.")


class SummaryForm(SignedForm):
    """Read together, corrected, and a name under it."""

    field_order = ("text", "signature", "name", "start_search")
    text = WholeText(label=_("De samenvatting"), longest=8000, rows=14, required=True)
    start_search = forms.BooleanField(label=_("We gaan nu werk zoeken"), required=False, initial=True)

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _(
            "De kandidaat tekent of typt de eigen naam. Dat betekent: dit klopt, dit ben ik."
        )
        if candidate.stage not in ("met", "intake"):
            del self.fields["start_search"]
