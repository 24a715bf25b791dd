"""Handing relations over to a colleague, with what still hangs on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from employers.models import Agreement, Employer, Reminder
from employers.permissions import can_hand_over
from employers.relation_enums import AgreementState


@dataclass(frozen=True)
class Handed:
    """What moved from one colleague to another; kept with the session so that it can be undone."""

    owner: int
    to: int
    employers: list[int] = field(default_factory=list)
    reminders: list[int] = field(default_factory=list)
    agreements: list[int] = field(default_factory=list)


@transaction.atomic
def hand_over_relations(
    *, owner: Membership, to: Membership, employers: Iterable[int], by: Membership
) -> Handed:
    """Give `to` the relations of `owner` with these employers, their open reminders and agreements along.

    Raises NotAllowedNow when `to` has no role here today, nothing was chosen, or it is not for `by` to give.
    """
    wanted = set(employers)
    if to.bureau_id != by.bureau_id or not to.is_staff_role or not to.is_current or to.pk == owner.pk:
        raise NotAllowedNow(_("Kies een collega die nu een rol heeft bij het bureau."))
    if not wanted or not can_hand_over(by, owner):
        raise NotAllowedNow(_("Vink eerst werkgevers aan die jij mag overdragen."))
    found = Employer.objects.visible_to(by).filter(pk__in=wanted)
    known = [one.pk for one in found.select_for_update(of=("self",)).order_by("pk")]
    moved = Handed(
        owner.pk,
        to.pk,
        _keys(Employer.objects.filter(pk__in=known, owner=owner)),
        _keys(_reminders(owner).filter(employer__in=known)),
        _keys(_agreements(owner).filter(employer__in=known)),
    )
    _give(moved, to.pk)
    return moved


@transaction.atomic
def take_back_relations(*, handed: Handed, by: Membership) -> None:
    """Undo a handover for what still stands with the colleague who got it."""
    owner = Membership.objects.visible_to(by).filter(pk=handed.owner).first()
    if owner is None or not can_hand_over(by, owner):
        raise NotAllowedNow(_("Dit kun je niet meer ongedaan maken."))
    now = Handed(
        handed.to,
        handed.owner,
        _keys(Employer.objects.visible_to(by).filter(pk__in=handed.employers, owner=handed.to)),
        _keys(Reminder.objects.visible_to(by).filter(pk__in=handed.reminders, for_whom=handed.to)),
        _keys(Agreement.objects.visible_to(by).filter(pk__in=handed.agreements, colleague=handed.to)),
    )
    _give(now, handed.owner)


def _keys(rows: Any) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def _give(moved: Handed, to: int) -> None:
    now = timezone.now()
    Employer.objects.filter(pk__in=moved.employers).update(owner=to, updated_at=now)
    Reminder.objects.filter(pk__in=moved.reminders).update(for_whom=to)
    Agreement.objects.filter(pk__in=moved.agreements).update(colleague=to, updated_at=now)


def _reminders(owner: Membership) -> Any:
    return Reminder.objects.filter(for_whom=owner, done_at=None)


def _agreements(owner: Membership) -> Any:
    return Agreement.objects.filter(colleague=owner).exclude(state=AgreementState.ENDED)
