"""Dated figures with their source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import RateUnit, Role
from buurtbaan.bureaus.models.roles import Bureau, Membership


class RateQuerySet(models.QuerySet["Rate"]):
    def on(self, day: date) -> Self:
        """Rates that hold on a day; an undated rate holds always."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day)).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )

    def choose(self, kind: str, key: str, *, on: date, places: list[str]) -> Rate | None:
        """The rate for a day and the nearest place in `places` (nearest first); None where nobody knows it."""
        return self.choose_each([(kind, key)], on=on, places=places).get((kind, key))

    def choose_each(
        self, wanted: Sequence[tuple[str, str]], *, on: date, places: list[str]
    ) -> dict[tuple[str, str], Rate]:
        """The same for several kinds and keys, in one query; without what nobody knows."""
        kinds, keys = ({pair[part] for pair in wanted} for part in (0, 1))
        rows = self.on(on).filter(kind__in=kinds, key__in=keys, place__in=places)
        newest = (F("valid_from").asc(nulls_first=True), F("bureau").asc(nulls_first=True), "pk")
        found = {(rate.kind, rate.key, rate.place): rate for rate in rows.order_by(*newest)}
        near_last = [(pair, (*pair, place)) for pair in wanted for place in reversed(places)]
        return {pair: found[one] for pair, one in near_last if one in found}

    def usable_by(self, bureau: Bureau) -> Self:
        """Figures for everybody, and those that bureaus of the same municipality added."""
        return self.filter(Q(bureau=None) | Q(bureau__municipality=bureau.municipality_id))

    def visible_to(self, membership: Membership) -> Self:
        """The same for staff and for the municipality's officer; the platform administrator sees all."""
        if membership.role == Role.PLATFORM:
            return self
        if membership.role == Role.MUNICIPALITY:
            return self.filter(Q(bureau=None) | Q(bureau__municipality=membership.municipality_id))
        return self.usable_by(membership.bureau) if membership.bureau else self.filter(bureau=None)


class Rate(models.Model):
    """A dated figure with its source: minimum wage, benefit norm, social-return block value."""

    kind = models.SlugField(_("soort"), max_length=60)
    key = models.SlugField(_("onderdeel"), max_length=60)
    value = models.DecimalField(_("waarde"), max_digits=12, decimal_places=4)
    unit = models.CharField(_("eenheid"), max_length=20, choices=RateUnit.choices)
    valid_from = models.DateField(_("geldig vanaf"), null=True, blank=True)
    valid_until = models.DateField(_("geldig tot en met"), null=True, blank=True)
    place = models.CharField(_("geldt in"), max_length=60, default="NL")
    source = models.CharField(_("bron"), max_length=200)
    source_date = models.DateField(_("datum van de bron"), null=True, blank=True)
    note = models.CharField(_("opmerking"), max_length=300, blank=True)
    bureau = models.ForeignKey(
        Bureau,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("toegevoegd door bureau"),
    )

    objects = RateQuerySet.as_manager()

    class Meta:
        verbose_name = _("tarief")
        verbose_name_plural = _("tarieven")
        ordering = ["kind", "key", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="rate_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["kind", "key", "place", "valid_from", "bureau"],
                nulls_distinct=False,
                name="rate_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}.{self.key} = {self.amount} ({self.valid_from})"

    @property
    def amount(self) -> Decimal:
        return self.value.normalize()
