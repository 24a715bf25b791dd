"""How somebody feels: six short questions of our own. A version that was used is never changed; a new one is added.

The answers are words, kept as 1 to 5 only to draw them over time. They are never added up and say nothing medical.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from candidates.models import Wellbeing

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Question:
    """One question with its five answers, the heaviest first; `short` names it in a chart."""

    code: str
    text: Any
    short: Any
    answers: tuple[Any, ...]
    help: Any = ""

    def word(self, answer: int | None) -> str:
        """The answer in its own words; empty when it was skipped."""
        return str(self.answers[answer - 1]) if answer else ""


VERSIONS: dict[str, tuple[Question, ...]] = {
    "1": (
        Question(
            "mood", _("Hoe voelde je je de laatste weken?"), _("Hoe ik me voel"),
            (_("slecht"), _("niet zo goed"), _("gaat wel"), _("goed"), _("heel goed")),
        ),
        Question(
            "energy", _("Hoeveel energie heb je?"), _("Energie"),
            (_("bijna geen"), _("weinig"), _("genoeg voor het gewone"), _("veel"), _("heel veel")),
        ),
        Question(
            "people", _("Heb je mensen bij wie je terechtkunt?"), _("Mensen om me heen"),
            (_("niemand"), _("bijna niemand"), _("een paar mensen, soms"), _("meestal wel"), _("altijd")),
            _("Familie, vrienden, buren of iemand anders."),
        ),
        Question(
            "days", _("Hoe zijn je dagen?"), _("Mijn dagen"),
            (_("zwaar"), _("vaak zwaar"), _("wisselend"), _("meestal fijn"), _("fijn")),
            _("Denk aan wat je doet, of juist niet doet."),
        ),
        Question(
            "confidence", _("Hoeveel vertrouwen heb je in jezelf?"), _("Vertrouwen in mezelf"),
            (_("geen"), _("weinig vertrouwen"), _("een beetje"), _("best veel"), _("heel veel vertrouwen")),
        ),
        Question(
            "peace", _("Heb je rust, thuis en met geld?"), _("Rust thuis en met geld"),
            (_("helemaal niet"), _("bijna niet"), _("soms wel, soms niet"), _("meestal"), _("ja, bijna altijd")),
            _("Je hoeft niet te vertellen wat er speelt."),
        ),
    ),
}  # fmt: skip
VERSION = "1"


def questions(version: str = VERSION) -> tuple[Question, ...]:
    """The questions as they were asked."""
    return VERSIONS.get(version, ())


@dataclass(frozen=True)
class Said:
    """One question with its answer in words."""

    question: str
    word: str


def said(one: Wellbeing) -> list[Said]:
    """What somebody answered on a day, in words; what was skipped is left out."""
    return [
        Said(str(each.short), each.word(one.answers[each.code]))
        for each in questions(one.version)
        if one.answers.get(each.code)
    ]


def clean_answers(version: str, answers: Mapping[str, int | None]) -> dict[str, int]:
    """Only answers to questions of this version that lie on the scale."""
    codes = [question.code for question in questions(version)]
    return {
        code: answer
        for code in codes
        if (answer := answers.get(code)) is not None and LOWEST <= answer <= HIGHEST
    }


def lines(every: Iterable[Wellbeing]) -> list[tuple[Question, list[tuple[Wellbeing, int]]]]:
    """Each present question with its answers over time, oldest first."""
    held = list(every)
    return [
        (question, [(one, one.answers[question.code]) for one in held if one.answers.get(question.code)])
        for question in questions()
    ]
