"""Municipalities, areas and postcodes: what the country has, whoever works there."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import AreaKind


class Municipality(models.Model):
    """A municipality as CBS knows it; its threshold decides which small counts stay out of reports."""

    code = models.CharField(
        _("CBS-code"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^GM\d{4}$", _("GM en vier cijfers"))],
    )
    name = models.CharField(_("naam"), max_length=80)
    suppression_threshold = models.PositiveSmallIntegerField(
        _("kleinste aantal in een uitsplitsing"),
        default=5,
        validators=[MinValueValidator(5), MaxValueValidator(10)],
    )

    class Meta:
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^GM\d{4}$"), name="municipality_code"),
            models.CheckConstraint(
                condition=Q(suppression_threshold__gte=5, suppression_threshold__lte=10),
                name="municipality_threshold",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A district (WK) or neighbourhood (BU) of a municipality, with the four-digit postcodes in it."""

    code = models.CharField(
        _("CBS-code"),
        max_length=10,
        unique=True,
        validators=[
            RegexValidator(r"^(WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})$", _("WK of BU met cijfers en letters"))
        ],
    )
    name = models.CharField(_("naam"), max_length=80)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="areas", verbose_name=_("gemeente")
    )
    postcodes = models.JSONField(_("postcodes (vier cijfers)"), default=list, blank=True)
    latitude = models.FloatField(_("breedtegraad"), null=True, blank=True)
    longitude = models.FloatField(_("lengtegraad"), null=True, blank=True)

    class Meta:
        verbose_name = _("wijk of buurt")
        verbose_name_plural = _("wijken en buurten")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^(WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4})$"), name="area_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> AreaKind:
        return AreaKind(self.code[:2])


class Postcode(models.Model):
    """The middle of a four-digit postcode, from the file that an operator gives (`manage.py import_postcodes`)."""

    digits = models.CharField(
        _("postcode (vier cijfers)"),
        max_length=4,
        primary_key=True,
        validators=[RegexValidator(r"^[1-9]\d{3}$", _("Vier cijfers."))],
    )
    place = models.CharField(_("plaats"), max_length=180)
    latitude = models.FloatField(_("breedtegraad"))
    longitude = models.FloatField(_("lengtegraad"))

    class Meta:
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        ordering = ["digits"]
        constraints = [
            models.CheckConstraint(condition=Q(digits__regex=r"^[1-9][0-9]{3}$"), name="postcode_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.digits} {self.place}"
