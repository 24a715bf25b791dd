"""The intake as a calm sequence: each step one subject, in this order, each on its own page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.pieces import Text
from candidates.forms import intake as step_forms
from candidates.models import Intake
from candidates.permissions import can_see_safety

SAFETY = "vermijden"
SUMMARY = "samenvatting"


@dataclass(frozen=True)
class IntakeStep:
    """One page: its place in the address, its title, what to say first, and the fields of Intake it keeps."""

    slug: str
    title: str | Promise
    lead: str | Promise
    fields: tuple[str, ...] = ()
    form: Callable[..., forms.Form] | None = None
    after: tuple[str, str] | None = None
    """A step that only follows an answer elsewhere: the field that must hold something, and the step that asks it."""

    def asked(self, intake: Intake | None) -> int:
        """How many of the step's fields have an answer."""
        if intake is None:
            return 0
        return sum(
            is_known(getattr(intake, name)) or bool(intake.said_unknown([name])) for name in self.fields
        )

    def applies(self, intake: Intake | None) -> bool:
        """Whether there is anything to ask here."""
        return self.after is None or bool(intake and getattr(intake, self.after[0]))

    def is_done(self, intake: Intake | None) -> bool:
        """Whether something was answered or noted here."""
        if intake is None:
            return False
        if self.slug == SUMMARY:
            return intake.summary_approved_on is not None
        return bool(self.asked(intake) or intake.notes.get(self.slug))


STEPS: tuple[IntakeStep, ...] = (
    IntakeStep(
        "dromen", _("Dromen en wensen"), _("Begin hier. Werk komt later."),
        ("dreams", "wishes", "energy"), step_forms.DreamsForm,
    ),
    IntakeStep(
        "talenten", _("Talenten"), _("Wat kun je goed? En wat zagen anderen al van je?"),
        ("talents_claimed", "talents_shown"), step_forms.TalentsForm,
    ),
    IntakeStep(
        "bewijs", _("Waar bleek dat?"), _("Wat heb je gedaan? Vertel het zoals je het een buur vertelt."),
        ("talents_proof", "talents_evidence"), step_forms.ProofForm, after=("talents_shown", "talenten"),
    ),
    IntakeStep(
        "taken", _("Taken"), _("Wat doe je graag, wat wil je leren, en wat liever niet?"),
        ("tasks_liked", "tasks_to_learn", "tasks_rather_not"), step_forms.TasksForm,
    ),
    IntakeStep(
        "uren", _("Uren en dagdelen"), _("Weinig uren is ook goed. Groeien kan later."),
        ("hours_now", "hours_wished", "dayparts"), step_forms.HoursForm,
    ),
    IntakeStep(
        "nodig", _("Wat heb je nodig?"), _("Niet wat je hebt, maar wat helpt op het werk."),
        ("conditions_needed",), step_forms.ConditionsForm,
    ),
    IntakeStep(
        "reizen", _("Reizen"), _("Hoe kom je er, en hoe ver mag het zijn?"),
        ("means", "travel_minutes", "wants_own_area"), step_forms.TravelForm,
    ),
    IntakeStep(
        "talen", _("Talen en computer"), _("Welke talen spreek je, en hoe gaat het met de computer?"),
        ("dutch_level", "languages", "digital_level"), step_forms.LanguagesForm,
    ),
    IntakeStep(
        "taalniveau", _("Hoe goed gaan die talen?"), _("Spreken is genoeg. Schrijven hoeft niet."),
        ("language_levels",), step_forms.LevelsForm, after=("languages", "talen"),
    ),
    IntakeStep(
        "begeleiding", _("Begeleiding en soort werk"), _("Hoeveel hulp is fijn, en welk soort werk past nu?"),
        ("guidance_needed", "forms_accepted"), step_forms.GuidanceForm,
    ),
    IntakeStep(SAFETY, _("Wie of wat vermijden"), _("Alleen de coach en de kandidaat zelf lezen dit.")),
    IntakeStep(SUMMARY, _("Samenvatting"), _("Lees samen. Verander wat niet klopt.")),
)  # fmt: skip


def is_known(value: object) -> bool:
    """Whether a field holds an answer; "nothing" is one, "not asked" is not."""
    return value is not None and value != "" and value != {}


def steps_for(membership: Membership, intake: Intake | None) -> list[IntakeStep]:
    """The steps this role takes now: people to avoid are for the coach alone, and some follow an earlier answer."""
    return [
        step for step in STEPS if step.applies(intake) and (step.slug != SAFETY or can_see_safety(membership))
    ]


def names_of(step: IntakeStep) -> list[str]:
    """The words for the fields of a step, as its form asks them."""
    form: Any = step.form
    return (
        [str(form.base_fields[name].label) for name in step.fields if name in form.base_fields]
        if form
        else []
    )


def asked_elsewhere(slug: str) -> str:
    """The step that has to be answered before this one says anything, or nothing."""
    return next((step.after[1] for step in STEPS if step.slug == slug and step.after), "")


def next_step(steps: list[IntakeStep], slug: str) -> IntakeStep | None:
    """The step after this one, in the order of the role."""
    slugs = [step.slug for step in steps]
    at = slugs.index(slug) + 1
    return steps[at] if at < len(steps) else None


def step_of(field: str) -> tuple[str, Text]:
    """The address and title of the page where a field is asked."""
    return next((step.slug, step.title) for step in STEPS if field in step.fields)
