"""The training budget: what somebody earned while keeping a benefit, saved for courses."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from candidates.enums import BudgetKind
from candidates.models.people import Candidate, CandidateRowQuerySet

MOST = Decimal("99999.99")


class BudgetLine(models.Model):
    """One line of a candidate's ledger, in euros to the cent: earnings are positive, courses negative.

    A trigger numbers the lines of a candidate and keeps the balance after each, one writer at a time; a check refuses
    a balance below zero. No line is ever changed: a mistake gets a line against it.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="budget_lines")
    number = models.PositiveIntegerField(_("volgnummer"), default=0, editable=False)
    on = models.DateField(_("op"), default=timezone.localdate)
    kind = models.CharField(_("soort"), max_length=12, choices=BudgetKind.choices)
    amount = models.DecimalField(_("bedrag"), max_digits=9, decimal_places=2)
    balance = models.DecimalField(
        _("daarna in het budget"), max_digits=9, decimal_places=2, default=Decimal(0), editable=False
    )
    text = models.CharField(_("waarvoor"), max_length=160)
    corrects = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="corrected_by",
        editable=False,
        verbose_name=_("zet recht"),
    )
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("regel in het opleidingsbudget")
        verbose_name_plural = _("regels in het opleidingsbudget")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(balance__gte=0), name="budget_never_negative"),
            models.CheckConstraint(
                condition=Q(kind=BudgetKind.EARNED, amount__gt=0, corrects__isnull=True)
                | Q(kind=BudgetKind.COURSE, amount__lt=0, corrects__isnull=True)
                | (Q(kind=BudgetKind.CORRECTION, corrects__isnull=False) & ~Q(amount=0)),
                name="budget_sign_of_kind",
            ),
            models.UniqueConstraint(fields=["candidate", "number"], name="budget_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.amount}"
