"""What the one page of a person shows, read in as few queries as there are subjects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from candidates.choices import Choices, dutch_levels, guidance_levels, label, work_forms
from candidates.completeness import Completeness, completeness
from candidates.consents import GENERAL, text_for
from candidates.enums import ConsentPurpose, Means, Rung, Stage
from candidates.measures import is_due
from candidates.models import Candidate, Consent, Correction, Intake, Measurement, SafetyRemark, Wellbeing
from candidates.permissions import can_see_safety
from candidates.summary import DIGITAL_LEVELS, spoken, terms_of
from candidates.timeline import Known
from candidates.whole import goals_of, small_table
from candidates.work import work_of

READINGS_SHOWN = 15
OF_A_MATCH = (
    "candidate", "state", "proposed_at", "proposed_by", "position__title", "employer__name",
    "introduction__match", "introduction__introduced_at",
)  # fmt: skip
"""What file and timeline tell of a proposal."""


@dataclass(frozen=True)
class NextAct:
    """The one thing that is best done now."""

    title: str
    text: str
    url: str
    label: str
    tone: str = "info"


@dataclass(frozen=True)
class ConsentLine:
    """One purpose: the yes in force if there is one, and what was before."""

    purpose: str
    label: str
    text: str
    held: Consent | None
    past: list[Consent]

    @property
    def general(self) -> bool:
        """Whether it can be given here; sharing is asked for where it happens."""
        return self.purpose in GENERAL


@dataclass(frozen=True)
class RungLine:
    """One step of the ladder, with what stands on it."""

    rung: Rung
    start: bool
    now: bool
    potential: bool


def intake_of(candidate: Candidate) -> Intake | None:
    """The intake, or None before it began; free when it was selected along with the candidate."""
    return getattr(candidate, "intake", None)


def consent_lines(every: list[Consent]) -> list[ConsentLine]:
    """Every purpose with its history; employers only where something was ever given."""
    purposes = [(purpose.value, "") for purpose in GENERAL]
    purposes += sorted({(c.purpose, c.recipient) for c in every} - set(purposes))
    lines = []
    for purpose, recipient in purposes:
        mine = [c for c in every if (c.purpose, c.recipient) == (purpose, recipient)]
        held = next((c for c in mine if c.withdrawn_at is None), None)
        words = held.text if held else text_for(purpose, recipient=recipient)
        name = str(ConsentPurpose(purpose).label) + (f" ({recipient})" if recipient else "")
        lines.append(ConsentLine(purpose, name, words, held, [c for c in mine if c.withdrawn_at]))
    return lines


def ladder_lines(measurements: list[Measurement]) -> list[RungLine]:
    """The six rungs from the top, with the start, now, and where somebody could grow to."""
    if not measurements:
        return []
    first, last = measurements[0], measurements[-1]
    return [
        RungLine(rung, rung == first.rung, rung == last.rung, rung == last.potential)
        for rung in reversed(list(Rung))
    ]


@dataclass(frozen=True)
class Told:
    """The intake in words, ready to draw."""

    intake: Intake
    terms: dict[int, str]

    def _words(self, name: str) -> list[str] | None:
        ids = getattr(self.intake, name)
        return None if ids is None else [self.terms[pk] for pk in ids if pk in self.terms]

    def _said(self, name: str, words: list[str] | None) -> dict[str, Any]:
        noted = self.intake.provenance.get(name) or {}
        return {"words": words, "by": noted.get("by", ""), "on": _day(noted.get("on"))}

    def lists(self) -> list[tuple[str, dict[str, Any]]]:
        """Talents, tasks and needs: a heading, the words (None is not asked), who noted it and when."""
        heads = (
            (_("Talenten, al laten zien"), "talents_shown"),
            (_("Talenten, volgens eigen zeggen"), "talents_claimed"),
            (_("Doet graag"), "tasks_liked"),
            (_("Wil leren"), "tasks_to_learn"),
            (_("Liever niet"), "tasks_rather_not"),
            (_("Heeft nodig op het werk"), "conditions_needed"),
        )
        return [(head, self._said(name, self._words(name))) for head, name in heads]

    def proofs(self) -> list[tuple[str, str]]:
        """Talents that showed, each with where."""
        said = self.intake.talents_proof
        return [
            (self.terms[pk], str(said[str(pk)]))
            for pk in self.intake.talents_shown or ()
            if pk in self.terms and said.get(str(pk))
        ]

    def means(self) -> str | None:
        return _joined(self.intake.means, list(Means.choices))

    def forms(self) -> str | None:
        return _joined(self.intake.forms_accepted, work_forms())

    def languages(self) -> str | None:
        return None if self.intake.languages is None else spoken(self.intake) or _("geen")

    def dutch(self) -> str | None:
        level = self.intake.dutch_level
        return None if level is None else label(dutch_levels(), level)

    def digital(self) -> str | None:
        level = self.intake.digital_level
        return None if level is None else label(list(DIGITAL_LEVELS), level)

    def guidance(self) -> str | None:
        level = self.intake.guidance_needed
        return None if level is None else label(guidance_levels(), level)


def _joined(codes: Iterable[str] | None, choices: Choices) -> str | None:
    if codes is None:
        return None
    names = [label(choices, code) for code in codes]
    return ", ".join([*names[:1], *(name[:1].lower() + name[1:] for name in names[1:])]) or _("geen")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def told(intake: Intake | None) -> Told | None:
    """The intake with its words looked up, one query."""
    return Told(intake, terms_of(intake)) if intake else None


def looked_at(candidate: Candidate, membership: Membership) -> list[Reading]:
    """Who looked, newest first: all of it for manager and candidate, the own acts for others."""
    return list(Reading.objects.visible_to(membership).filter(candidate_id=candidate.pk)[:READINGS_SHOWN])


def safety_of(candidate: Candidate, membership: Membership) -> list[SafetyRemark] | None:
    """People to avoid, or None for a role that may not know whether there are any."""
    if not can_see_safety(membership):
        return None
    rows = SafetyRemark.objects.visible_to(membership).filter(candidate=candidate)
    return list(rows.select_related("employer").order_by("pk"))


def next_act(
    candidate: Candidate, measurements: list[Measurement], filled: Completeness, *, may_assign: bool = False
) -> NextAct | None:
    """What is best done now for somebody: find a holder, call, intake, read together, look for work, measure."""
    today, pk, intake = timezone.localdate(), candidate.pk, intake_of(candidate)
    if candidate.is_closed:
        return None
    if may_assign and not candidate.coach_id and not candidate.connector_id:
        return NextAct(
            _("Kies een coach"), _("Niemand begeleidt deze persoon nog. Een verbinder kiezen mag ook."),
            reverse("candidates:assign", args=[pk]), _("Kies een coach"), "wait",
        )  # fmt: skip
    if candidate.call_back_on and candidate.call_back_on <= today:
        return NextAct(
            _("Bel %(name)s") % {"name": candidate.first_name}, _("Dat is afgesproken."),
            reverse("candidates:conversation_add", args=[pk]), _("Schrijf het gesprek op"), "wait",
        )  # fmt: skip
    if intake is None:
        return NextAct(
            _("Begin de intake"), _("Eerst dromen en wensen. Werk komt later."),
            reverse("candidates:intake", args=[pk]), _("Begin"),
        )  # fmt: skip
    if intake.summary_approved_on is None and candidate.stage in (Stage.MET, Stage.INTAKE):
        return NextAct(
            _("Maak de intake af"), _missing_words(filled), reverse("candidates:intake", args=[pk]), _("Ga verder"),
        )  # fmt: skip
    if is_due(measurements[-1].measured_on if measurements else None, today):
        return NextAct(
            _("Tijd voor een meting"), _("Vijf korte vragen, twee keer per jaar."),
            reverse("candidates:measurement_add", args=[pk]), _("Begin"), "quiet",
        )  # fmt: skip
    if candidate.stage == Stage.SEARCHING and (url := find_work_url(candidate)):
        return NextAct(_("Zoek werk dat past"), _missing_words(filled), url, _("Zoek werk"))
    return None


def _missing_words(filled: Completeness) -> str:
    if filled.is_complete:
        return _("Alles wat nodig is om werk te zoeken, is bekend.")
    words = ", ".join(str(one.label) for one in (filled.to_ask or filled.to_find_out)[:3])
    if filled.to_ask:
        return _("Nog niet gevraagd: %(words)s.") % {"words": words}
    return _("Gevraagd, en nog niet bekend: %(words)s.") % {"words": words}


def find_work_url(candidate: Candidate) -> str:
    """Where positions for somebody are shown, if this installation has that page."""
    try:
        return reverse("matching:candidate_suggestions", args=[candidate.pk])
    except NoReverseMatch:
        return ""


def completeness_of(candidate: Candidate) -> Completeness:
    """What matching lacks about somebody."""
    return completeness(candidate, intake_of(candidate))


def is_manager(membership: Membership) -> bool:
    """Whether everybody's looking may be shown."""
    return membership.role == Role.MANAGER


def waiting_corrections(candidate: Candidate) -> list[Correction]:
    """What the candidate said is not right and nobody answered yet."""
    return [one for one in small_table(candidate, Correction, "corrections") if one.is_open]


def known_of(candidate: Candidate) -> Known:
    """What a file shows whole: measurements, consents, the plan, wellbeing, work and proposals."""
    return Known(
        small_table(candidate, Measurement, "measurements"),
        small_table(candidate, Consent, "consents"),
        work_of(candidate),
        list(candidate.matches.select_related("position", "employer", "introduction").only(*OF_A_MATCH)),
        goals_of(candidate),
        small_table(candidate, Wellbeing, "wellbeings"),
    )
