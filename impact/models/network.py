"""Bureaus that lay their released figures beside each other's, without telling whose they are."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from impact.models.reading import ManagerRowQuerySet


class NetworkPlace(models.Model):
    """That a bureau takes part, chosen by its manager. key: a random number, the only thing others see of it."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    named = models.BooleanField(_("anderen mogen onze naam zien"), default=False)
    joined_at = models.DateTimeField(_("doet mee sinds"), default=timezone.now)
    joined_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    left_at = models.DateTimeField(_("gestopt op"), null=True, blank=True)

    objects = ManagerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("deelname aan de vergelijking")
        verbose_name_plural = _("deelnames aan de vergelijking")
        ordering = ["-joined_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau"], condition=Q(left_at__isnull=True), name="network_place_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class NetworkFigureQuerySet(models.QuerySet["NetworkFigure"]):
    def visible_to(self, membership: Membership) -> Self:
        """All of them, for the manager of a bureau that takes part itself."""
        if membership.role != Role.MANAGER:
            return self.none()
        return self.filter(Exists(NetworkPlace.objects.visible_to(membership).filter(left_at=None)))


class NetworkFigure(models.Model):
    """One share, in percents, from a released report, for bureaus that take part; holds no bureau and no count.

    key: of the place, not of the bureau. name: the bureau's, only where it agreed. since, until: of the report.
    """

    key = models.UUIDField()
    name = models.CharField(_("naam"), max_length=120, blank=True)
    indicator = models.CharField(_("cijfer"), max_length=40)
    percent = models.PositiveSmallIntegerField(_("procent"))
    since = models.DateField(_("van"))
    until = models.DateField(_("tot en met"))

    objects = NetworkFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("cijfer in de vergelijking")
        verbose_name_plural = _("cijfers in de vergelijking")
        ordering = ["indicator", "percent", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["key", "indicator"], name="network_figure_once"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="network_figure_percent"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="network_figure_period"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.percent}"
