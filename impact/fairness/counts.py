"""How many people of each group were known, proposed, introduced and placed in a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Area, Bureau, Membership
from candidates.enums import BenefitStatus, ResidentKind, Source
from employers.enums import LanguageLevel
from impact.figures import UNKNOWN
from impact.statements import rows
from impact.tables import AGE_WORDS

STEPS = ("known", "proposed", "introduced", "placed")
ALL, REST = "all", "rest"
MIN_GROUP = 10
"""Smaller groups are shown together only."""

Words = Mapping[str, str | Promise]
Counts = tuple[int, ...]
"""How many people came at least as far as each of STEPS."""

TRAITS: dict[str, Promise] = {
    "age": _("Leeftijd"),
    "area": _("Buurt"),
    "dutch": _("Nederlands"),
    "needs": _("Iets nodig op het werk"),
    "time": _("Hoe lang we iemand kennen"),
    "source": _("Hoe we elkaar ontmoetten"),
    "resident": _("Bewoner of student"),
    "benefit": _("Uitkering"),
    "connector": _("Verbinder"),
}
"""What is compared, in the order of the page: what the product holds, and nothing that it would have to guess."""
NEED_WORDS: Words = {"yes": _("Ja"), "no": _("Nee")}
TIME_WORDS: Words = {
    "0": _("korter dan 3 maanden"),
    "3": _("3 maanden tot 1 jaar"),
    "12": _("1 tot 2 jaar"),
    "24": _("2 jaar of langer"),
}
FIXED: dict[str, Words] = {
    "age": AGE_WORDS,
    "dutch": {str(level.value): level.label for level in LanguageLevel},
    "needs": NEED_WORDS,
    "time": TIME_WORDS,
    "source": dict(Source.choices),
    "resident": dict(ResidentKind.choices),
    "benefit": dict(BenefitStatus.choices),
}


@dataclass(frozen=True)
class Group:
    """One group of a trait; `codes` are more than one where small groups stand together."""

    code: str
    label: str | Promise
    counts: Counts

    @property
    def size(self) -> int:
        return self.counts[0]


@dataclass(frozen=True)
class Measured:
    """The whole bureau, and the groups of each trait that can be shown."""

    total: Counts
    groups: dict[str, list[Group]]


def measure(bureau: Bureau, *, since: date, until: date) -> Measured:
    """Count within a scope that sees the bureau; both days included."""
    found: dict[str, dict[str, Counts]] = {}
    values = {"bureau": bureau.pk, "since": since, "until": until}
    for trait, code, *counts in rows("fairness", values):
        found.setdefault(trait, {})[code] = tuple(counts)
    words = FIXED | {"area": _areas(found), "connector": _connectors(found)}
    total = found.get(ALL, {}).get(ALL, (0,) * len(STEPS))
    return Measured(total, {trait: _groups(found.get(trait, {}), words[trait]) for trait in TRAITS})


def _areas(found: Mapping[str, Mapping[str, Counts]]) -> Words:
    pks = [int(code) for code in found.get("area", {}) if code != UNKNOWN]
    return {str(one.pk): one.name for one in Area.objects.filter(pk__in=pks).order_by("name")}


def _connectors(found: Mapping[str, Mapping[str, Counts]]) -> Words:
    pks = [int(code) for code in found.get("connector", {}) if code != UNKNOWN]
    people = Membership.objects.filter(pk__in=pks).select_related("user")
    return dict(sorted(((str(one.pk), str(one.user)) for one in people), key=lambda one: one[1]))


def _groups(found: Mapping[str, Counts], words: Words) -> list[Group]:
    """The groups in the order of their words; small ones together, until they are large enough as well."""
    named = [(code, words[code]) for code in words if code in found]
    named += [(code, _("Niet bekend")) for code in found if code not in words]
    groups = [Group(code, label, found[code]) for code, label in named]
    small = [one for one in groups if one.size < MIN_GROUP]
    large = [one for one in groups if one.size >= MIN_GROUP]
    while small and large and sum(one.size for one in small) < MIN_GROUP:
        least = min(large, key=lambda one: one.size)
        large.remove(least)
        small.append(least)
    if len(small) == 1:
        return [one for one in groups if one in large or one in small] if small[0].size >= MIN_GROUP else []
    if small and sum(one.size for one in small) >= MIN_GROUP:
        large.append(Group(REST, _("Andere groepen samen"), _sum(small)))
    return large if len(large) > 1 else []


def _sum(groups: list[Group]) -> Counts:
    return tuple(sum(column) for column in zip(*(one.counts for one in groups), strict=True))
