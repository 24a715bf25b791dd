"""How somebody feels, in the own words."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models.people import Candidate, CandidateRowQuerySet


class Wellbeing(models.Model):
    """Answers on a day; a question that was skipped has none. Never a sum, never a diagnosis."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="wellbeings")
    filled_on = models.DateField(_("op"), default=timezone.localdate)
    version = models.CharField(_("versie van de vragen"), max_length=10)
    answers = models.JSONField(_("antwoorden"), default=dict, blank=True)
    words = models.TextField(_("in eigen woorden"), max_length=2000, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("hoe het gaat")
        verbose_name_plural = _("hoe het gaat")
        ordering = ["filled_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "filled_on"], name="wellbeing_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.filled_on}"
