"""How the hours of people at work grow, how it is going, and how some of them go on elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.backends.postgresql.psycopg_any import DateRange

from impact.demo import names
from matching.enums import Destination, EndReason
from matching.models import CheckIn, HoursStep, Introduction, Placement, check_in_dates

if TYPE_CHECKING:
    from impact.demo.story import Cast

FAMOUS_STEPS = ((0, 8), (5, 12), (10, 16), (14, 12), (18, 20), (24, 27))


def hours(cast: Cast, placement: Placement, number: int) -> None:
    """The first person grows 8 → 12 → 16, steps back to 12, and goes on to 20 and 27; others have their own pace."""
    start = 4 + number * 4 % 13
    steps: Sequence[tuple[int, int]] = (
        FAMOUS_STEPS if number == 0 else ((0, start), (8, start + 4), (12, start), (17, start + 8))
    )
    if number % 6 and number:
        steps = ((0, start), (7, start + 4), (16, start + 8))[: 1 + number % 3]
    begun = [(placement.starts_on + timedelta(weeks=week), hours) for week, hours in steps]
    begun = [(day, hours) for day, hours in begun if day <= cast.today]
    for at, (day, hours) in enumerate(begun):
        until = begun[at + 1][0] if at + 1 < len(begun) else None
        back = at > 0 and hours < begun[at - 1][1]
        HoursStep.objects.create(
            bureau=cast.bureau,
            placement=placement,
            candidate=placement.candidate,
            employer=placement.employer,
            hours=hours,
            during=DateRange(day, until),
            by=placement.candidate.coach,
            reason=names.STEP_BACK if back else names.pick(names.GROWTH, number + at) if at else "",
        )


def check_ins(cast: Cast, placement: Placement, number: int) -> None:
    for week, due in check_in_dates(placement.starts_on).items():
        done = due + timedelta(days=number % 4) if due < cast.today - timedelta(days=5) else None
        CheckIn.objects.create(
            bureau=cast.bureau,
            placement=placement,
            candidate=placement.candidate,
            employer=placement.employer,
            week=week,
            due_on=due,
            done_on=done,
            by=placement.candidate.coach if done else None,
            mood=names.pick(("good", "good", "mixed"), number + week) if done else "",
            candidate_words="Het gaat goed met de collega's." if done else "",
        )
        if done:
            person = placement.candidate
            person.last_contact_on = max(done, person.last_contact_on or done)


def end(cast: Cast, placement: Placement, number: int) -> date:
    """Some go on elsewhere; the last hours step ends with the placement. Gives the last day."""
    last_day = cast.today - timedelta(days=7 + number)
    placement.hours_steps.filter(during__startswith__gt=last_day).delete()
    step = placement.hours_steps.order_by("-during").first()
    if step:
        step.during = DateRange(step.during.lower, last_day + timedelta(days=1))
        step.save()
    placement.ended_on = last_day
    placement.end_reason = names.pick((EndReason.OTHER_WORK, EndReason.AGREED_END), number)
    placement.destination = names.pick((Destination.REGULAR_JOB, Destination.SEARCHING), number)
    placement.save()
    placement.check_ins.filter(done_on=None, due_on__gt=last_day).delete()
    Introduction.objects.filter(match=placement.match).update(open=False)
    return last_day
