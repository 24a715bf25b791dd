"""The talent card: one page that somebody shows around. The candidate chooses what stands on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.ui.formats import hours_week
from buurtbaan.vocabulary import dayparts, languages
from candidates.choices import dutch_levels, label
from candidates.models import Candidate, Intake
from candidates.phones import show_phone
from candidates.summary import terms_of


class CardPart(TextChoices):
    """What can stand on a talent card; the first name always does, a benefit never."""

    TALENTS = "talents", gettext_lazy("Wat ik goed kan")
    LIKES = "likes", gettext_lazy("Wat ik graag doe")
    LEARN = "learn", gettext_lazy("Wat ik wil leren")
    ENERGY = "energy", gettext_lazy("Waar ik energie van krijg")
    WHEN = "when", gettext_lazy("Wanneer ik kan werken")
    DREAM = "dream", gettext_lazy("Mijn droom")
    LANGUAGES = "languages", gettext_lazy("Welke talen ik spreek")
    NEEDS = "needs", gettext_lazy("Wat ik nodig heb op het werk")
    LAST_NAME = "last_name", gettext_lazy("Mijn achternaam")
    PHONE = "phone", gettext_lazy("Mijn telefoonnummer")


USUAL: tuple[str, ...] = (
    CardPart.TALENTS, CardPart.LIKES, CardPart.LEARN, CardPart.ENERGY, CardPart.WHEN,
)  # fmt: skip
MOST_WORDS, MOST_SHOWN = 7, 4
"""What fits on one sheet."""


@dataclass(frozen=True)
class Talent:
    """A talent, and where it showed."""

    word: str
    proof: str = ""


@dataclass(frozen=True)
class Card:
    """What stands on the card; an empty part is left out."""

    name: str
    bureau: str
    reach: str
    shown: list[Talent] = field(default_factory=list)
    claimed: list[str] = field(default_factory=list)
    proof: str = ""
    likes: list[str] = field(default_factory=list)
    learn: list[str] = field(default_factory=list)
    energy: str = ""
    dream: str = ""
    hours: str = ""
    when: list[tuple[str, list[bool]]] = field(default_factory=list)
    when_words: str = ""
    languages: str = ""
    needs: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show beside a name."""
        return not any(
            (self.shown, self.claimed, self.likes, self.learn, self.energy, self.dream, self.hours,
             self.when, self.languages, self.needs)
        )  # fmt: skip

    @property
    def size(self) -> str:
        """How large the letters can be for everything to stay on one sheet, from an estimate of its lines."""
        parts = (
            self.shown or self.claimed, self.likes or self.learn, self.energy or self.dream, self.hours or self.when,
            self.languages or self.needs,
        )  # fmt: skip
        lines = 2.0 * sum(map(bool, parts)) + 1.4 * len(self.shown)
        texts = (*(talent.proof for talent in self.shown), self.proof)
        lines += sum(math.ceil(len(text) / 80) for text in texts)
        lines += 1.8 * math.ceil(len(self.claimed) / 3) + max(len(self.likes), len(self.learn))
        lines += max(math.ceil(len(text) / 38) for text in (self.energy, self.dream))
        lines += max(math.ceil(len(", ".join(self.needs)) / 38), math.ceil(len(self.languages) / 38))
        lines += 6.5 * bool(self.when) + bool(self.hours)
        return "large" if lines <= 28 else "middle" if lines <= 35 else "small"

    @property
    def days(self) -> list[str]:
        return [str(day) for day in dayparts.SHORT_DAYS]


def parts_of(intake: Intake | None) -> tuple[str, ...]:
    """What the candidate chose to show, or the usual before a choice was made."""
    if intake is None or intake.card_parts is None:
        return USUAL
    return tuple(part for part in CardPart.values if part in intake.card_parts)


def card_of(candidate: Candidate, intake: Intake | None, parts: Iterable[str]) -> Card:
    """The card in the candidate's language, from exactly the chosen parts; one query for the words."""
    chosen = set(parts)
    with translation.override(candidate.language):
        words = terms_of(intake)
        name = candidate.full_name if CardPart.LAST_NAME in chosen else candidate.first_name
        bureau = candidate.bureau
        reach = show_phone(candidate.phone) if CardPart.PHONE in chosen and candidate.phone else ""
        if not reach:
            through = show_phone(bureau.phone) if bureau.phone else bureau.email
            reach = _("Via %(bureau)s") % {"bureau": bureau.name} + (f", {through}" if through else "")
        if intake is None:
            return Card(name, bureau.name, reach)
        told = _Told(intake, words, chosen)
        return Card(
            name, bureau.name, reach, *told.talents(), told.named(CardPart.LIKES, intake.tasks_liked),
            told.named(CardPart.LEARN, intake.tasks_to_learn), told.text(CardPart.ENERGY, intake.energy),
            told.text(CardPart.DREAM, intake.dreams), *told.time(), told.spoken(),
            told.named(CardPart.NEEDS, intake.conditions_needed),
        )  # fmt: skip


@dataclass(frozen=True)
class _Told:
    intake: Intake
    words: dict[int, str]
    chosen: set[str]

    def named(self, part: str, ids: Sequence[int] | None, most: int = MOST_WORDS) -> list[str]:
        return [self.words[pk] for pk in ids or () if pk in self.words][:most] if part in self.chosen else []

    def text(self, part: str, said: str) -> str:
        return _short(said, 170) if part in self.chosen else ""

    def talents(self) -> tuple[list[Talent], list[str], str]:
        if CardPart.TALENTS not in self.chosen:
            return [], [], ""
        proofs = self.intake.talents_proof
        shown = [
            Talent(self.words[pk], _short(str(proofs.get(str(pk), "")), 120))
            for pk in self.intake.talents_shown or ()
            if pk in self.words
        ]
        claimed = [
            pk for pk in self.intake.talents_claimed or () if pk not in (self.intake.talents_shown or ())
        ]
        told = any(talent.proof for talent in shown[:MOST_SHOWN])
        whole = "" if told else _short(self.intake.talents_evidence, 200)
        return shown[:MOST_SHOWN], self.named(CardPart.TALENTS, claimed, 6), whole

    def time(self) -> tuple[str, list[tuple[str, list[bool]]], str]:
        if CardPart.WHEN not in self.chosen:
            return "", [], ""
        hours = "" if self.intake.hours_now is None else hours_week(self.intake.hours_now)
        mask = self.intake.dayparts
        if not mask:
            return hours, [], ""
        rows = [
            (str(part), [bool(mask & dayparts.bit(day, row)) for day in range(len(dayparts.DAYS))])
            for row, part in enumerate(dayparts.PARTS)
        ]
        return hours, rows, dayparts.text(mask)

    def spoken(self) -> str:
        if CardPart.LANGUAGES not in self.chosen:
            return ""
        said = []
        if self.intake.dutch_level is not None:
            said.append(
                _("Nederlands: %(level)s") % {"level": label(dutch_levels(), self.intake.dutch_level).lower()}
            )
        said += [languages.name(code) for code in self.intake.languages or ()]
        return ", ".join(said)


def _short(text: str, most: int) -> str:
    return str(Truncator(" ".join(text.split())).chars(most))
