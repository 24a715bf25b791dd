"""The words behind the codes that the rules use, live or as they were when a match was made."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Self, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area
from buurtbaan.vocabulary import languages
from buurtbaan.vocabulary.models import Term
from employers.enums import Guidance, LanguageLevel, WorkForm

HOUSE_LANGUAGES = ("nl", "en")
MEANS: dict[str, str | Promise] = {
    "walk": _("lopend"),
    "bike": _("met de fiets"),
    "transit": _("met bus, tram of trein"),
    "car": _("met de auto"),
}


def _lower_first(label: object) -> str:
    """A label from a list of choices, inside a sentence."""
    return str(label)[:1].lower() + str(label)[1:]


FIXED: dict[str, Callable[[str], str]] = {
    "form": lambda code: _lower_first(WorkForm(code).label),
    "level": lambda code: _lower_first(LanguageLevel(int(code)).label),
    "guidance": lambda code: _lower_first(Guidance(int(code)).label),
    "language": lambda code: str(_("Nederlands")) if code == "nl" else languages.name(code),
    "mean": lambda code: str(MEANS[code]),
    "role": lambda code: _lower_first(Role(code).label),
}


Clashes: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
Vocabulary: TypeAlias = tuple[dict[int, str], dict[str, tuple[str, str]], Clashes]
FRESH_FOR = 60
"""Seconds for which a process keeps the vocabulary, which changes with a new version of the product."""


@lru_cache(maxsize=1)
def _terms(minute: int) -> Vocabulary:
    """The vocabulary from the database, in one query a minute at most."""
    rows = list(Term.objects.order_by().values_list("pk", "code", "label_nl", "label_en", "clashes_with"))
    return (
        {pk: code for pk, code, *_rest in rows},
        {code: (label_nl, label_en) for _pk, code, label_nl, label_en, _clashes in rows},
        tuple(sorted((row[1], tuple(sorted(row[4]))) for row in rows if row[4])),
    )


@dataclass(frozen=True)
class Words:
    """The vocabulary: positions and intakes hold ids, rules and frozen matches hold codes."""

    codes: dict[int, str]
    terms: dict[str, tuple[str, str]]
    clashes: Clashes
    areas: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, areas: Iterable[Area | None] = ()) -> Self:
        """All words; `areas` are those that the reasons may name."""
        codes, terms, clashes = _terms(int(time.monotonic() // FRESH_FOR))
        if not codes:
            _terms.cache_clear()
        return cls(codes, terms, clashes, {area.code: area.name for area in areas if area})

    def with_areas(self, areas: Iterable[Area | None]) -> Self:
        """The same words, with the names of more areas."""
        return replace(self, areas=self.areas | {area.code: area.name for area in areas if area})

    def named(self, ids: Iterable[int] | None) -> frozenset[str] | None:
        """Ids as codes; None (nobody asked) stays None."""
        return None if ids is None else frozenset(self.codes[pk] for pk in ids if pk in self.codes)

    def ids(self, codes: Iterable[str] | None) -> list[int] | None:
        """Codes as ids; None stays None."""
        if codes is None:
            return None
        wanted = set(codes)
        return sorted(pk for pk, code in self.codes.items() if code in wanted)

    def __call__(self, kind: str, code: str) -> str:
        """The word for one code in the reader's language; the code itself where nobody knows it any more."""
        try:
            return self._known(kind, code)
        except (KeyError, ValueError):
            return code

    def _known(self, kind: str, code: str) -> str:
        if kind == "term":
            return self.terms[code][1 if _english() else 0]
        if kind == "area":
            return self.areas[code]
        return FIXED[kind](code)


@dataclass(frozen=True)
class FrozenLabels:
    """Words as they were on the day of a proposal: kind → code → language → word."""

    words: dict[str, dict[str, dict[str, str]]]

    def __call__(self, kind: str, code: str) -> str:
        known = self.words.get(kind, {}).get(code, {})
        return known.get("en" if _english() else "nl", code)


class Recorder:
    """Remembers in both languages every word that is asked for while reasons are read out."""

    def __init__(self, labels: Callable[[str, str], str]) -> None:
        self._labels = labels
        self.words: dict[str, dict[str, dict[str, Any]]] = {}

    def __call__(self, kind: str, code: str) -> str:
        known = self.words.setdefault(kind, {}).setdefault(code, {})
        for language in HOUSE_LANGUAGES:
            with override(language):
                known[language] = self._labels(kind, code)
        return str(known["nl"])


def _english() -> bool:
    return (get_language() or "nl").startswith("en")
