"""What a municipality pays for, and where money comes from and goes to."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau
from candidates.models import Fund
from impact.enums import AssignmentResult, FlowDirection, FlowKind
from impact.models.reading import ManagerRowQuerySet


class ImpactAssignment(models.Model):
    """A municipality pays an amount for a result in a period."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="assignments")
    name = models.CharField(_("naam"), max_length=160)
    client = models.CharField(_("opdrachtgever"), max_length=160)
    amount = models.DecimalField(_("bedrag in euro"), max_digits=12, decimal_places=2)
    result = models.CharField(_("wat telt"), max_length=12, choices=AssignmentResult.choices)
    target = models.PositiveIntegerField(_("doel"), null=True, blank=True)
    since = models.DateField(_("van"))
    until = models.DateField(_("tot en met"))

    objects = ManagerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("impactopdracht")
        verbose_name_plural = _("impactopdrachten")
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="assignment_period"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="assignment_amount"),
        ]

    def __str__(self) -> str:
        return self.name


class FundingFlow(models.Model):
    """Money in or out, by source and year."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="flows")
    assignment = models.ForeignKey(
        ImpactAssignment,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="flows",
        verbose_name=_("impactopdracht"),
    )
    year = models.PositiveSmallIntegerField(_("jaar"))
    direction = models.CharField(_("in of uit"), max_length=3, choices=FlowDirection.choices)
    kind = models.CharField(_("soort"), max_length=12, choices=FlowKind.choices, blank=True)
    fund = models.ForeignKey(
        Fund, models.SET_NULL, null=True, blank=True, related_name="flows", verbose_name=_("fonds")
    )
    source = models.CharField(_("bron of bestemming"), max_length=160)
    amount = models.DecimalField(_("bedrag in euro"), max_digits=12, decimal_places=2)
    note = models.CharField(_("toelichting"), max_length=300, blank=True)

    objects = ManagerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("geldstroom")
        verbose_name_plural = _("geldstromen")
        ordering = ["-year", "direction", "source", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="flow_amount"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="flow_year"),
            models.UniqueConstraint(
                fields=["fund", "year", "direction"],
                condition=Q(fund__isnull=False),
                name="flow_of_fund_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.source}"
