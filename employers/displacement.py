"""Does this work push out a paid job? The questions, by version.

An old check stays readable with the words of its day. A question has an answer that gives pause (`risk`);
that answer and "weet ik niet" need an explanation. No answer decides by itself; a second person does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERSION = "2026-1"


class Reply(TextChoices):
    YES = "yes", _("Ja")
    NO = "no", _("Nee")
    UNKNOWN = "unknown", _("Weet ik niet")
    NOT_APPLICABLE = "na", _("Niet van toepassing")


@dataclass(frozen=True)
class Question:
    """risk: the answer that needs an explanation. optional: "niet van toepassing" is offered."""

    key: str
    text: str | Promise
    help: str | Promise
    risk: Reply
    optional: bool = False

    @property
    def replies(self) -> list[tuple[str, Any]]:
        """The answers to choose from."""
        return [choice for choice in Reply.choices if self.optional or choice[0] != Reply.NOT_APPLICABLE]


QUESTIONS: dict[str, tuple[Question, ...]] = {
    "2026-1": (
        Question(
            "paid_before",
            _("Was dit de laatste twee jaar betaald werk?"),
            _("Bij deze werkgever, of bij een bedrijf dat het voor deze werkgever deed."),
            Reply.YES,
        ),
        Question(
            "dismissals",
            _("Zijn hier het laatste jaar mensen ontslagen die dit werk deden?"),
            _("Ook als een contract niet is verlengd."),
            Reply.YES,
        ),
        Question(
            "vacancy",
            _("Staat er nu een vacature open voor dit werk?"),
            _("Een betaalde baan met ongeveer dezelfde taken."),
            Reply.YES,
        ),
        Question(
            "market",
            _("Zou een bedrijf dit werk anders tegen betaling doen?"),
            _("Bijvoorbeeld een schoonmaakbedrijf, een hovenier of een klusbedrijf."),
            Reply.YES,
        ),
        Question(
            "price",
            _("Is de prijs minstens wat het werk kost?"),
            _("Als iemand voor het werk betaalt. Zo duwt een lage prijs geen ander bedrijf weg."),
            Reply.NO,
            optional=True,
        ),
        Question(
            "learning",
            _("Is er een leerdoel en een einddatum?"),
            _("Vrijwilligerswerk mag blijven. Kies dan “niet van toepassing”."),
            Reply.NO,
            optional=True,
        ),
        Question(
            "supervision",
            _("Is er iemand die begeleidt?"),
            _("Met genoeg tijd, naast het eigen werk."),
            Reply.NO,
        ),
        Question(
            "staff",
            _("Is met de vaste medewerkers gesproken?"),
            _("Zij weten wat de nieuwe collega doet, en vinden dat goed."),
            Reply.NO,
        ),
        Question(
            "local",
            _("Blijft dit werk anders liggen, of komt het terug naar de buurt?"),
            _("Extra werk, of werk dat eerst van buiten de wijk kwam."),
            Reply.NO,
        ),
    ),
}


@dataclass(frozen=True)
class Answered:
    """One question with what was answered, to read."""

    text: str | Promise
    reply: str | Promise
    why: str
    tone: str

    @property
    def icon(self) -> str:
        """What gives pause asks for a look, not for waiting."""
        return "warning" if self.tone == "wait" else ""


def answered(version: str, answers: dict[str, Any]) -> list[Answered]:
    """A check's questions and answers in the words of its version; an unknown version shows its keys."""
    given: dict[str, dict[str, str]] = answers.get("replies", {})
    questions = QUESTIONS.get(version)
    if questions is None:
        return [
            Answered(key, one.get("reply", ""), one.get("why", ""), "quiet") for key, one in given.items()
        ]
    return [_read(question, given.get(question.key, {})) for question in questions]


def _read(question: Question, given: dict[str, str]) -> Answered:
    reply = given.get("reply", "")
    label = Reply(reply).label if reply in Reply.values else _("Niet beantwoord")
    return Answered(question.text, label, given.get("why", ""), _tone(question, reply))


def _tone(question: Question, reply: str) -> str:
    if reply == question.risk:
        return "wait"
    if reply in (Reply.UNKNOWN, ""):
        return "unknown"
    return "quiet" if reply == Reply.NOT_APPLICABLE else "ok"


def doubts(version: str, answers: dict[str, Any]) -> list[Question]:
    """The questions whose answer gives pause: work may then only open as an exception."""
    given: dict[str, dict[str, str]] = answers.get("replies", {})
    questions = QUESTIONS.get(version, ())
    return [one for one in questions if needs_why(one, given.get(one.key, {}).get("reply", ""))]


def needs_why(question: Question, reply: str) -> bool:
    """Whether an answer cannot stand without an explanation."""
    return reply in (question.risk, Reply.UNKNOWN)
