"""What both sides are asked after the start, per week. A version that was used is never changed; a new one is added.

Answers are words, kept with their version; they are never added up and never reach the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.pieces import Text

CANDIDATE, EMPLOYER = "candidate", "employer"
VERSION = "1"
LONGEST = 600
"""Characters of one answer in own words."""
EVERY_WEEK = (1, 4, 13, 26, 52)


@dataclass(frozen=True)
class Question:
    """One question to one side in some weeks; without `choices` the answer is in own words.

    asked: how a colleague asks it on the phone, where that differs.
    """

    code: str
    text: Text
    asked: Text
    choices: tuple[tuple[str, Text], ...] = ()
    weeks: tuple[int, ...] = EVERY_WEEK

    def words(self, answer: str) -> str:
        """The answer as it was given."""
        return str(dict(self.choices).get(answer, "")) if self.choices else answer


HOURS = (("right", _("Ja, goed zo")), ("less", _("Liever wat minder")), ("more", _("Liever wat meer")))
HELPED = (("enough", _("Ja")), ("sometimes", _("Soms wel, soms niet")), ("little", _("Te weinig")))
GUIDES = (
    ("easy", _("Dat lukt goed")),
    ("time", _("Het kost tijd, maar het gaat")),
    ("much", _("Het is veel")),
)

VERSIONS: dict[str, dict[str, tuple[Question, ...]]] = {
    "1": {
        CANDIDATE: (
            Question("hours", _("Zijn de uren goed voor je?"), _("Zijn de uren goed?"), HOURS),
            Question("helped", _("Krijg je genoeg hulp op het werk?"), _("Is er genoeg hulp op het werk?"), HELPED),
            Question("first", _("Wat viel je op in de eerste week?"), _("Wat viel op in de eerste week?"), weeks=(1,)),
            Question("learned", _("Wat heb je al geleerd?"), _("Wat is er al geleerd?"), weeks=(4, 13)),
            Question("proud", _("Waar ben je trots op?"), _("Waar is deze persoon trots op?"), weeks=(4, 13, 26, 52)),
            Question("after", _("Wat wil je hierna?"), _("Wat wil deze persoon hierna?"), weeks=(26, 52)),
            Question("help", _("Wat zou helpen?"), _("Wat zou helpen?")),
        ),
        EMPLOYER: (
            Question("guidance", _("Lukt het om te begeleiden?"), _("Lukt het om te begeleiden?"), GUIDES),
            Question(
                "step", _("Wat kan een volgende stap zijn?"), _("Wat kan een volgende stap zijn?"),
                weeks=(4, 13, 26, 52),
            ),
        ),
    }
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One question with what was answered."""

    question: Text
    answer: str


def questions(side: str, week: int, *, version: str = VERSION) -> tuple[Question, ...]:
    """What one side is asked in a week."""
    every = VERSIONS.get(version or VERSION, {}).get(side, ())
    return tuple(question for question in every if week in question.weeks)


def told(side: str, *, version: str, answers: Mapping[str, Any]) -> list[Told]:
    """What was answered, as it was asked then."""
    every = VERSIONS.get(version, {}).get(side, ())
    said = ((question, question.words(str(answers.get(question.code, "")))) for question in every)
    return [Told(question.text, words) for question, words in said if words]


def kept(side: str, week: int, answers: Mapping[str, Any]) -> dict[str, str]:
    """What of some answers fits the questions of a week now; the rest was never asked."""
    found = {}
    for question in questions(side, week):
        answer = str(answers.get(question.code, "")).strip()[:LONGEST]
        if answer and (not question.choices or answer in dict(question.choices)):
            found[question.code] = answer
    return found
