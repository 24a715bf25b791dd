"""Coaching on the job: what was granted for which goal, and the hours that went into it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Candidate
from employers.models import Employer
from matching.enums import Grantor
from matching.models.placements import Placement

LONGEST_LINE = 12 * 60
NEAR_END = timedelta(weeks=6)


class CoachingQuerySet(models.QuerySet):
    """Rows about coaching on the job."""

    def visible_to(self, membership: Membership) -> Self:
        """The bureau's for coach and manager, the own ones for the candidate. Employers sign periods, no more."""
        if membership.role in (Role.COACH, Role.MANAGER):
            return self.filter(bureau=membership.bureau_id)
        if membership.role == Role.CANDIDATE:
            return self.filter(candidate=membership.candidate_id)
        return self.none()


class CoachPlan(models.Model):
    """What UWV or the municipality granted for coaching at one placement, over which days."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="coach_plans")
    coach = models.ForeignKey(
        Membership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="coach_plans",
        verbose_name=_("jobcoach"),
    )
    granted_by = models.CharField(_("toegekend door"), max_length=12, choices=Grantor.choices)
    grantor = models.CharField(_("naam van wie toekent"), max_length=120, blank=True)
    protocol = models.CharField(_("volgens welke regeling"), max_length=160, blank=True)
    reference = models.CharField(_("kenmerk van het besluit"), max_length=80, blank=True)
    provider = models.CharField(_("wie levert de jobcoach"), max_length=160)
    starts_on = models.DateField(_("van"))
    ends_on = models.DateField(_("tot en met"))
    travel_counts = models.BooleanField(_("reistijd telt mee"), default=False)
    noted_at = models.DateTimeField(_("genoteerd op"), default=timezone.now)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")

    objects = CoachingQuerySet.as_manager()

    class Meta:
        verbose_name = _("jobcoachplan")
        verbose_name_plural = _("jobcoachplannen")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="coach_plan_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["bureau", "ends_on"], name="coach_plan_by_end")]

    def __str__(self) -> str:
        return f"{self.provider} {self.starts_on}"

    def runs(self, on: date | None = None) -> bool:
        """Whether hours of a day, today unless told otherwise, belong to this plan."""
        return self.starts_on <= (on or timezone.localdate()) <= self.ends_on

    def ends_soon(self) -> bool:
        """Six weeks before the end somebody has to ask for more."""
        today = timezone.localdate()
        return self.starts_on <= today <= self.ends_on <= today + NEAR_END


class GoalQuerySet(CoachingQuerySet):
    def with_used(self) -> Self:
        """Each with `used` and `travelled`, the minutes of the lines that hold, and `held`, how many they are."""
        holds = Q(lines__void_at=None)
        return self.annotate(
            used=Coalesce(Sum("lines__minutes", filter=holds), 0),
            travelled=Coalesce(Sum("lines__travel_minutes", filter=holds), 0),
            held=Count("lines", filter=holds),
        )


class CoachGoal(models.Model):
    """One thing to learn at work in plain words, with the minutes that were granted for it."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    plan = models.ForeignKey(CoachPlan, models.CASCADE, related_name="goals")
    words = models.CharField(_("doel"), max_length=160)
    minutes = models.PositiveIntegerField(_("toegekende minuten"), validators=[MinValueValidator(15)])
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("doel van een jobcoach")
        verbose_name_plural = _("doelen van een jobcoach")
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=15), name="coach_goal_minutes")]

    def __str__(self) -> str:
        return self.words


class HoursQuerySet(CoachingQuerySet):
    def holding(self) -> Self:
        """Lines that nobody replaced or took out."""
        return self.filter(void_at=None)

    def between(self, since: date, until: date) -> Self:
        """Worked on a day from `since` up to and including `until`."""
        return self.filter(worked_on__gte=since, worked_on__lte=until)


class CoachHours(models.Model):
    """Time that a coach gave to one goal on one day. A line never changes: another one replaces it, with a reason."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    plan = models.ForeignKey(CoachPlan, models.CASCADE, related_name="lines")
    goal = models.ForeignKey(CoachGoal, models.CASCADE, related_name="lines")
    worked_on = models.DateField(_("op"))
    minutes = models.PositiveSmallIntegerField(_("minuten"), validators=[MaxValueValidator(LONGEST_LINE)])
    travel_minutes = models.PositiveSmallIntegerField(
        _("minuten onderweg"), default=0, validators=[MaxValueValidator(LONGEST_LINE)]
    )
    done = models.CharField(_("wat er is gedaan"), max_length=500)
    candidate_words = models.CharField(_("in woorden van de kandidaat"), max_length=500, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="coach_hours")
    by_name = models.CharField(_("door"), max_length=120)
    noted_at = models.DateTimeField(_("genoteerd op"), default=timezone.now)
    replaces = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("in plaats van"),
    )
    void_at = models.DateTimeField(_("vervallen op"), null=True, blank=True)
    void_reason = models.CharField(_("waarom vervallen"), max_length=300, blank=True)
    void_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("vervallen door")
    )

    objects = HoursQuerySet.as_manager()

    class Meta:
        verbose_name = _("uren van een jobcoach")
        verbose_name_plural = _("uren van een jobcoach")
        ordering = ["-worked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__lte=LONGEST_LINE, travel_minutes__lte=LONGEST_LINE)
                & (Q(minutes__gt=0) | Q(travel_minutes__gt=0)),
                name="coach_hours_minutes",
            ),
            models.CheckConstraint(
                condition=Q(void_at__isnull=True) | ~Q(void_reason=""),
                name="coach_hours_void_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "-worked_on"], name="coach_hours_by_plan"),
            models.Index(fields=["by", "worked_on"], name="coach_hours_by_coach"),
        ]

    def __str__(self) -> str:
        return f"{self.worked_on}: {self.minutes}"


class PeriodQuerySet(CoachingQuerySet):
    def visible_to(self, membership: Membership) -> Self:
        """Also the employer's own ones that count, as long as the person shares a name there."""
        if membership.role == Role.EMPLOYER:
            mine = self.filter(employer=membership.employer_id).standing()
            return mine.exclude(placement__shared_name="")
        return super().visible_to(membership)

    def standing(self) -> Self:
        """Not opened again."""
        return self.filter(reopened_at=None)


class CoachPeriod(models.Model):
    """Hours of some weeks, put down to be signed by coach, candidate and employer; the content never changes.

    content: what is signed, without what the candidate said in private; sha256: of its canonical JSON.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="coach_periods")
    plan = models.ForeignKey(CoachPlan, models.CASCADE, related_name="periods")
    during = DateRangeField(_("periode"))
    version = models.PositiveSmallIntegerField(_("versie"), default=1)
    replaces = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("in plaats van"),
    )
    content = models.JSONField(_("wat er getekend is"))
    sha256 = models.CharField(_("controlegetal"), max_length=64)
    made_at = models.DateTimeField(_("vastgezet op"), default=timezone.now)
    made_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, related_name="+", verbose_name=_("vastgezet door")
    )
    coach_name = models.CharField(_("getekend door de jobcoach"), max_length=120)
    candidate_signed_at = models.DateTimeField(_("getekend door de kandidaat op"), null=True, blank=True)
    candidate_name = models.CharField(_("naam van de kandidaat"), max_length=200, blank=True)
    candidate_signature = models.TextField(_("getekende naam"), blank=True)
    candidate_signed_with = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("getekend bij")
    )
    employer_signed_at = models.DateTimeField(_("getekend door de werkgever op"), null=True, blank=True)
    employer_name = models.CharField(_("naam bij de werkgever"), max_length=120, blank=True)
    reopened_at = models.DateTimeField(_("heropend op"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("heropend door")
    )
    reopen_reason = models.CharField(_("waarom heropend"), max_length=300, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("te tekenen periode")
        verbose_name_plural = _("te tekenen periodes")
        ordering = ["-during", "-version"]
        constraints = [
            models.CheckConstraint(condition=Q(during__isempty=False), name="coach_period_not_empty"),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | ~Q(reopen_reason=""),
                name="coach_period_reopened_has_reason",
            ),
            ExclusionConstraint(
                name="coach_periods_never_overlap",
                expressions=[("plan", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(reopened_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["bureau", "made_at"],
                condition=Q(reopened_at=None) & (Q(candidate_signed_at=None) | Q(employer_signed_at=None)),
                name="coach_period_to_sign",
            )
        ]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"

    @property
    def since(self) -> date:
        """The first day."""
        first: date = self.during.lower
        return first

    @property
    def until(self) -> date:
        """The last day."""
        last: date = self.during.upper - timedelta(days=1)
        return last

    @property
    def is_signed(self) -> bool:
        """By all three, and it counts."""
        return bool(self.candidate_signed_at and self.employer_signed_at and not self.reopened_at)


def running_plan() -> Subquery:
    """For a query of placements: the plan to which hours of today belong."""
    today = timezone.localdate()
    runs = CoachPlan.objects.filter(placement=OuterRef("pk"), starts_on__lte=today, ends_on__gte=today)
    return Subquery(runs.order_by("-starts_on", "-pk").values("pk")[:1])


CANDIDATE_SIGNS = Q(candidate_signed_at=None)
EMPLOYER_SIGNS = Q(employer_signed_at=None) & ~Q(placement__shared_name="")


def periods_to_sign(whose: Q) -> Prefetch[str, Any, str]:
    """For a query of placements: the periods that wait for a name, as `to_sign`."""
    waiting = CoachPeriod.objects.standing().filter(whose).defer("content", "candidate_signature")
    return Prefetch("coach_periods", waiting.order_by("during"), "to_sign")
