"""Writing rule cards and figures: the platform for everywhere, a bureau's manager for the own municipality."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership, Municipality, Rate
from buurtbaan.errors import NotAllowedNow
from buurtbaan.rules.figures import REGION
from buurtbaan.rules.models import RuleCard, RuleVersion

Values = Mapping[str, Any]


def place_of(by: Membership) -> Municipality | None:
    """For which municipality somebody writes: None is the country. Raises PermissionDenied for other roles."""
    if by.role == Role.PLATFORM:
        return None
    if by.role == Role.MANAGER and by.bureau:
        return by.bureau.municipality
    raise PermissionDenied(_("De bureauleider schrijft wat in de eigen gemeente geldt. Vraag het daar."))


@transaction.atomic
def add_card(*, code: str, topic: str, values: Values, by: Membership) -> RuleVersion:
    """A new card for the whole country. Raises NotAllowedNow when the short name is taken."""
    if by.role != Role.PLATFORM:
        raise PermissionDenied(_("Een nieuwe kaart maakt de platformbeheerder."))
    try:
        with transaction.atomic():
            card = RuleCard.objects.create(code=code, topic=topic)
    except IntegrityError as error:
        raise NotAllowedNow(_("Er is al een kaart met dit korte adres. Kies een ander woord.")) from error
    return write_version(card=card, values=values, by=by)


@transaction.atomic
def write_version(*, card: RuleCard, values: Values, by: Membership) -> RuleVersion:
    """What the card says from now on, in the writer's place; what it said before stays readable."""
    version = RuleVersion(card=card, municipality=place_of(by), **values)
    version.save()
    return version


@transaction.atomic
def add_rate(*, values: Values, by: Membership) -> Rate:
    """A new dated figure, in a place that is the writer's to speak for. Raises NotAllowedNow when it is there."""
    rate = Rate(bureau=by.bureau if place_of(by) else None, **values)
    _check_place(rate, by)
    _save(rate)
    return rate


@transaction.atomic
def change_rate(*, rate: Rate, values: Values, by: Membership) -> Rate:
    """Correct a figure; a manager only what the own bureau added."""
    row = Rate.objects.select_for_update(of=("self",)).get(pk=rate.pk)
    if not can_change_rate(by, row):
        raise PermissionDenied(_("Dit tarief is niet van jullie bureau. Voeg een eigen tarief toe."))
    for name, value in values.items():
        setattr(row, name, value)
    _check_place(row, by)
    _save(row)
    return row


def can_change_rate(by: Membership, rate: Rate) -> bool:
    """The platform administrator each, a manager those of the own bureau."""
    return by.role == Role.PLATFORM or (
        by.role == Role.MANAGER and rate.bureau_id is not None and rate.bureau_id == by.bureau_id
    )


def _check_place(rate: Rate, by: Membership) -> None:
    own = place_of(by)
    if own is not None and rate.place != own.code and not rate.place.startswith(REGION):
        raise PermissionDenied(_("Je kunt tarieven toevoegen voor de eigen gemeente en de eigen regio."))


def _save(rate: Rate) -> None:
    try:
        with transaction.atomic():
            rate.save()
    except IntegrityError as error:
        raise NotAllowedNow(
            _("Dit tarief met deze begindatum staat er al. Verander dat, of kies een andere datum.")
        ) from error
