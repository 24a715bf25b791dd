"""Coaching on the job: a plan with goals, lines of hours, and what puts a line right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from matching.models import CoachGoal, CoachHours, CoachPeriod, CoachPlan, Placement

UNDO_FOR = timedelta(hours=24)
FIELDS = (
    "coach", "granted_by", "grantor", "protocol", "reference", "provider", "starts_on", "ends_on", "travel_counts",
)  # fmt: skip
LINE_FIELDS = ("goal", "worked_on", "minutes", "travel_minutes", "done", "candidate_words")


@dataclass(frozen=True)
class GoalGiven:
    """A goal as it was filled in; pk None is a new one."""

    words: str
    minutes: int
    pk: int | None = None


def lock_plan(plan: CoachPlan) -> CoachPlan:
    """The plan as it is now; hours, periods and the plan itself change one at a time."""
    return CoachPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)


@transaction.atomic
def make_plan(
    *, placement: Placement, goals: Sequence[GoalGiven], by: Membership, **values: Any
) -> CoachPlan:
    """Write down what was granted. values: see FIELDS. Raises NotAllowedNow without a goal."""
    plan = CoachPlan(
        bureau_id=placement.bureau_id, candidate_id=placement.candidate_id, employer_id=placement.employer_id,
        placement=placement, by=by, **{name: values[name] for name in FIELDS if name in values},
    )  # fmt: skip
    plan.save()
    _save_goals(plan, goals)
    return plan


@transaction.atomic
def change_plan(*, plan: CoachPlan, goals: Sequence[GoalGiven], by: Membership, **values: Any) -> CoachPlan:
    """Other words, hours or days. Raises NotAllowedNow when lines would fall outside it or lose their goal."""
    plan = lock_plan(plan)
    for name in FIELDS:
        setattr(plan, name, values.get(name, getattr(plan, name)))
    outside = CoachHours.objects.filter(plan=plan).holding()
    if outside.exclude(worked_on__range=(plan.starts_on, plan.ends_on)).exists():
        raise NotAllowedNow(_("Er staan uren buiten deze dagen. Kies dagen waar alle uren in vallen."))
    plan.save()
    _save_goals(plan, goals)
    return plan


def _save_goals(plan: CoachPlan, goals: Sequence[GoalGiven]) -> None:
    if not goals:
        raise NotAllowedNow(_("Vul minstens één doel in, met de uren die ervoor zijn toegekend."))
    kept = {goal.pk for goal in goals if goal.pk}
    gone = CoachGoal.objects.filter(plan=plan).exclude(pk__in=kept)
    if CoachHours.objects.filter(goal__in=gone).exists():
        raise NotAllowedNow(_("Bij een doel dat je weghaalt staan al uren. Laat dat doel staan."))
    gone.delete()
    for number, goal in enumerate(goals):
        about = {"bureau_id": plan.bureau_id, "candidate_id": plan.candidate_id, "plan": plan}
        said = {"words": goal.words, "minutes": goal.minutes, "position": number}
        if goal.pk:
            CoachGoal.objects.filter(pk=goal.pk, plan=plan).update(**said)
        else:
            CoachGoal.objects.create(**about, **said)


@transaction.atomic
def log_hours(
    *, plan: CoachPlan, goal: CoachGoal, worked_on: date, minutes: int, travel_minutes: int = 0, done: str,
    candidate_words: str = "", by: Membership, replaces: CoachHours | None = None,
) -> CoachHours:  # fmt: skip
    """Add a line. More than was granted is allowed, and the screen says so.

    Raises NotAllowedNow for a day in the future, outside the plan, or in a period that was put down to be signed.
    """
    plan = lock_plan(plan)
    if goal.plan_id != plan.pk:
        raise NotAllowedNow(_("Dit doel hoort bij een ander plan."))
    if worked_on > timezone.localdate():
        raise NotAllowedNow(_("Deze dag moet nog komen. Kies vandaag of een eerdere dag."))
    if not plan.runs(worked_on):
        said = {"since": f"{plan.starts_on:%d-%m-%Y}", "until": f"{plan.ends_on:%d-%m-%Y}"}
        raise NotAllowedNow(
            _("Dit plan loopt van %(since)s tot en met %(until)s. Kies een dag daarin.") % said
        )
    refuse_closed(plan, worked_on)
    return CoachHours.objects.create(
        bureau_id=plan.bureau_id, candidate_id=plan.candidate_id, plan=plan, goal=goal, worked_on=worked_on,
        minutes=minutes, travel_minutes=travel_minutes, done=done.strip()[:500],
        candidate_words=candidate_words.strip()[:500], by=by, by_name=str(by.user)[:120], replaces=replaces,
    )  # fmt: skip


def refuse_closed(plan: CoachPlan, day: date) -> None:
    """Raises NotAllowedNow for a day in a period that stands to be signed."""
    if CoachPeriod.objects.filter(plan=plan, during__contains=day).standing().exists():
        raise NotAllowedNow(
            _("Deze dag hoort bij een periode die is vastgezet. Heropen die periode eerst, met een reden.")
        )


@transaction.atomic
def correct_hours(*, line: CoachHours, reason: str, by: Membership, **values: Any) -> CoachHours:
    """Put another line in the place of this one; the old one stays to be read, with the reason.

    values: see LINE_FIELDS. Raises NotAllowedNow as `log_hours`, and when the line does not hold any more.
    """
    line = _void(line, reason, by)
    said = {name: values.get(name, getattr(line, name)) for name in LINE_FIELDS}
    return log_hours(plan=line.plan, **said, by=by, replaces=line)


@transaction.atomic
def remove_hours(*, line: CoachHours, reason: str, by: Membership) -> None:
    """The line should not have been there."""
    _void(line, reason, by)


def _void(line: CoachHours, reason: str, by: Membership) -> CoachHours:
    lock_plan(line.plan)
    line = CoachHours.objects.select_related("plan", "goal").get(pk=line.pk)
    if line.void_at is not None:
        raise NotAllowedNow(_("Deze regel is al verbeterd. Kijk in de lijst."))
    if not reason.strip():
        raise NotAllowedNow(_("Schrijf op waarom je dit verandert."))
    refuse_closed(line.plan, line.worked_on)
    line.void_at, line.void_by, line.void_reason = timezone.now(), by, reason.strip()[:300]
    line.save(update_fields=["void_at", "void_by", "void_reason"])
    return line


def may_take_back(line: CoachHours) -> bool:
    """Whether a line is new enough to leave no trace but in the trail, and nothing followed."""
    return line.void_at is None and line.replaces_id is None and timezone.now() - line.noted_at < UNDO_FOR


@transaction.atomic
def take_back_hours(*, line: CoachHours, by: Membership) -> None:
    """As if it had not been noted. Raises NotAllowedNow after a day, or after something followed."""
    lock_plan(line.plan)
    line = CoachHours.objects.select_related("plan").get(pk=line.pk)
    refuse_closed(line.plan, line.worked_on)
    if not may_take_back(line):
        raise NotAllowedNow(_("Terugdraaien kan één dag lang. Verbeter de regel, met een reden."))
    line.delete()
