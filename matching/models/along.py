"""What goes along with a placement: hours that change, and conversations after the start."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Candidate
from employers.models import Employer
from matching.enums import (
    CheckInMood,
)
from matching.models.placements import Placement

CHECK_IN_WEEKS = (1, 4, 13, 26, 52)


class PlacementRowQuerySet(models.QuerySet):
    """Rows that hang on a placement."""

    def visible_to(self, membership: Membership) -> Self:
        """Whoever may read the placement."""
        return self.filter(placement__in=Placement.objects.visible_to(membership).values("pk"))


class HoursStep(models.Model):
    """Hours a week over a date range (until is exclusive, open at the end while it holds); up, down or level."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="hours_steps")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    hours = models.DecimalField(
        _("uren per week"), max_digits=4, decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(40)],
    )  # fmt: skip
    during = DateRangeField(_("periode"))
    reason = models.CharField(_("in woorden van de kandidaat"), max_length=300, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("bevestigd door de werkgever"), null=True, blank=True)

    objects = PlacementRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("urenstap")
        verbose_name_plural = _("urenstappen")
        ordering = ["during"]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gte=0.5, hours__lte=40), name="hours_step_range"),
            models.CheckConstraint(condition=Q(during__isempty=False), name="hours_step_not_empty"),
            ExclusionConstraint(
                name="hours_steps_never_overlap",
                expressions=[("placement", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours} {self.during}"


class CheckInQuerySet(PlacementRowQuerySet):
    def visible_to(self, membership: Membership) -> Self:
        """Whoever may read the placement, but not the employer: it holds the candidate's own words."""
        return self.none() if membership.role == Role.EMPLOYER else super().visible_to(membership)


class CheckIn(models.Model):
    """Contact after the start: weeks 1, 4, 13, 26 and 52."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="check_ins")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    week = models.PositiveSmallIntegerField(_("week"))
    due_on = models.DateField(_("rond"))
    done_on = models.DateField(_("gesproken op"), null=True, blank=True)
    mood = models.CharField(_("hoe gaat het"), max_length=6, choices=CheckInMood.choices, blank=True)
    candidate_words = models.TextField(_("in woorden van de kandidaat"), max_length=2000, blank=True)
    employer_words = models.TextField(_("in woorden van de werkgever"), max_length=2000, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("nazorggesprek")
        verbose_name_plural = _("nazorggesprekken")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "week"], name="check_in_once_a_week"),
            models.CheckConstraint(condition=Q(week__in=CHECK_IN_WEEKS), name="check_in_week"),
        ]
        indexes = [models.Index(fields=["bureau", "due_on"], condition=Q(done_on=None), name="check_in_due")]

    def __str__(self) -> str:
        return f"week {self.week}"


def check_in_dates(starts_on: date) -> dict[int, date]:
    """When the five check-ins of a placement are due."""
    return {week: starts_on + timedelta(weeks=week) for week in CHECK_IN_WEEKS}
