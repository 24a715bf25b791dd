"""The participation ladder found with questions: the answers say the rung, nobody types a score blindly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from candidates.enums import Rung

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Question:
    """One question to ask aloud; `help` says what counts."""

    code: str
    text: Any
    help: Any


QUESTIONS: tuple[Question, ...] = (
    Question("paid", _("Heb je betaald werk?"), _("Ook een paar uur per week telt.")),
    Question(
        "support",
        _("Krijg je daar hulp of toeslag bij?"),
        _(
            "Bijvoorbeeld een jobcoach, loonkostensubsidie of een aanvullende uitkering. Geen betaald werk? Kies nee."
        ),
    ),
    Question(
        "unpaid",
        _("Doe je elke week onbetaald werk?"),
        _("Vrijwilligerswerk, een stage of een werkervaringsplek."),
    ),
    Question(
        "activities",
        _("Doe je elke week mee met een groep, cursus of club?"),
        _("Iets met een vaste dag, met andere mensen."),
    ),
    Question(
        "contacts",
        _("Zie je elke week mensen buiten je huis?"),
        _("Vrienden, buren of familie die niet bij je wonen."),
    ),
)
CODES = tuple(question.code for question in QUESTIONS)

GROWTH: dict[Rung, Question] = {
    Rung.CONTACTS: Question(
        "grow_contacts", _("Kun je over een jaar elke week mensen zien?"), _("Buiten je huis.")
    ),
    Rung.ACTIVITIES: Question(
        "grow_activities", _("Kun je over een jaar elke week ergens aan meedoen?"), _("Een groep, cursus of club.")
    ),
    Rung.UNPAID_WORK: Question(
        "grow_unpaid", _("Kun je over een jaar elke week onbetaald werk doen?"),
        _("Vrijwilligerswerk of een werkervaringsplek."),
    ),
    Rung.SUPPORTED_WORK: Question(
        "grow_supported", _("Kun je over een jaar betaald werk doen, met hulp?"),
        _("Bijvoorbeeld met een jobcoach, loonkostensubsidie of een aanvullende uitkering."),
    ),
    Rung.PAID_WORK: Question(
        "grow_paid", _("Kun je over een jaar betaald werk doen, zonder hulp?"), _("Ook een paar uur per week telt.")
    ),
}  # fmt: skip
"""What is asked to find where somebody could grow to: the steps above the present one, what you want and can."""


def suggested_rung(answers: Mapping[str, str]) -> Rung:
    """The highest rung that the answers support; paid work with support is rung 5, without it 6."""
    if answers.get("paid") == YES:
        return Rung.SUPPORTED_WORK if answers.get("support") == YES else Rung.PAID_WORK
    if answers.get("unpaid") == YES:
        return Rung.UNPAID_WORK
    if answers.get("activities") == YES:
        return Rung.ACTIVITIES
    return Rung.CONTACTS if answers.get("contacts") == YES else Rung.ISOLATED


def growth_above(rung: int) -> dict[Rung, Question]:
    """The questions about steps that are higher than where somebody stands."""
    return {step: question for step, question in GROWTH.items() if step > rung}


def suggested_potential(rung: int, answers: Mapping[str, str]) -> int | None:
    """The highest step that somebody wants and can reach; the present one after only "no", None while unknown."""
    asked = growth_above(rung)
    reachable = [step.value for step, question in asked.items() if answers.get(question.code) == YES]
    if reachable:
        return max(reachable)
    refused = any(answers.get(question.code) == NO for question in asked.values())
    return rung if refused or not asked else None
