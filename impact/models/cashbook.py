"""The social cash book: what an activity cost, what it was worth, and for whom."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models.people import BureauQuerySet
from impact.enums import Known, Stakeholder

MOST = 1_000_000
"""Euro; more than this for one activity is a slip of the pen."""
UNDO_FOR = timedelta(days=1)


class CashbookQuerySet(BureauQuerySet):
    def holding(self) -> Self:
        """Lines that nobody replaced or took back."""
        return self.filter(void_at=None)


class CashbookEntry(models.Model):
    """One activity for one kind of people: what it cost and what it was worth, each with how that is known.

    A line never changes: another one replaces it, and the old one stays to be read. None: nobody knows.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    on = models.DateField(_("wanneer"), default=timezone.localdate)
    activity = models.CharField(_("wat hebben jullie gedaan"), max_length=120)
    stakeholder = models.CharField(_("voor wie"), max_length=14, choices=Stakeholder.choices)
    cost = models.DecimalField(_("wat kostte het"), max_digits=10, decimal_places=2, null=True, blank=True)
    cost_known = models.CharField(
        _("hoe weet je wat het kostte"), max_length=10, choices=Known.choices, blank=True
    )
    value = models.DecimalField(
        _("wat leverde het op"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    value_known = models.CharField(
        _("hoe weet je wat het opleverde"), max_length=10, choices=Known.choices, blank=True
    )
    note = models.CharField(_("toelichting"), max_length=300, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField(_("genoteerd op"), default=timezone.now)
    replaces = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replaced_by", editable=False
    )
    void_at = models.DateTimeField(_("vervallen op"), null=True, blank=True)
    void_by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CashbookQuerySet.as_manager()

    class Meta:
        verbose_name = _("regel in het sociaal kasboek")
        verbose_name_plural = _("regels in het sociaal kasboek")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0, cost__lte=MOST), name="cashbook_cost"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0, value__lte=MOST), name="cashbook_value"
            ),
            models.CheckConstraint(
                condition=(Q(cost__isnull=True) | ~Q(cost_known=""))
                & (Q(value__isnull=True) | ~Q(value_known="")),
                name="cashbook_has_sources",
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=False) | Q(value__isnull=False), name="cashbook_says_something"
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(void_at=None), name="cashbook_replaced_once"
            ),
        ]
        indexes = [models.Index(fields=["bureau", "-on"], condition=Q(void_at=None), name="cashbook_by_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.activity}"

    @property
    def may_undo(self) -> bool:
        """Within a day, while it holds."""
        return self.void_at is None and timezone.now() - self.noted_at < UNDO_FOR

    @property
    def over(self) -> Decimal | None:
        """Worth less cost, where both are known."""
        return None if self.cost is None or self.value is None else self.value - self.cost
