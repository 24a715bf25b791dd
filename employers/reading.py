"""A position in words, for every page that shows one; what nobody knows yet stays visible as unknown."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Area
from buurtbaan.vocabulary import languages
from buurtbaan.vocabulary.words import named, words
from employers.enums import PAID_FORMS
from employers.models import Position
from employers.musts import Must
from employers.places import is_near


@dataclass(frozen=True)
class About:
    """None is not known yet; an empty list is known: none."""

    area: Area | None
    is_near: bool | None
    is_paid: bool
    tasks: list[str] | None
    talents: list[str] | None
    offered: list[str] | None
    demanded: list[str] | None
    languages: list[str] | None
    musts: list[str | Promise]
    unknown: list[str | Promise]


def about(position: Position) -> About:
    """Gather the words of one position in two queries."""
    known = words(position.tasks, position.talents, position.conditions_offered, position.conditions_demanded)
    area = position.location.area if position.location else None
    spoken = position.guidance_languages
    return About(
        area=area,
        is_near=is_near(area, position.bureau),
        is_paid=position.form in PAID_FORMS,
        tasks=named(position.tasks, known),
        talents=named(position.talents, known),
        offered=named(position.conditions_offered, known),
        demanded=named(position.conditions_demanded, known),
        languages=None if spoken is None else [languages.name(code) for code in spoken],
        musts=[Must(code).label for code in position.musts if code in Must.values],
        unknown=unknown(position),
    )


def unknown(position: Position) -> list[str | Promise]:
    """What the matching would like to know and nobody filled in yet."""
    wanted: list[tuple[str | Promise, object]] = [
        (_("uren"), position.hours_max if position.hours_min is None else position.hours_min),
        (_("dagdelen"), position.dayparts_asked),
        (_("locatie"), position.location),
        (_("taken"), position.tasks),
        (_("wat we bieden"), position.conditions_offered),
        (_("wat het werk vraagt"), position.conditions_demanded),
        (_("taal"), position.dutch_level),
        (_("begeleiding"), position.guidance_offered),
    ]
    return [name for name, value in wanted if value is None]
