"""What was agreed about running work changes or is put right, and what is planned after it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from matching.enums import ChangeKind, NextStep
from matching.models import CheckIn, HoursStep, NextPlan, Placement
from matching.paths import weeks_to_talk
from matching.services.changes import lock_placement, noted
from matching.services.placements import Agreed, check_form


@transaction.atomic
def change_placement(
    *,
    placement: Placement,
    form: str,
    starts_on: date,
    in_neighbourhood: bool | None,
    by: Membership,
    **agreed: Any,
) -> Placement:
    """Keep other agreements; the history tells what they were.

    Another first day moves the first hours and the planned conversations along.
    """
    placement = lock_placement(placement)
    terms: Agreed = agreed  # type: ignore[assignment]
    check_form(form, starts_on, terms)
    with noted(placement, ChangeKind.EDITED, by=by):
        if starts_on != placement.starts_on:
            _refuse_start(placement, starts_on)
            _move_start(placement, starts_on)
        placement.form, placement.starts_on, placement.in_neighbourhood = form, starts_on, in_neighbourhood
        for name, value in agreed.items():
            setattr(placement, name, value.strip() if isinstance(value, str) else value)
        if placement.supervisor_contact and not placement.supervisor:
            placement.supervisor = placement.supervisor_contact.name
        placement.save()
    return placement


def _refuse_start(placement: Placement, starts_on: date) -> None:
    before = placement.previous
    if before and before.ended_on and starts_on <= before.ended_on:
        raise NotAllowedNow(
            _("Het werk daarvoor liep tot en met %(day)s. Kies een latere eerste dag.")
            % {"day": date_format(before.ended_on, "j F Y")}
        )
    second = HoursStep.objects.filter(placement=placement, during__startswith__gt=placement.starts_on)
    if (first := second.order_by("during").first()) and starts_on >= first.during.lower:
        raise NotAllowedNow(
            _("Op %(day)s gingen andere uren in. Kies een eerste dag daarvoor.")
            % {"day": date_format(first.during.lower, "j F Y")}
        )
    if placement.ended_on and starts_on > placement.ended_on:
        raise NotAllowedNow(_("De eerste dag ligt na de laatste dag. Kies een eerdere dag."))


def _move_start(placement: Placement, starts_on: date) -> None:
    """The first hours begin on the new first day, and planned conversations count from it."""
    first = HoursStep.objects.filter(placement=placement).order_by("during").first()
    if first:
        first.during = DateRange(starts_on, first.during.upper)
        first.save(update_fields=["during"])
    placement.starts_on = starts_on
    days = weeks_to_talk(placement)
    for check in CheckIn.objects.filter(placement=placement, done_on=None):
        if check.week in days and check.due_on != days[check.week]:
            check.due_on = days[check.week]
            check.save(update_fields=["due_on"])


@transaction.atomic
def plan_next(
    *, placement: Placement, step: NextStep | str, on: date | None = None, note: str = "", by: Membership
) -> NextPlan:
    """What is planned for when this work ends; the newest plan holds, the trail keeps the others."""
    placement = lock_placement(placement)
    plan, _new = NextPlan.objects.update_or_create(
        placement=placement,
        defaults={
            "bureau_id": placement.bureau_id, "candidate_id": placement.candidate_id, "step": step, "on": on,
            "note": note.strip()[:300], "by": by,
        },
    )  # fmt: skip
    return plan
