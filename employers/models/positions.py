"""The work there is to do."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from employers.enums import (
    END_REQUIRED_FORMS,
    Guidance,
    LanguageLevel,
    PositionStatus,
    WorkForm,
)
from employers.models.companies import Employer, Location

ALL_DAYPARTS = 2**21 - 1


class PositionQuerySet(models.QuerySet["Position"]):
    def visible_to(self, membership: Membership) -> Self:
        """The bureau's positions for its staff; the own ones for an employer contact."""
        if membership.is_staff_role:
            return self.filter(bureau=membership.bureau_id)
        if membership.role == Role.EMPLOYER:
            return self.filter(employer=membership.employer_id)
        return self.none()

    def open(self) -> Self:
        """Published, and the employer is not taking a break."""
        return self.filter(status=PositionStatus.PUBLISHED).filter(
            Q(employer__paused_until__isnull=True) | Q(employer__paused_until__lt=timezone.localdate())
        )


class Position(models.Model):
    """Work that a person can do somewhere, of one work form."""

    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="positions")
    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="positions", verbose_name=_("werkgever")
    )
    location = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, related_name="positions", verbose_name=_("locatie")
    )
    title = models.CharField(_("wat is het werk"), max_length=120)
    description = models.TextField(_("omschrijving"), max_length=4000, blank=True)
    form = models.CharField(_("werkvorm"), max_length=20, choices=WorkForm.choices)
    status = models.CharField(
        _("stand"), max_length=10, choices=PositionStatus.choices, default=PositionStatus.DRAFT
    )
    tasks = ArrayField(models.IntegerField(), verbose_name=_("taken"), null=True, blank=True)
    talents = ArrayField(models.IntegerField(), verbose_name=_("gevraagde talenten"), null=True, blank=True)
    hours_min = models.DecimalField(
        _("uren per week vanaf"), max_digits=4, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(0.5), MaxValueValidator(40)],
    )  # fmt: skip
    hours_max = models.DecimalField(
        _("uren per week tot"), max_digits=4, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(0.5), MaxValueValidator(40)],
    )  # fmt: skip
    growth_possible = models.BooleanField(_("uren kunnen groeien"), default=True)
    hours_growth = models.DecimalField(
        _("uren kunnen groeien tot"), max_digits=4, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(0.5), MaxValueValidator(40)],
    )  # fmt: skip
    dayparts_asked = models.IntegerField(
        _("op welke dagdelen"), null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(ALL_DAYPARTS)],
    )  # fmt: skip
    dayparts_enough = models.PositiveSmallIntegerField(
        _("hoeveel van die dagdelen zijn genoeg"), null=True, blank=True, validators=[MaxValueValidator(21)]
    )
    conditions_offered = ArrayField(
        models.IntegerField(), verbose_name=_("wat we bieden"), null=True, blank=True
    )
    conditions_demanded = ArrayField(
        models.IntegerField(), verbose_name=_("wat het werk vraagt"), null=True, blank=True
    )
    dutch_level = models.PositiveSmallIntegerField(
        _("hoeveel Nederlands is nodig"), choices=LanguageLevel.choices, null=True, blank=True
    )
    guidance_languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("begeleiding in deze talen"), null=True, blank=True
    )
    guidance_offered = models.PositiveSmallIntegerField(
        _("begeleiding"), choices=Guidance.choices, null=True, blank=True
    )
    guidance_capacity = models.PositiveSmallIntegerField(
        _("hoeveel mensen kunnen we nu begeleiden"), null=True, blank=True
    )
    guide_name = models.CharField(_("wie begeleidt"), max_length=120, blank=True)
    places = models.PositiveSmallIntegerField(
        _("aantal plekken"), default=1, validators=[MinValueValidator(1)]
    )
    starts_from = models.DateField(_("kan beginnen vanaf"), null=True, blank=True)
    starts_until = models.DateField(_("kan beginnen tot en met"), null=True, blank=True)
    ends_on = models.DateField(_("loopt tot"), null=True, blank=True)
    musts = ArrayField(
        models.CharField(max_length=12), verbose_name=_("wat echt moet passen"), default=list, blank=True
    )
    published_on = models.DateField(_("open sinds"), null=True, blank=True)
    closed_reason = models.CharField(_("reden"), max_length=200, blank=True)
    import_key = models.CharField(max_length=64, blank=True, editable=False, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("werkplek")
        verbose_name_plural = _("werkplekken")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_min__isnull=True)
                | Q(hours_max__isnull=True)
                | Q(hours_max__gte=F("hours_min")),
                name="position_hours_range",
            ),
            models.CheckConstraint(
                condition=Q(hours_growth__isnull=True)
                | Q(hours_growth__gte=Coalesce("hours_max", "hours_min", "hours_growth")),
                name="position_hours_growth",
            ),
            models.CheckConstraint(
                condition=Q(starts_from__isnull=True)
                | Q(starts_until__isnull=True)
                | Q(starts_until__gte=F("starts_from")),
                name="position_start_window",
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="position_places"),
            models.CheckConstraint(
                condition=~Q(
                    form__in=sorted(END_REQUIRED_FORMS), status=PositionStatus.PUBLISHED, ends_on__isnull=True
                ),
                name="position_trial_has_end",
            ),
            models.UniqueConstraint(
                fields=["bureau", "import_key"], condition=~Q(import_key=""), name="position_import_once"
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "status", "title", "id"], name="position_by_status"),
            models.Index(fields=["bureau", "title", "id"], name="position_by_title"),
            models.Index(fields=["employer", "status"], name="position_by_employer"),
            GinIndex(fields=["tasks"], opclasses=["gin__int_ops"], name="position_tasks"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status == PositionStatus.PUBLISHED
