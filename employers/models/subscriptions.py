"""Care subscriptions: a client pays monthly for support tasks, and that money funds positions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from employers.enums import SubscriptionState
from employers.models.companies import Employer
from employers.models.positions import Position

WARN_DAYS = (90, 60, 30)
"""Days before the last day on which somebody is told, each once."""
KEEPERS = frozenset({Role.COACH, Role.MANAGER})
MOST_HOURS, MOST_PRICE = 2000, 100_000
"""A month; more than this is a slip of the pen."""


class EarningQuerySet(models.QuerySet):
    """Rows about what the bureau earns."""

    def visible_to(self, membership: Membership) -> Self:
        """The bureau's own, for its coaches and its manager."""
        return self.filter(bureau=membership.bureau_id) if membership.role in KEEPERS else self.none()


class SubscriptionQuerySet(EarningQuerySet):
    def with_last_day(self) -> Self:
        """`until`: the day on which it stopped, or else the agreed last day."""
        return self.annotate(until=Coalesce("stopped_on", "ends_on"))

    def overlapping(self, first: date, last: date) -> Self:
        """Those that hold on some day from `first` to `last`."""
        return self.with_last_day().filter(starts_on__lte=last, until__gte=first)

    def holding(self, on: date) -> Self:
        """Those that hold on a day."""
        return self.overlapping(on, on)

    def newest_first(self) -> Self:
        """By the day on which they end."""
        return self.with_last_day().order_by("-until", "-pk")

    def left_with_people(self, on: date) -> Self:
        """Over, nothing came in its place, and somebody still works at a position that it funded.

        A position that another subscription funds on that day is looked after.
        """
        running = Q(placements__starts_on__lte=on) & (
            Q(placements__ended_on__isnull=True) | Q(placements__ended_on__gte=on)
        )
        funded = SubscriptionPosition.objects.filter(subscription__in=Subscription.objects.holding(on))
        working = Position.objects.filter(running, funding__subscription=OuterRef("pk"))
        alone = working.exclude(pk__in=funded.values("position"))
        return self.with_last_day().filter(
            Exists(alone), until__lt=on, followed_by__isnull=True, funding_after=""
        )


class Subscription(models.Model):
    """One period of a subscription; extending it makes the next period, tied by `follows`.

    stopped_on: the last day when it stopped before `ends_on`, or was left to run out on purpose. origin: the first
    period, which stands for the whole subscription; None on that period itself. funding_after: what pays for the
    people who stayed when it was over.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="subscriptions", verbose_name=_("opdrachtgever")
    )
    service = models.CharField(_("wat we doen"), max_length=160)
    hours_month = models.DecimalField(_("uren per maand"), max_digits=6, decimal_places=2)
    price_month = models.DecimalField(_("prijs per maand"), max_digits=9, decimal_places=2)
    starts_on = models.DateField(_("eerste dag"))
    ends_on = models.DateField(_("laatste dag"))
    stopped_on = models.DateField(_("stopt na"), null=True, blank=True)
    stop_reason = models.CharField(_("waarom"), max_length=200, blank=True)
    funding_after = models.CharField(_("wie betaalt daarna"), max_length=200, blank=True)
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", editable=False
    )
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="periods", editable=False
    )
    positions = models.ManyToManyField(
        Position, through="SubscriptionPosition", related_name="subscriptions", verbose_name=_("werkplekken")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("abonnement")
        verbose_name_plural = _("abonnementen")
        ordering = ["ends_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="subscription_period"),
            models.CheckConstraint(
                condition=Q(hours_month__gt=0, hours_month__lte=MOST_HOURS), name="subscription_hours"
            ),
            models.CheckConstraint(
                condition=Q(price_month__gte=0, price_month__lte=MOST_PRICE), name="subscription_price"
            ),
            models.CheckConstraint(
                condition=Q(stopped_on__isnull=True)
                | Q(stopped_on__gte=F("starts_on"), stopped_on__lte=F("ends_on")),
                name="subscription_stopped_within",
            ),
        ]
        indexes = [models.Index(fields=["bureau", "ends_on"], name="subscription_by_end")]

    def __str__(self) -> str:
        return self.service

    @property
    def last_day(self) -> date:
        """The last day that is paid for."""
        return self.stopped_on or self.ends_on

    @property
    def whole_id(self) -> int:
        """The key of the first period, which stands for the subscription as a whole."""
        return self.origin_id or self.pk

    @property
    def days_left(self) -> int:
        """Days from today to the last day; negative when it is over."""
        return (self.last_day - timezone.localdate()).days

    @property
    def state(self) -> SubscriptionState:
        if self.days_left < 0:
            return SubscriptionState.OVER
        if self.starts_on > timezone.localdate():
            return SubscriptionState.COMING
        return SubscriptionState.ENDING if self.days_left <= WARN_DAYS[0] else SubscriptionState.RUNNING


class SubscriptionPosition(models.Model):
    """A position that a subscription pays for."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="funded")
    position = models.ForeignKey(Position, models.CASCADE, related_name="funding")

    objects = EarningQuerySet.as_manager()

    class Meta:
        verbose_name = _("werkplek op een abonnement")
        verbose_name_plural = _("werkplekken op abonnementen")
        constraints = [
            models.UniqueConstraint(fields=["subscription", "position"], name="subscription_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.position_id}"


class SubscriptionMonth(models.Model):
    """Hours delivered in one month. month: its first day."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="months")
    month = models.DateField(_("maand"))
    hours = models.DecimalField(_("geleverde uren"), max_digits=6, decimal_places=2)
    note = models.CharField(_("opmerking"), max_length=200, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    objects = EarningQuerySet.as_manager()

    class Meta:
        verbose_name = _("geleverde maand")
        verbose_name_plural = _("geleverde maanden")
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "month"], name="subscription_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="subscription_month_first"),
            models.CheckConstraint(
                condition=Q(hours__gte=0, hours__lte=2 * MOST_HOURS), name="subscription_month_hours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.hours}"


class SubscriptionWarning(models.Model):
    """Somebody was told that a subscription ends; each of 90, 60 and 30 days at most once.

    settled_at: somebody acted on it. mailed_at: the e-mail left; recipient is empty when nobody holds the relation.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="warnings")
    days = models.PositiveSmallIntegerField(_("dagen tevoren"))
    given_at = models.DateTimeField(_("gewaarschuwd op"), default=timezone.now)
    settled_at = models.DateTimeField(_("afgehandeld op"), null=True, blank=True)
    recipient = models.EmailField(blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)

    objects = EarningQuerySet.as_manager()

    class Meta:
        verbose_name = _("waarschuwing")
        verbose_name_plural = _("waarschuwingen")
        ordering = ["-days", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "days"], name="subscription_warning_once"),
            models.CheckConstraint(condition=Q(days__in=WARN_DAYS), name="subscription_warning_days"),
        ]
        indexes = [
            models.Index(
                fields=["bureau"], condition=Q(settled_at__isnull=True), name="subscription_warning_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.days}"


def month_of(day: date) -> date:
    """The first day of the month of a day."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """The first day of the next month."""
    return month_of(month_of(month) + timedelta(days=31))
