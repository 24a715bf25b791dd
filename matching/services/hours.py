"""The staircase of hours: steps that follow each other without gap or overlap, up, down or level."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from matching.enums import ChangeKind, YesNo
from matching.models import EmployerQuestion, HoursStep, Placement
from matching.services.changes import lock_placement, noted

LEAST, MOST = Decimal("0.5"), Decimal(40)
FURTHEST_BACK = timedelta(days=366)
FURTHEST_AHEAD = timedelta(days=184)


@transaction.atomic
def add_hours_step(
    *, placement: Placement, hours: Decimal, starts: date, reason: str = "", by: Membership
) -> HoursStep:
    """Change the weekly hours from `starts` on; a step back is as ordinary as a step up.

    hours: a week, 0.5 to 40. A later step that stands already keeps standing, the new one runs up to it; a step
    that began on the same day is replaced. Raises NotAllowedNow outside the placement, more than a year back or
    half a year ahead.
    """
    placement = lock_placement(placement)
    _refuse(placement, hours, starts)
    _settle_doubts(placement, by)
    with noted(placement, ChangeKind.HOURS, by=by, note=reason):
        return _put(placement, hours, starts, reason, by)


def _put(placement: Placement, hours: Decimal, starts: date, reason: str, by: Membership) -> HoursStep:
    """The new step on the locked staircase."""
    around = HoursStep.objects.filter(placement=placement, during__contains=starts).first()
    if around and around.during.lower == starts:
        around.hours, around.reason, around.by, around.confirmed_at = hours, reason.strip()[:300], by, None
        around.save()
        return around
    until = _cut(placement, around, starts)
    return HoursStep.objects.create(
        bureau_id=placement.bureau_id,
        placement=placement,
        candidate_id=placement.candidate_id,
        employer_id=placement.employer_id,
        hours=hours,
        during=DateRange(starts, until),
        reason=reason.strip()[:300],
        by=by,
    )


def _settle_doubts(placement: Placement, by: Membership) -> None:
    """Other hours answer an employer who said that they are not right."""
    doubts = EmployerQuestion.objects.filter(placement=placement, hours_right=YesNo.NO, settled_at=None)
    doubts.exclude(help_wanted=YesNo.YES).update(settled_at=timezone.now(), settled_by=by)


def _cut(placement: Placement, around: HoursStep | None, starts: date) -> date | None:
    """End the step that runs on `starts` the day before; gives the day on which the new one has to stop."""
    if around:
        until: date | None = around.during.upper
        around.during = DateRange(around.during.lower, starts)
        around.save(update_fields=["during"])
        return until
    later = (
        HoursStep.objects.filter(placement=placement, during__startswith__gt=starts)
        .order_by("during")
        .first()
    )
    if later:
        return later.during.lower
    return placement.ended_on + timedelta(days=1) if placement.ended_on else None


def _refuse(placement: Placement, hours: Decimal, starts: date) -> None:
    today = timezone.localdate()
    if not LEAST <= hours <= MOST:
        raise NotAllowedNow(_("De uren liggen tussen een half uur en 40 uur per week."))
    if placement.ended_on and starts > placement.ended_on:
        raise NotAllowedNow(
            _("De plaatsing is geëindigd op %(day)s. Kies een dag daarvoor.")
            % {"day": f"{placement.ended_on:%d-%m-%Y}"}
        )
    if starts < placement.starts_on:
        raise NotAllowedNow(
            _("Het werk begon op %(day)s. Kies die dag of een latere.")
            % {"day": f"{placement.starts_on:%d-%m-%Y}"}
        )
    if starts < today - FURTHEST_BACK:
        raise NotAllowedNow(_("Deze dag ligt meer dan een jaar terug. Kies een latere dag."))
    if starts > max(today, placement.starts_on) + FURTHEST_AHEAD:
        raise NotAllowedNow(_("Deze dag ligt meer dan een half jaar vooruit. Kies een eerdere dag."))


@transaction.atomic
def correct_step(
    *, step: HoursStep, hours: Decimal, starts: date, reason: str = "", note: str, by: Membership
) -> HoursStep:
    """Put right what was noted: other hours, another first day, other words; the step before it gives or takes.

    note: why it is corrected; stays in the history. The first step begins where the work begins.
    """
    placement = lock_placement(step.placement)
    step = _still_there(step)
    before = _before(step)
    if before is None and starts != step.during.lower:
        raise NotAllowedNow(
            _("De eerste uren beginnen op de eerste werkdag. Verander die dag bij de afspraken.")
        )
    _refuse(placement, hours, starts)
    if (before and starts <= before.during.lower) or (step.during.upper and starts >= step.during.upper):
        raise NotAllowedNow(
            _("Deze dag ligt bij een andere stap. Kies een dag tussen de stap ervoor en erna.")
        )
    with noted(placement, ChangeKind.CORRECTED, by=by, note=note):
        if (hours, starts) != (step.hours, step.during.lower):
            step.confirmed_at = None
        if before and starts < step.during.lower:
            _until(before, starts)
        step.hours, step.reason, step.by = hours, reason.strip()[:300], by
        step.during = DateRange(starts, step.during.upper)
        step.save()
        if before:
            _until(before, starts)
    _settle_doubts(placement, by)
    return step


@transaction.atomic
def remove_step(*, step: HoursStep, note: str, by: Membership) -> None:
    """A step that never was: the step before it runs on, and the history says why."""
    placement = lock_placement(step.placement)
    with noted(placement, ChangeKind.CORRECTED, by=by, note=note):
        take_back_step(step=step, by=by)


def _still_there(step: HoursStep) -> HoursStep:
    """The step as it is now; the placement is locked."""
    found = HoursStep.objects.filter(pk=step.pk).first()
    if found is None:
        raise NotAllowedNow(_("Een collega haalde deze stap net weg. Kijk eerst hoe het nu staat."))
    return found


def _before(step: HoursStep) -> HoursStep | None:
    """The step before this one."""
    earlier = HoursStep.objects.filter(placement=step.placement_id, during__startswith__lt=step.during.lower)
    return earlier.order_by("-during").first()


def _until(step: HoursStep, day: date) -> None:
    """Let a step run up to a day."""
    step.during = DateRange(step.during.lower, day)
    step.save(update_fields=["during"])


@transaction.atomic
def take_back_step(*, step: HoursStep, by: Membership) -> None:
    """Undo a step as if it had not been noted: the step before it runs on. The first step stays."""
    lock_placement(step.placement)
    step = _still_there(step)
    before = _before(step)
    if before is None:
        raise NotAllowedNow(
            _("De eerste uren horen bij het begin van het werk. Verander ze met nieuwe uren op die dag.")
        )
    until = step.during.upper
    step.delete()
    before.during = DateRange(before.during.lower, until)
    before.save(update_fields=["during"])


@transaction.atomic
def confirm_hours(*, placement: Placement, by: Membership) -> int:
    """The employer says that the hours so far are right; gives how many steps that settled.

    A step that somebody there doubts is left to the coach.
    """
    placement = lock_placement(placement)
    doubted = EmployerQuestion.objects.filter(
        placement=placement, hours_right=YesNo.NO, settled_at=None, step__isnull=False
    )
    begun = HoursStep.objects.filter(
        placement=placement, confirmed_at=None, during__startswith__lte=timezone.localdate()
    ).exclude(pk__in=doubted.values("step"))
    return begun.update(confirmed_at=timezone.now())
