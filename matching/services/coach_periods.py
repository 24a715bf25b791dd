"""A period of coaching that is put down, signed by three, and opened again only with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from matching.coaching import content_of, sealed
from matching.enums import QuestionKind, YesNo
from matching.models import CoachHours, CoachPeriod, CoachPlan, EmployerQuestion
from matching.services.asking import answered, locked, question_about
from matching.services.job_coaching import UNDO_FOR, lock_plan
from matching.services.messages import ask_employer, tell_about

ONE_DAY = timedelta(days=1)


@transaction.atomic
def put_down(*, plan: CoachPlan, since: date, until: date, by: Membership) -> CoachPeriod:
    """Close the hours of some days and sign them as coach; candidate and employer are asked to sign, too.

    After a period was opened again this makes its next version. Raises NotAllowedNow for days to come, days of a
    period that stands already, or days without hours.
    """
    plan = lock_plan(plan)
    _refuse(plan, since, until)
    earlier = CoachPeriod.objects.filter(plan=plan, replaced_by=None).exclude(reopened_at=None)
    before = (
        earlier.filter(during__overlap=DateRange(since, until + ONE_DAY)).order_by("-reopened_at").first()
    )
    version = before.version + 1 if before else 1
    content = content_of(plan, since, until, version=version)
    period = CoachPeriod.objects.create(
        bureau_id=plan.bureau_id, candidate_id=plan.candidate_id, employer_id=plan.employer_id,
        placement_id=plan.placement_id, plan=plan, during=DateRange(since, until + ONE_DAY), version=version,
        replaces=before, content=content, sha256=sealed(content), made_by=by, coach_name=str(by.user)[:120],
    )  # fmt: skip
    _ask(period)
    return period


def _refuse(plan: CoachPlan, since: date, until: date) -> None:
    if until < since:
        raise NotAllowedNow(_("De laatste dag ligt voor de eerste. Kies een latere dag."))
    if until > timezone.localdate():
        raise NotAllowedNow(_("Je zet alleen dagen vast die voorbij zijn. Kies een eerdere laatste dag."))
    days = DateRange(since, until + ONE_DAY)
    if CoachPeriod.objects.filter(plan=plan, during__overlap=days).standing().exists():
        raise NotAllowedNow(_("Een deel van deze dagen is al vastgezet. Kies andere dagen."))
    if not CoachHours.objects.filter(plan=plan).holding().between(since, until).exists():
        raise NotAllowedNow(_("In deze dagen staan geen uren. Kies andere dagen."))


def _ask(period: CoachPeriod) -> None:
    """Ask candidate and employer; the employer only while the person shares a name there."""
    question = _question(period)
    tell_about(question, "coach_period")
    if period.placement.shared_name:
        ask_employer(question, QuestionKind.COACH_PERIOD)


def _question(period: CoachPeriod) -> EmployerQuestion:
    return question_about(period.placement, kind=QuestionKind.COACH_PERIOD, period=period)[0]


def _standing(period: CoachPeriod) -> CoachPeriod:
    """The period as it is now, kept from others. Raises NotAllowedNow when it was opened again."""
    period = CoachPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if period.reopened_at is not None:
        raise NotAllowedNow(_("Deze periode is heropend. Teken de nieuwe versie als die er is."))
    return period


@transaction.atomic
def candidate_signs(*, period: CoachPeriod, name: str, signature: str = "", by: Membership) -> CoachPeriod:
    """The candidate puts a name under it, on an own page or at the coach's; the first time counts."""
    period = _standing(period)
    if not name.strip() and not signature:
        raise NotAllowedNow(_("Teken of typ je naam."))
    if period.candidate_signed_at is None:
        period.candidate_signed_at, period.candidate_signed_with = timezone.now(), by
        period.candidate_name, period.candidate_signature = name.strip()[:200], signature
        period.save(
            update_fields=[
                "candidate_signed_at", "candidate_signed_with", "candidate_name", "candidate_signature",
            ]
        )  # fmt: skip
    return period


@transaction.atomic
def employer_says(*, period: CoachPeriod, right: bool, words: str = "", by: Membership) -> CoachPeriod:
    """The employer signs, or says what is not right and then the coach reads it; hours never change by this."""
    period = _standing(period)
    if period.employer_signed_at is not None:
        return period
    question = locked(_question(period).pk)
    question.hours_right = YesNo.YES if right else YesNo.NO
    question.settled_at, question.settled_by = None, None
    answered(question, words, by)
    if right:
        period.employer_signed_at, period.employer_name = timezone.now(), str(by.user)[:120]
        period.save(update_fields=["employer_signed_at", "employer_name"])
    return period


@transaction.atomic
def reopen(*, period: CoachPeriod, reason: str, by: Membership) -> CoachPeriod:
    """Open the days for changes; what was signed stays to be read, and the next version is signed anew."""
    lock_plan(period.plan)
    period = _standing(period)
    if not reason.strip():
        raise NotAllowedNow(_("Schrijf op waarom de periode weer open moet."))
    period.reopened_at, period.reopened_by, period.reopen_reason = timezone.now(), by, reason.strip()[:300]
    period.save(update_fields=["reopened_at", "reopened_by", "reopen_reason"])
    waiting: Any = EmployerQuestion.objects.filter(period=period, settled_at=None)
    waiting.update(settled_at=timezone.now(), settled_by=by)
    return period


def may_take_back(period: CoachPeriod) -> bool:
    """Whether nobody else signed yet, within a day."""
    signed = period.candidate_signed_at or period.employer_signed_at or period.reopened_at
    return not signed and timezone.now() - period.made_at < UNDO_FOR


@transaction.atomic
def take_back_period(*, period: CoachPeriod, by: Membership) -> None:
    """As if it had not been put down. Raises NotAllowedNow after somebody signed or answered, or after a day."""
    lock_plan(period.plan)
    period = _standing(period)
    if not may_take_back(period) or EmployerQuestion.objects.filter(period=period).exclude(answered_at=None):
        raise NotAllowedNow(
            _("Terugdraaien kan tot iemand tekent, één dag lang. Heropen de periode met een reden.")
        )
    period.delete()
