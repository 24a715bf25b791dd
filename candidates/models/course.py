"""What somebody agreed to, the way through the stages, and how it went."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from candidates.enums import (
    ConsentPurpose,
    Rung,
    Stage,
)
from candidates.models.people import Candidate, CandidateRowQuerySet


class ConsentQuerySet(CandidateRowQuerySet):
    def in_force(self) -> Self:
        """Given and not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Consent(models.Model):
    """One purpose, one recipient, a dated text: given, and withdrawn when the candidate says so."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("waarvoor"), max_length=20, choices=ConsentPurpose.choices)
    recipient = models.CharField(_("aan wie"), max_length=160, blank=True)
    text_version = models.CharField(_("versie van de tekst"), max_length=40)
    text = models.TextField(_("tekst"))
    given_at = models.DateTimeField(_("gegeven op"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    recorded_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    withdrawn_by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "purpose", "recipient"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_in_force_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.recipient}"


class StageChange(models.Model):
    """When somebody moved from one stage to another."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="stage_changes")
    from_stage = models.CharField(_("van"), max_length=12, choices=Stage.choices, blank=True)
    to_stage = models.CharField(_("naar"), max_length=12, choices=Stage.choices)
    on = models.DateField(_("op"), default=timezone.localdate)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(_("toelichting"), max_length=300, blank=True)

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("fasewissel")
        verbose_name_plural = _("fasewissels")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["candidate", "-on"], name="stage_change_candidate")]

    def __str__(self) -> str:
        return f"{self.from_stage} → {self.to_stage}"


class Measurement(models.Model):
    """A rung of the participation ladder on a day, and where somebody could grow to."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="measurements")
    measured_on = models.DateField(_("op"), default=timezone.localdate)
    rung = models.PositiveSmallIntegerField(_("trede nu"), choices=Rung.choices)
    potential = models.PositiveSmallIntegerField(
        _("kan groeien naar"), choices=Rung.choices, null=True, blank=True
    )
    answers = models.JSONField(_("antwoorden"), default=dict, blank=True)
    wellbeing = models.TextField(_("hoe gaat het, in eigen woorden"), max_length=2000, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("meting")
        verbose_name_plural = _("metingen")
        ordering = ["measured_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(rung__gte=1, rung__lte=6), name="measurement_rung"),
            models.CheckConstraint(
                condition=Q(potential__isnull=True) | Q(potential__gte=1, potential__lte=6),
                name="measurement_potential",
            ),
            models.UniqueConstraint(fields=["candidate", "measured_on"], name="measurement_once_a_day"),
        ]
        indexes = [models.Index(fields=["bureau", "measured_on"], name="measurement_bureau")]

    def __str__(self) -> str:
        return f"{self.measured_on}: {self.rung}"

    @property
    def rung_in_own_words(self) -> str:
        """The rung for the person to read."""
        return str(Rung(self.rung).own_words)

    @property
    def potential_in_own_words(self) -> str:
        """Where it can grow to, for the person to read."""
        return str(Rung(self.potential).own_words) if self.potential else ""
