"""What goes along with a placement: hours that change, and conversations after the start."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
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
        indexes = [models.Index("bureau", RangeStartsWith("during"), name="hours_step_begins")]

    def __str__(self) -> str:
        return f"{self.hours} {self.during}"


class CheckInQuerySet(PlacementRowQuerySet):
    def visible_to(self, membership: Membership) -> Self:
        """Whoever may read the placement, but not the employer: it holds the candidate's own words."""
        return self.none() if membership.role == Role.EMPLOYER else super().visible_to(membership)


class CheckIn(models.Model):
    """Contact after the start: weeks 1, 4, 13, 26 and 52. What the employer says stands apart (EmployerQuestion).

    `told_on`: the candidate's answers are known, from the own page (`told_self`) or from the conversation. `done_on`:
    a colleague spoke with them, or read what they wrote. `asked_at`: the questions left by e-mail. `was`: what stood
    here before a colleague read it or wrote it down, for as long as that can be taken back.
    """

    TAKE_BACK = timedelta(hours=24)

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="check_ins")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    week = models.PositiveSmallIntegerField(_("week"))
    due_on = models.DateField(_("rond"))
    done_on = models.DateField(_("gesproken op"), null=True, blank=True)
    mood = models.CharField(_("hoe gaat het"), max_length=6, choices=CheckInMood.choices, blank=True)
    version = models.CharField(_("versie van de vragen"), max_length=8, blank=True)
    answers = models.JSONField(_("antwoorden van de kandidaat"), default=dict, blank=True)
    told_on = models.DateField(_("verteld op"), null=True, blank=True)
    told_self = models.BooleanField(_("vertelde het zelf"), default=False)
    skipped_on = models.DateField(_("overgeslagen op"), null=True, blank=True)
    skip_reason = models.CharField(_("waarom overgeslagen"), max_length=300, blank=True)
    moved_from = models.DateField(_("was eerst rond"), null=True, blank=True)
    candidate_words = models.TextField(_("in woorden van de kandidaat"), max_length=2000, blank=True)
    employer_words = models.TextField(_("in woorden van de werkgever"), max_length=2000, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(_("vragen gemaild op"), null=True, blank=True)
    was = models.JSONField(_("wat er daarvoor stond"), null=True, blank=True, editable=False)
    did_at = models.DateTimeField(_("opgeschreven op"), null=True, blank=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("nazorggesprek")
        verbose_name_plural = _("nazorggesprekken")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "week"], name="check_in_once_a_week"),
            models.CheckConstraint(condition=Q(week__in=CHECK_IN_WEEKS), name="check_in_week"),
            models.CheckConstraint(
                condition=Q(skipped_on=None, skip_reason="")
                | (Q(skipped_on__isnull=False, done_on=None) & ~Q(skip_reason="")),
                name="check_in_skipped_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "due_on"], condition=Q(done_on=None), name="check_in_due"),
            models.Index(
                fields=["bureau", "told_on"], condition=Q(mood__in=["mixed", "hard"]), name="check_in_told"
            ),
        ]

    def __str__(self) -> str:
        return f"week {self.week}"

    @property
    def is_open(self) -> bool:
        """Nobody spoke about it yet, and nobody skipped it."""
        return self.done_on is None and self.skipped_on is None

    @property
    def waits_for_reading(self) -> bool:
        """The candidate told something on the own page that no colleague has read."""
        return self.is_open and self.told_on is not None

    @property
    def may_take_back(self) -> bool:
        """Whether what a colleague last read or wrote here can still be taken back."""
        return (
            self.was is not None and self.did_at is not None and timezone.now() - self.did_at < self.TAKE_BACK
        )


def check_in_dates(starts_on: date) -> dict[int, date]:
    """When the five check-ins of a placement are due."""
    return {week: starts_on + timedelta(weeks=week) for week in CHECK_IN_WEEKS}
