"""What an employer is asked about somebody who works there, drawn the same way signed in and behind a link."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.formats import hours_week
from matching.enums import QuestionKind, YesNo
from matching.forms.employer import HoursRightForm, WeekForm
from matching.models import EmployerQuestion, HoursStep, Placement
from matching.models.job_coaching import EMPLOYER_SIGNS, periods_to_sign
from matching.services import asking
from matching.views.lists import with_hours

MOST = 200


def people_here(membership: Membership, *, to_sign: bool = False) -> list[Any]:
    """Everybody who works or worked here, with the hours to confirm and the week that can be told about."""
    today = timezone.localdate()
    doubt = EmployerQuestion.objects.filter(step=OuterRef("pk"), hours_right=YesNo.NO, settled_at=None)
    open_steps = HoursStep.objects.filter(confirmed_at=None, during__startswith__lte=today)
    told = EmployerQuestion.objects.filter(kind=QuestionKind.CHECK_IN).exclude(answered_at=None)
    rows: QuerySet[Any] = with_hours(Placement.objects.visible_to(membership)).select_related("position")
    found = list(
        rows.prefetch_related(
            Prefetch(
                "hours_steps", open_steps.annotate(doubted=Exists(doubt)).order_by("during"), "unconfirmed"
            ),
            Prefetch("employer_questions", told, "told"),
            *([periods_to_sign(EMPLOYER_SIGNS)] if to_sign else []),
        )[:MOST]
    )
    for one in found:
        one.week_due = asking.due_week(one, {question.week for question in one.told})
        steps = [(step, hours_text(step)) for step in reversed(one.unconfirmed) if not step.doubted]
        one.newest, one.earlier = (steps[0], steps[1:]) if steps else (None, [])
        one.doubted = any(step.doubted for step in one.unconfirmed)
        one.is_over = one.ended_on is not None and one.ended_on < today
    return found


def who(placement: Placement) -> str:
    """The name that was agreed, or none after that was taken back."""
    return placement.shared_name or _("jullie collega")


def hours_text(step: HoursStep) -> str:
    """Hours and since when: "8 uur per week, vanaf 1 oktober"."""
    return _("%(hours)s, vanaf %(day)s") % {
        "hours": hours_week(step.hours),
        "day": date_format(step.during.lower, "j F Y"),
    }


def hours_now(placement: Placement) -> str:
    """The hours that hold today in words; empty where nobody noted any."""
    step = placement.hours_steps.filter(during__contains=timezone.localdate()).first()
    return hours_text(step) if step else ""


def week_form(placement: Placement, week: int, data: Any, *, cancel_url: str = "") -> WeekForm:
    """What is asked about somebody at work in a week."""
    return WeekForm(data, hours=hours_now(placement), week=week, cancel_url=cancel_url)


def hours_form(step: HoursStep, data: Any, *, cancel_url: str = "", says_no: bool = False) -> HoursRightForm:
    """Whether one step in hours is right."""
    initial = {"hours_right": YesNo.NO} if says_no else {}
    return HoursRightForm(data, hours=hours_text(step), cancel_url=cancel_url, initial=initial)
