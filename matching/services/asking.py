"""Asking employers: once per matter, reminded half-way, and then the coach is told; never silence.

Every question is one row that the database keeps unique, and every step is a moment in that row, taken under a lock.
The task may run twice, or not for a day: nobody is asked or reminded double.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau, Membership
from matching.enums import QuestionKind, Teller, YesNo
from matching.models import (
    CHECK_IN_WEEKS,
    CheckIn,
    CoachPeriod,
    EmployerLink,
    EmployerQuestion,
    HoursStep,
    Introduction,
    Match,
    MeetingAccount,
    MeetingOption,
    Placement,
)
from matching.questions import EMPLOYER, VERSION, kept
from matching.services.hours import confirm_hours
from matching.services.messages import ask_employer, tell_candidate, tell_coach, tell_employer
from matching.services.placements import lock_placement

LATEST = timedelta(days=14)
"""A week after the start that lies longer ago is not asked by e-mail any more."""
HOURS_AFTER = timedelta(days=7)
"""Days that a step in hours may stand unconfirmed before an e-mail asks about it."""
KEPT = timedelta(days=30)
"""How long a link is kept after it stopped working, to explain itself."""


@transaction.atomic
def ask_about_work(bureau: Bureau) -> int:
    """Ask how it goes in weeks 1, 4, 13, 26 and 52, and about hours that nobody confirmed; gives how many."""
    return _ask_weeks(bureau) + _ask_hours(bureau)


def _at_work(bureau: Bureau) -> QuerySet[Placement]:
    """Work that runs, at employers who are not taking a break."""
    today = timezone.localdate()
    running = Placement.objects.filter(bureau=bureau, starts_on__lte=today, ended_on=None)
    return running.exclude(employer__paused_until__gte=today).order_by("pk")


def _ask_weeks(bureau: Bureau) -> int:
    today, asked = timezone.localdate(), 0
    for week in CHECK_IN_WEEKS:
        began = today - timedelta(weeks=week)
        spoken = CheckIn.objects.filter(week=week).exclude(done_on=None).exclude(employer_words="")
        due = (
            _at_work(bureau)
            .filter(starts_on__lte=began, starts_on__gt=began - LATEST)
            .exclude(employer_questions__week=week)
            .exclude(pk__in=spoken.values("placement"))
        )
        asked += sum(_ask(placement, kind=QuestionKind.CHECK_IN, week=week) for placement in due)
    return asked


def _ask_hours(bureau: Bureau) -> int:
    """Hours that changed along the way; whoever is asked how it goes is asked about the hours there."""
    today = timezone.localdate()
    steps = (
        HoursStep.objects.filter(placement__in=_at_work(bureau), confirmed_at=None, questions=None)
        .filter(during__startswith__lte=today - HOURS_AFTER, during__startswith__gt=today - 5 * HOURS_AFTER)
        .filter(Q(during__upper_inf=True) | Q(during__endswith__gt=today))
        .exclude(placement__employer_questions__asked_at__gt=timezone.now() - LATEST)
        .select_related("placement")
        .order_by("pk")
    )
    return sum(_ask(step.placement, kind=QuestionKind.HOURS, step=step) for step in steps)


def _ask(placement: Placement, *, kind: QuestionKind, **about: Any) -> bool:
    question, new = question_about(placement, kind=kind, **about)
    if new:
        ask_employer(question, kind)
    return new


def question_about(
    placement: Placement, *, kind: QuestionKind, **about: Any
) -> tuple[EmployerQuestion, bool]:
    """The one question about a week or a step, and whether it is new."""
    return EmployerQuestion.objects.get_or_create(
        kind=kind,
        placement=placement,
        **about,
        defaults={
            "bureau_id": placement.bureau_id,
            "candidate_id": placement.candidate_id,
            "employer_id": placement.employer_id,
        },
    )


@transaction.atomic
def remind_employers(bureau: Bureau) -> int:
    """Ask once more, half-way to the bureau's limit; during a break it waits. Gives how many."""
    now = timezone.now()
    waiting = EmployerQuestion.objects.unanswered().filter(
        bureau=bureau, reminded_at=None, asked_at__lte=now - halfway(bureau), asked_at__gt=now - limit(bureau)
    )
    waiting = waiting.exclude(employer__paused_until__gte=timezone.localdate())
    return sum(_remind(pk) for pk in waiting.order_by("pk").values_list("pk", flat=True))


def limit(bureau: Bureau) -> timedelta:
    """How long an employer has before the coach is told."""
    return timedelta(days=bureau.answer_days)


def halfway(bureau: Bureau) -> timedelta:
    """When they are reminded."""
    return timedelta(days=max(1, bureau.answer_days // 2))


def _remind(pk: int) -> bool:
    question = locked(pk)
    if question.reminded_at is not None or not still_waits(question):
        return False
    question.reminded_at = timezone.now()
    question.save(update_fields=["reminded_at"])
    if question.introduction is not None:
        tell_employer(question.introduction.match, f"{question.kind}_reminder", question=question)
    else:
        ask_employer(question, f"{question.kind}_reminder")
    return True


@transaction.atomic
def tell_unanswered(bureau: Bureau) -> int:
    """The limit passed: the candidate hears that the employer is silent; the day list asks the coach to call."""
    late = EmployerQuestion.objects.unanswered().filter(
        bureau=bureau,
        kind=QuestionKind.INTRODUCTION,
        told_at=None,
        asked_at__lte=timezone.now() - limit(bureau),
    )
    return sum(_tell(pk) for pk in late.order_by("pk").values_list("pk", flat=True))


def _tell(pk: int) -> bool:
    question = locked(pk)
    if question.told_at is not None or question.introduction is None or not still_waits(question):
        return False
    question.told_at = timezone.now()
    question.save(update_fields=["told_at"])
    match = Match.objects.select_related(
        "candidate__coach__user", "proposed_by__user", "position", "employer"
    ).get(pk=question.introduction.match_id)
    tell_candidate(match, "employer_silent", by=None)
    tell_coach(match, "employer_silent")
    return True


def locked(pk: int) -> EmployerQuestion:
    """The question as it is now, kept from others until the transaction ends."""
    rows = EmployerQuestion.objects.select_for_update(of=("self",))
    return rows.select_related("introduction__match", "placement", "step", "period__placement").get(pk=pk)


def still_waits(question: EmployerQuestion) -> bool:
    """Whether an answer would still help: the introduction is open, the work goes on, the hours are not confirmed."""
    if question.answered_at or question.settled_at:
        return False
    if question.introduction is not None:
        return question.introduction.open and _MEETING_WAITS[question.kind](question.introduction)
    if question.period is not None:
        return period_waits(question.period)
    if question.placement is None or question.placement.ended_on is not None:
        return False
    return question.step is None or question.step.confirmed_at is None


def period_waits(period: CoachPeriod) -> bool:
    """Hours of a coach that the employer can sign: they count, and the person shares a name there."""
    signed = period.employer_signed_at or period.reopened_at
    return not signed and bool(period.placement.shared_name)


def introduction_waits(introduction: Introduction) -> bool:
    """Open, not answered, and no meeting planned in some other way."""
    return introduction.open and not introduction.employer_answer and introduction.starts_at is None


def _times_wait(introduction: Introduction) -> bool:
    """A moment is left about which the employer said nothing yet."""
    return MeetingOption.objects.open().filter(introduction=introduction, employer_says="").exists()


def _meeting_waits(introduction: Introduction) -> bool:
    """The meeting was, and the employer has not told how."""
    told = MeetingAccount.objects.of_now(introduction).filter(teller=Teller.EMPLOYER)
    return (
        introduction.starts_at is not None and introduction.starts_at <= timezone.now() and not told.exists()
    )


_MEETING_WAITS: dict[str, Callable[[Introduction], bool]] = {
    QuestionKind.INTRODUCTION: introduction_waits,
    QuestionKind.TIMES: _times_wait,
    QuestionKind.MET: _meeting_waits,
}


@transaction.atomic
def answer_week(
    *,
    placement: Placement,
    week: int,
    going: str,
    help_wanted: str,
    hours_right: str = "",
    words: str = "",
    answers: Mapping[str, str] | None = None,
    by: Membership,
) -> EmployerQuestion:
    """How it goes, as the employer sees it. Hours that are right are confirmed; hours that are not stay as they are.

    The first answer counts: a second tap, or a colleague who is later, changes nothing.
    """
    question, _new = question_about(placement, kind=QuestionKind.CHECK_IN, week=week)
    question = locked(question.pk)
    if question.answered_at:
        return question
    question.going, question.help_wanted, question.hours_right = going, help_wanted, hours_right
    question.version, question.answers = VERSION, kept(EMPLOYER, week, answers or {})
    answered(question, words, by)
    if hours_right == YesNo.YES:
        confirm_hours(placement=placement, by=by)
    return question


@transaction.atomic
def answer_hours(*, step: HoursStep, right: bool, words: str = "", by: Membership) -> EmployerQuestion:
    """One step in hours is right, or it is not and then the coach reads why; hours never change by this."""
    lock_placement(step.placement)
    step = HoursStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    question, _new = question_about(step.placement, kind=QuestionKind.HOURS, step=step)
    question = locked(question.pk)
    said = YesNo.YES if right else YesNo.NO
    if question.answered_at and question.hours_right == said and not question.settled_at:
        return question
    question.hours_right, question.settled_at, question.settled_by = said, None, None
    answered(question, words, by)
    if right and step.confirmed_at is None:
        step.confirmed_at = timezone.now()
        step.save(update_fields=["confirmed_at"])
    return question


def answered(question: EmployerQuestion, words: str, by: Membership) -> None:
    """Keep what was said, by whom and when."""
    question.words = words.strip()[:1000]
    question.answered_at, question.answered_by = timezone.now(), str(by.user)[:120]
    question.save()


@transaction.atomic
def settle(*, question: EmployerQuestion, by: Membership) -> None:
    """A colleague called or put it right; off the day list."""
    EmployerQuestion.objects.filter(pk=question.pk, settled_at=None).update(
        settled_at=timezone.now(), settled_by=by
    )


@transaction.atomic
def throw_old_links(bureau: Bureau) -> None:
    """Links that stopped working a month ago."""
    EmployerLink.objects.filter(bureau=bureau, expires_at__lt=timezone.now() - KEPT).delete()


def due_week(placement: Placement, answered: set[int], *, now: datetime | None = None) -> int | None:
    """The week that the employer can be asked about now; None when it is answered or too long ago."""
    today = timezone.localdate(now)
    if placement.ended_on is not None:
        return None
    weeks = [week for week in CHECK_IN_WEEKS if placement.starts_on + timedelta(weeks=week) <= today]
    if not weeks or weeks[-1] in answered:
        return None
    return weeks[-1] if today - placement.starts_on - timedelta(weeks=weeks[-1]) <= 2 * LATEST else None
