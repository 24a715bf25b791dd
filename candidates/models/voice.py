"""What somebody says about the own file: this is not right, and what became of it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from candidates.enums import CorrectionOutcome, CorrectionPart
from candidates.models.people import Candidate, CandidateRowQuerySet


class CorrectionQuerySet(CandidateRowQuerySet):
    def open(self) -> Self:
        """Not answered yet."""
        return self.filter(answered_at__isnull=True)


class Correction(models.Model):
    """The candidate says what is not right; the coach changes it, or says why not. Nothing stays without an answer."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="corrections")
    part = models.CharField(
        _("waar gaat het over?"),
        max_length=12,
        choices=CorrectionPart.choices,
        default=CorrectionPart.OTHER,
    )
    text = models.TextField(_("wat klopt er niet?"), max_length=2000)
    said_at = models.DateTimeField(_("gezegd op"), default=timezone.now)
    outcome = models.CharField(_("uitkomst"), max_length=8, choices=CorrectionOutcome.choices, blank=True)
    answer = models.TextField(_("antwoord"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("beantwoord op"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, related_name="+", verbose_name=_("beantwoord door")
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correctie")
        verbose_name_plural = _("correcties")
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="")
                | (Q(answered_at__isnull=False) & ~Q(outcome="")),
                name="correction_answer_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=CorrectionOutcome.KEPT, answer=""), name="correction_kept_has_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["candidate"], condition=Q(answered_at__isnull=True), name="correction_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
