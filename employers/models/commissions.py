"""Commissions: somebody orders work from the neighbourhood and pays for it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau
from employers.enums import CommissionOrigin
from employers.models.companies import Employer
from employers.models.positions import Position
from employers.models.subscriptions import EarningQuerySet

MOST_AMOUNT = 5_000_000
"""Euro; more than this is a slip of the pen."""


class Commission(models.Model):
    """Work that somebody ordered. It counts in the year in which it starts.

    employer or client_name: who ordered it. project: the bureau's own project that does the work, whose income it is.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.ForeignKey(
        Employer, models.PROTECT, null=True, blank=True, related_name="commissions",
        verbose_name=_("opdrachtgever"),
    )  # fmt: skip
    client_name = models.CharField(_("opdrachtgever"), max_length=160, blank=True)
    what = models.CharField(_("wat is de opdracht"), max_length=200)
    amount = models.DecimalField(_("bedrag"), max_digits=10, decimal_places=2)
    starts_on = models.DateField(_("eerste dag"))
    ends_on = models.DateField(_("laatste dag"), null=True, blank=True)
    origin = models.CharField(
        _("waar het werk vandaan komt"), max_length=12, choices=CommissionOrigin.choices
    )
    done_before_by = models.CharField(_("wie deed het eerst"), max_length=160, blank=True)
    project = models.ForeignKey(
        Employer, models.PROTECT, null=True, blank=True, related_name="carried_out",
        verbose_name=_("eigen project dat het uitvoert"),
    )  # fmt: skip
    positions = models.ManyToManyField(
        Position, through="CommissionPosition", related_name="commissions", verbose_name=_("werkplekken")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EarningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opdracht")
        verbose_name_plural = _("opdrachten")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(employer__isnull=False, client_name="")
                | (Q(employer__isnull=True) & ~Q(client_name="")),
                name="commission_one_client",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lte=MOST_AMOUNT), name="commission_amount"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="commission_period"
            ),
        ]
        indexes = [models.Index(fields=["bureau", "-starts_on"], name="commission_by_start")]

    def __str__(self) -> str:
        return self.what

    @property
    def client(self) -> str:
        """Who ordered it."""
        return self.employer.name if self.employer else self.client_name


class CommissionPosition(models.Model):
    """A position to which a commission gives work."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    commission = models.ForeignKey(Commission, models.CASCADE, related_name="work")
    position = models.ForeignKey(Position, models.CASCADE, related_name="ordered")

    objects = EarningQuerySet.as_manager()

    class Meta:
        verbose_name = _("werkplek bij een opdracht")
        verbose_name_plural = _("werkplekken bij opdrachten")
        constraints = [
            models.UniqueConstraint(fields=["commission", "position"], name="commission_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.commission_id}: {self.position_id}"
