"""Social return: what a company promised a principal to do for people, and what it did about it.

The values are thought-up values of effort, agreed with the principal. They are no savings and never added to them.
No row says about whom it is: a line has no name, only what kind of effort it was.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, DecimalField, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import RateUnit
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.rules.wage_subsidy import cents
from employers.models.companies import Employer

MONEY = DecimalField(max_digits=14, decimal_places=2)
HUNDRED = Decimal(100)


class BureauRowQuerySet(models.QuerySet):
    def visible_to(self, membership: Membership) -> Self:
        """The bureau's rows, for its staff alone."""
        return self.filter(bureau=membership.bureau_id) if membership.is_staff_role else self.none()


class SocialReturnQuerySet(BureauRowQuerySet):
    def with_sums(self) -> Self:
        """With `approved` and `noted` in euros, and `unknown`: how many lines have no value yet."""
        lines = SocialReturnLine.objects.filter(obligation=OuterRef("pk")).order_by().values("obligation")

        def total(which: Q) -> Coalesce:
            found = lines.filter(which).annotate(total=Sum("amount")).values("total")
            return Coalesce(Subquery(found, output_field=MONEY), Value(Decimal(0)), output_field=MONEY)

        unknown = lines.filter(amount=None).annotate(total=Count("pk")).values("total")
        return self.annotate(
            approved=total(Q(approved_on__isnull=False)),
            noted=total(Q()),
            unknown=Coalesce(Subquery(unknown), 0),
        )


class SocialReturn(models.Model):
    """An obligation from one contract: an amount, or a share of what the contract is worth.

    place: whose table of values counts, as in Rate.place.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="social_returns")
    contract = models.CharField(_("naam van het contract"), max_length=160)
    principal = models.CharField(_("opdrachtgever"), max_length=120)
    contract_amount = models.DecimalField(
        _("contractwaarde"), max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    share = models.DecimalField(
        _("percentage"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(HUNDRED)],
    )  # fmt: skip
    amount = models.DecimalField(
        _("vast bedrag"), max_digits=12, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )  # fmt: skip
    place = models.CharField(_("tabel met waarden"), max_length=60)
    starts_on = models.DateField(_("vanaf"))
    ends_on = models.DateField(_("tot en met"))
    note = models.CharField(_("afspraken"), max_length=300, blank=True)
    settled_on = models.DateField(_("afgerond op"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SocialReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("social return")
        verbose_name_plural = _("social return")
        ordering = ["ends_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(share__isnull=True, amount__isnull=False)
                | Q(share__isnull=False, amount__isnull=True),
                name="social_return_share_or_amount",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="social_return_period"),
        ]
        indexes = [models.Index(fields=["bureau", "ends_on"], name="social_return_by_end")]

    def __str__(self) -> str:
        return self.contract

    @property
    def target(self) -> Decimal:
        """Euros to fulfil, to the cent."""
        if self.amount is not None:
            return self.amount
        return cents(self.contract_amount * (self.share or Decimal(0)) / HUNDRED)


class SocialReturnLine(models.Model):
    """Something that was done: a block of the table times how much of it, or an amount agreed on for once.

    amount: euros; None while no table tells the block's value for the place and day. value, unit and source are kept
    as they were when the line was reckoned.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    obligation = models.ForeignKey(SocialReturn, models.CASCADE, related_name="lines")
    block = models.SlugField(_("soort inspanning"), max_length=60, blank=True)
    what = models.CharField(_("wat is er gedaan"), max_length=160)
    on = models.DateField(_("vanaf welke dag"))
    fte = models.DecimalField(
        _("deel van een voltijdsbaan"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    months = models.DecimalField(_("maanden"), max_digits=5, decimal_places=2, null=True, blank=True)
    hours = models.DecimalField(_("uren"), max_digits=7, decimal_places=2, null=True, blank=True)
    amount = models.DecimalField(_("waarde"), max_digits=12, decimal_places=2, null=True, blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True, editable=False)
    unit = models.CharField(max_length=20, choices=RateUnit.choices, blank=True, editable=False)
    source = models.CharField(max_length=200, blank=True, editable=False)
    evidence = models.FileField(_("bewijs"), upload_to="social-return/", blank=True)
    evidence_name = models.CharField(max_length=120, blank=True, editable=False)
    evidence_kind = models.CharField(max_length=40, blank=True, editable=False)
    evidence_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    approved_on = models.DateField(_("goedgekeurd op"), null=True, blank=True)
    approved_by = models.CharField(_("goedgekeurd door"), max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = BureauRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspanning")
        verbose_name_plural = _("inspanningen")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_on=None) | (Q(amount__isnull=False) & ~Q(approved_by="")),
                name="social_return_approved_has_value",
            ),
        ]

    def __str__(self) -> str:
        return self.what
