"""Trainings: days, who takes part, who was there, and the result in somebody's own words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models.gatherings import OpenToCandidatesQuerySet, OwnRowQuerySet
from candidates.models.people import Candidate


class Training(models.Model):
    """Something to learn together, on one day or several."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    title = models.CharField(_("naam"), max_length=120)
    text = models.TextField(_("wat leer je?"), max_length=4000, blank=True)
    given_by = models.CharField(_("wie geeft de training?"), max_length=120, blank=True)
    place = models.CharField(_("waar"), max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("hoeveel plekken"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )  # fmt: skip
    closed_on = models.DateField(_("afgerond op"), null=True, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OpenToCandidatesQuerySet.as_manager()

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainingen")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="training_capacity"
            )
        ]
        indexes = [models.Index(fields=["bureau", "closed_on"], name="training_by_bureau")]

    def __str__(self) -> str:
        return self.title


class TrainingSession(models.Model):
    """One day of a training."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    training = models.ForeignKey(Training, models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("wanneer"))
    minutes = models.PositiveSmallIntegerField(
        _("hoeveel minuten"), default=120, validators=[MinValueValidator(15), MaxValueValidator(600)]
    )

    objects = OpenToCandidatesQuerySet.as_manager()

    class Meta:
        verbose_name = _("trainingsdag")
        verbose_name_plural = _("trainingsdagen")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["training", "starts_at"], name="training_session_once"),
            models.CheckConstraint(condition=Q(minutes__gte=15, minutes__lte=600), name="session_minutes"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%d-%m-%Y %H:%M}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class TrainingPlace(models.Model):
    """Somebody takes part; `result` is what they say about it themselves."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    training = models.ForeignKey(Training, models.CASCADE, related_name="places")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="training_places")
    joined_on = models.DateField(_("doet mee sinds"), default=timezone.localdate)
    stopped_on = models.DateField(_("gestopt op"), null=True, blank=True)
    finished_on = models.DateField(_("klaar op"), null=True, blank=True)
    result = models.TextField(_("wat heb je geleerd?"), max_length=2000, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OwnRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("deelname aan een training")
        verbose_name_plural = _("deelnames aan trainingen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["training", "candidate"], name="training_place_once"),
            models.CheckConstraint(
                condition=Q(stopped_on__isnull=True) | Q(finished_on__isnull=True),
                name="training_place_one_end",
            ),
            models.CheckConstraint(
                condition=Q(stopped_on__isnull=True) | Q(stopped_on__gte=F("joined_on")),
                name="training_place_stopped_after",
            ),
        ]
        indexes = [models.Index(fields=["candidate"], name="training_place_candidate")]

    def __str__(self) -> str:
        return f"{self.training_id}: {self.candidate_id}"


class SessionAttendance(models.Model):
    """Whether somebody was there on a day; no row: nobody has ticked it yet."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="attendance")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="training_days")
    came = models.BooleanField(_("was er"))
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")

    objects = OwnRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanwezigheid")
        verbose_name_plural = _("aanwezigheid")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "candidate"], name="session_attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.candidate_id}"
