"""The wage value: what an expert from outside said that somebody's work is worth. We write it down, no more."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Candidate
from matching.models.job_coaching import CoachingQuerySet
from matching.models.placements import Placement

NEAR_END = timedelta(weeks=8)


class WageValueQuerySet(CoachingQuerySet):
    """For coach, manager and the person; the employer has the decision letter and reads nothing of it here."""

    def holding(self) -> Self:
        """Not taken out."""
        return self.filter(void_at=None)


class WageValue(models.Model):
    """A percentage of the minimum wage with its day, who set it and how. Never computed, never used to match.

    A row does not change: the next measurement is another row, a mistake is taken out with a reason.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="wage_values")
    percentage = models.DecimalField(
        _("loonwaarde"), max_digits=5, decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )  # fmt: skip
    measured_on = models.DateField(_("vastgesteld op"))
    assessed_by = models.CharField(_("vastgesteld door"), max_length=160)
    method = models.CharField(_("hoe"), max_length=160, blank=True)
    reference = models.CharField(_("kenmerk van het rapport of besluit"), max_length=80, blank=True)
    valid_from = models.DateField(_("geldt vanaf"))
    valid_until = models.DateField(_("geldt tot en met"), null=True, blank=True)
    noted_at = models.DateTimeField(_("genoteerd op"), default=timezone.now)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    void_at = models.DateTimeField(_("vervallen op"), null=True, blank=True)
    void_reason = models.CharField(_("waarom vervallen"), max_length=300, blank=True)
    void_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("vervallen door")
    )

    objects = WageValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("loonwaarde")
        verbose_name_plural = _("loonwaardes")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percentage__gte=0, percentage__lte=100), name="wage_value_percentage"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="wage_value_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(void_at__isnull=True) | ~Q(void_reason=""),
                name="wage_value_void_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["placement", "-valid_from"], name="wage_value_by_placement"),
            models.Index(
                fields=["bureau", "valid_until"], condition=Q(void_at=None), name="wage_value_by_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percentage}: {self.valid_from}"

    def holds(self, on: date) -> bool:
        """Whether it counts on a day."""
        return (
            self.void_at is None
            and self.valid_from <= on
            and (self.valid_until is None or on <= self.valid_until)
        )

    def ends_soon(self) -> bool:
        """Eight weeks before the end somebody has to ask for a new measurement."""
        today = timezone.localdate()
        return self.holds(today) and self.valid_until is not None and self.valid_until <= today + NEAR_END
