"""Work that a subscription paid for and that became an ordinary contract."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Candidate
from employers.models import Subscription
from matching.models.placements import Placement


class ConversionQuerySet(models.QuerySet["Conversion"]):
    def visible_to(self, membership: Membership) -> Self:
        """The bureau's for coach and manager; the own one for a candidate."""
        if membership.role in (Role.COACH, Role.MANAGER):
            return self.filter(bureau=membership.bureau_id)
        return self.filter(candidate=membership.candidate_id) if membership.candidate_id else self.none()


class Conversion(models.Model):
    """An ordinary contract after a subscription; a person counts once per subscription.

    subscription: its first period, which stands for the whole.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="conversions")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="conversions")
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="conversions")
    contract_on = models.DateField(_("contract vanaf"))
    noted_at = models.DateTimeField(_("genoteerd op"), default=timezone.now)

    objects = ConversionQuerySet.as_manager()

    class Meta:
        verbose_name = _("gewoon contract na een abonnement")
        verbose_name_plural = _("gewone contracten na een abonnement")
        ordering = ["-contract_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "candidate"], name="conversion_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id}: {self.contract_on}"
