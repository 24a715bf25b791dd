"""Funds: what they ask, when they want to hear from us, and the hours that are claimed on them."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership, User
from candidates.models.people import BureauQuerySet

MOST_HOURS = 100_000


class Fund(models.Model):
    """A source of money on which hours with people are claimed. A conversation names one: no hour counts twice.

    conditions: what the fund asks, in plain words. amount, hours_most: what was granted; None is not known.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="funds")
    name = models.CharField(_("naam"), max_length=80)
    since = models.DateField(_("vanaf"), null=True, blank=True)
    until = models.DateField(_("tot en met"), null=True, blank=True)
    conditions = models.TextField(_("voorwaarden"), max_length=2000, blank=True)
    amount = models.DecimalField(
        _("toegezegd bedrag"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    hours_most = models.PositiveIntegerField(
        _("hoogste aantal uren"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)],
    )  # fmt: skip

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
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="fund_amount"),
        ]

    def __str__(self) -> str:
        return self.name

    def runs_on(self, day: date) -> bool:
        """Whether hours of a day may be claimed here."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class FundDeadline(models.Model):
    """A day on which a fund wants something from us: a plan, an account, a last bill."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    fund = models.ForeignKey(Fund, models.CASCADE, related_name="deadlines")
    what = models.CharField(_("wat moet er klaar zijn"), max_length=120)
    due_on = models.DateField(_("uiterlijk op"))
    done_on = models.DateField(_("klaar op"), null=True, blank=True)
    done_by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = BureauQuerySet.as_manager()

    class Meta:
        verbose_name = _("termijn van een fonds")
        verbose_name_plural = _("termijnen van fondsen")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "what", "due_on"], name="fund_deadline_once"),
            models.CheckConstraint(condition=~Q(what=""), name="fund_deadline_says_what"),
        ]
        indexes = [
            models.Index(fields=["bureau", "due_on"], condition=Q(done_on=None), name="fund_deadline_open")
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.due_on}"

    @property
    def days(self) -> int:
        """Days from today; negative when it is late."""
        return (self.due_on - timezone.localdate()).days


class HourClaimQuerySet(models.QuerySet["HourClaim"]):
    def visible_to(self, membership: Membership) -> Self:
        """The bureau's for its manager, the own hours for a colleague."""
        if not membership.is_staff_role:
            return self.none()
        rows = self.filter(bureau=membership.bureau_id)
        return rows if membership.role == Role.MANAGER else rows.filter(worker=membership.user_id)

    def holding(self) -> Self:
        """Claims that nobody took back."""
        return self.filter(void_at=None)


class HourClaim(models.Model):
    """Time of a colleague that is claimed on one fund.

    The database refuses two claims of one person for the same time, on whichever fund and in whichever role or
    bureau. A claim never changes: it is taken back with a reason, and another one is made.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    fund = models.ForeignKey(Fund, models.RESTRICT, related_name="claims", verbose_name=_("fonds"))
    worker = models.ForeignKey(User, models.RESTRICT, related_name="+", verbose_name=_("wie"))
    day = models.DateField(_("dag"))
    during = DateTimeRangeField(_("van en tot"))
    what = models.CharField(_("wat heb je gedaan"), max_length=160)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField(_("genoteerd op"), default=timezone.now)
    void_at = models.DateTimeField(_("teruggenomen op"), null=True, blank=True)
    void_by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    void_reason = models.CharField(_("waarom"), max_length=200, blank=True)

    objects = HourClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("uren op een fonds")
        verbose_name_plural = _("uren op fondsen")
        ordering = ["-day", "-pk"]
        constraints = [
            ExclusionConstraint(
                name="hour_claimed_once",
                expressions=[("worker", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(void_at=None),
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
                name="hour_claim_has_ends",
            ),
            models.CheckConstraint(
                condition=Q(void_at=None) | ~Q(void_reason=""), name="hour_claim_void_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["bureau", "fund", "day"], name="hour_claim_by_fund")]

    def __str__(self) -> str:
        return f"{self.day} {self.what}"

    @property
    def minutes(self) -> int:
        """How long it took."""
        return int((self.during.upper - self.during.lower).total_seconds() // 60)
