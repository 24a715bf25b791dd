"""Reports asked for by plan or for many bureaus at once: the plan, the batch, and one line per report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership, Municipality
from impact.models.reports import ImpactReport
from impact.planning.rhythms import WORDS, Moment, Period, Rhythm, periods

LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]


class ReportScheduleQuerySet(models.QuerySet["ReportSchedule"]):
    def visible_to(self, membership: Membership) -> Self:
        """What is planned for the own bureau or the own municipality; the platform administrator sees all plans."""
        if membership.role == Role.PLATFORM:
            return self
        if membership.role == Role.MUNICIPALITY:
            return self.filter(municipality=membership.municipality_id)
        if membership.role == Role.MANAGER and membership.bureau:
            return self.covering(membership.bureau)
        return self.none()

    def covering(self, bureau: Bureau) -> Self:
        """Plans of the bureau itself, and of its municipality for all bureaus."""
        whole = Q(bureau=None, municipality=bureau.municipality_id)
        return self.filter(Q(bureau=bureau.pk) | whole)

    def running(self) -> Self:
        return self.filter(stopped_on=None)


class ReportSchedule(models.Model):
    """A report that is asked for again and again; without a bureau, for every bureau of the municipality."""

    UNDO = timedelta(days=1)

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="schedules", verbose_name=_("gemeente")
    )
    bureau = models.ForeignKey(
        Bureau, models.CASCADE, null=True, blank=True, related_name="schedules", verbose_name=_("bureau")
    )
    rhythm = models.CharField(_("hoe vaak"), max_length=10, choices=Rhythm.choices)
    moment = models.CharField(
        _("wanneer"), max_length=10, choices=Moment.choices, default=Moment.FIRST_MONDAY
    )
    language = models.CharField(_("taal van het rapport"), max_length=5, default="nl", choices=LANGUAGES)
    starts = models.DateField(_("eerste periode vanaf"))
    made_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    stopped_on = models.DateTimeField(_("gestopt op"), null=True, blank=True)

    objects = ReportScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("planning")
        verbose_name_plural = _("planningen")
        ordering = ["municipality", "bureau", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "bureau", "rhythm", "language"],
                condition=Q(stopped_on=None),
                nulls_distinct=False,
                name="schedule_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.words)

    @property
    def words(self) -> Promise:
        """How often and when, in a sentence."""
        return WORDS[self.rhythm, self.moment]

    def due(self, today: date) -> list[Period]:
        """Every period that should have been asked for by now."""
        found: list[Period] = []
        for one in periods(self.rhythm, self.moment, self.starts):
            if one.due > today:
                return found
            found.append(one)
        return found

    def coming(self, today: date) -> Period:
        """The next one that will be asked for."""
        return next(one for one in periods(self.rhythm, self.moment, self.starts) if one.due > today)

    @property
    def may_resume(self) -> bool:
        """Whether stopping it can still be taken back."""
        return self.stopped_on is not None and timezone.now() - self.stopped_on < self.UNDO


class BatchQuerySet(models.QuerySet["ReportBatch"]):
    def visible_to(self, membership: Membership) -> Self:
        """All of them, for the platform administrator alone."""
        return self if membership.role == Role.PLATFORM else self.none()


class ReportBatch(models.Model):
    """The same period for every bureau of a municipality, or of all municipalities."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("gemeente")
    )
    since = models.DateField(_("van"))
    until = models.DateField(_("tot en met"))
    language = models.CharField(_("taal van het rapport"), max_length=5, default="nl", choices=LANGUAGES)
    asked_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("reeks rapporten")
        verbose_name_plural = _("reeksen rapporten")
        ordering = ["-asked_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="batch_period")]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"


class ReportOrderQuerySet(models.QuerySet["ReportOrder"]):
    def visible_to(self, membership: Membership) -> Self:
        """What was asked for the own bureau, the own municipality, or by the platform administrator."""
        match membership.role:
            case Role.PLATFORM:
                return self
            case Role.MUNICIPALITY:
                return self.filter(municipality=membership.municipality_id)
            case Role.MANAGER:
                return self.filter(bureau=membership.bureau_id)
        return self.none()


class ReportOrder(models.Model):
    """One report to be asked for: the database lets a plan or a batch ask each bureau once for each period.

    report: empty until it was asked for. problem: why it could not be. told_to: managers (memberships) whose letter
    that a planned report is ready has left; told_at: when all of them had it.
    """

    schedule = models.ForeignKey(ReportSchedule, models.CASCADE, null=True, blank=True, related_name="orders")
    batch = models.ForeignKey(ReportBatch, models.CASCADE, null=True, blank=True, related_name="orders")
    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    since = models.DateField(_("van"))
    until = models.DateField(_("tot en met"))
    language = models.CharField(max_length=5, default="nl")
    report = models.ForeignKey(ImpactReport, models.PROTECT, null=True, blank=True, related_name="orders")
    problem = models.CharField(_("wat ging er mis"), max_length=300, blank=True)
    told_to = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    told_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = ReportOrderQuerySet.as_manager()

    class Meta:
        ordering = ["-until", "bureau", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "bureau", "since"],
                condition=Q(schedule__isnull=False),
                name="order_once_per_schedule",
            ),
            models.UniqueConstraint(
                fields=["batch", "bureau"], condition=Q(batch__isnull=False), name="order_once_per_batch"
            ),
            models.CheckConstraint(
                condition=Q(schedule__isnull=False, batch=None) | Q(schedule=None, batch__isnull=False),
                name="order_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bureau_id}: {self.since} – {self.until}"
