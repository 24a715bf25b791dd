"""The displacement check of a position."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from employers.enums import CheckDecision, ExceptionGround
from employers.models.companies import Employer, EmployerRowQuerySet
from employers.models.positions import Position


class DisplacementCheck(models.Model):
    """Does this position push out a paid job? Answered by one, decided by another, kept for good."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    position = models.ForeignKey(Position, models.CASCADE, related_name="displacement_checks")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    version = models.CharField(_("versie van de vragen"), max_length=20)
    answers = models.JSONField(_("antwoorden"), default=dict)
    filled_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    filled_at = models.DateTimeField(_("ingevuld op"), default=timezone.now)
    decision = models.CharField(_("besluit"), max_length=16, choices=CheckDecision.choices, blank=True)
    grounds = ArrayField(
        models.CharField(max_length=12, choices=ExceptionGround.choices),
        verbose_name=_("gronden voor de uitzondering"), default=list, blank=True,
    )  # fmt: skip
    reason = models.TextField(_("waarom"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("besloten op"), null=True, blank=True)

    objects = EmployerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdringingstoets")
        verbose_name_plural = _("verdringingstoetsen")
        ordering = ["-filled_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False) & ~Q(reason="")),
                name="check_decision_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(filled_by__isnull=True)
                | ~Q(decided_by=F("filled_by")),
                name="check_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decision=CheckDecision.EXCEPTION) & ~Q(grounds=[])
                | ~Q(decision=CheckDecision.EXCEPTION) & Q(grounds=[]),
                name="check_exception_has_grounds",
            ),
            models.UniqueConstraint(fields=["position"], condition=Q(decision=""), name="check_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.position_id}: {self.decision or '…'}"

    @property
    def is_exception(self) -> bool:
        """Approved although an answer gave pause."""
        return self.decision == CheckDecision.EXCEPTION

    @property
    def ground_words(self) -> list[str]:
        """Why it was, in the reader's language."""
        return [str(ExceptionGround(code).label) for code in self.grounds if code in ExceptionGround.values]
