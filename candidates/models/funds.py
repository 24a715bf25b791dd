"""Where the hours of a conversation are claimed."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau
from candidates.models.people import BureauQuerySet


class Fund(models.Model):
    """A source of money on which hours with people are claimed. A conversation names one: no hour counts twice."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="funds")
    name = models.CharField(_("naam"), max_length=80)
    since = models.DateField(_("vanaf"), null=True, blank=True)
    until = models.DateField(_("tot en met"), null=True, blank=True)

    objects = BureauQuerySet.as_manager()

    class Meta:
        verbose_name = _("fonds")
        verbose_name_plural = _("fondsen")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "name"], name="fund_once"),
            models.CheckConstraint(condition=~Q(name=""), name="fund_has_name"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="fund_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def runs_on(self, day: date) -> bool:
        """Whether hours of a day may be claimed here."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
