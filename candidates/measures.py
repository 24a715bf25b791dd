"""The ladder and wellbeing over time, ready to draw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.ui.charts.courses import Course, Courses, Point
from candidates.enums import Rung
from candidates.models import Measurement, Wellbeing
from candidates.wellbeing import lines

MEASURE_EVERY = timedelta(days=182)
"""Twice a year at least."""


def ladder_chart(measurements: Sequence[Measurement], *, own: bool = False) -> Courses | None:
    """The rungs over time; nothing to draw before the second measurement. own: in the person's words."""
    if len(measurements) < 2:
        return None
    points = tuple(
        Point(
            one.measured_on,
            one.rung,
            f"{one.rung}. {one.rung_in_own_words if own else Rung(one.rung).label}",
            str(one.rung),
        )
        for one in measurements
    )
    told = ", ".join(str(one.rung) for one in measurements)
    return Courses(
        id="ladder",
        title=_("Meedoen, van trede 1 tot 6"),
        description=_("De tredes van oud naar nieuw: %(rungs)s.") % {"rungs": told},
        courses=(Course(_("Trede"), points),),
        steps=len(Rung),
    )


def wellbeing_chart(every: Sequence[Wellbeing]) -> Courses | None:
    """Six strips over time; nothing to draw while nothing was answered."""
    courses = tuple(
        Course(
            str(question.short),
            tuple(Point(one.filled_on, answer, question.word(answer)) for one, answer in said),
        )
        for question, said in lines(every)
        if said
    )
    if not courses:
        return None
    now = "; ".join(f"{course.label}: {course.points[-1].word}" for course in courses)
    told = _("Het laatst: %(now)s.") % {"now": now}
    return Courses(id="hoe-gaat-het", title=_("Hoe het gaat"), description=told, courses=courses)


def is_due(last: date | None, on: date | None = None) -> bool:
    """Whether it is time to measure again: never done, or half a year ago."""
    return last is None or last + MEASURE_EVERY < (on or timezone.localdate())
