"""What the bureau's own projects earn and cost."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau
from employers.enums import LineKind
from employers.models.commissions import MOST_AMOUNT
from employers.models.companies import Employer
from employers.models.subscriptions import EarningQuerySet


class ProjectLine(models.Model):
    """One amount that an own project earned or spent; the kind says which. What a commission pays is not kept here."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="lines", verbose_name=_("project"))
    on = models.DateField(_("dag"))
    kind = models.CharField(_("soort"), max_length=12, choices=LineKind.choices)
    what = models.CharField(_("waarvoor"), max_length=160)
    amount = models.DecimalField(_("bedrag"), max_digits=10, decimal_places=2)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EarningQuerySet.as_manager()

    class Meta:
        verbose_name = _("inkomsten of kosten")
        verbose_name_plural = _("inkomsten en kosten")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=MOST_AMOUNT), name="project_line_amount"
            )
        ]
        indexes = [models.Index(fields=["bureau", "employer", "-on"], name="project_line_by_day")]

    def __str__(self) -> str:
        return f"{self.on}: {self.what}"
