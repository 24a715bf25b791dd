"""Those who give someone a chance: employers, their people and places, and the work there is to do."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area, Bureau, Membership
from employers.enums import (
    END_REQUIRED_FORMS,
    CheckDecision,
    EmployerKind,
    Guidance,
    LanguageLevel,
    PositionStatus,
    WorkForm,
)

ALL_DAYPARTS = 2**21 - 1


class EmployerQuerySet(models.QuerySet["Employer"]):
    def visible_to(self, membership: Membership) -> Self:
        """The bureau's employers for its staff; the own company for its contact."""
        if membership.is_staff_role:
            return self.filter(bureau=membership.bureau_id)
        if membership.role == Role.EMPLOYER:
            return self.filter(pk=membership.employer_id)
        return self.none()


class EmployerRowQuerySet(models.QuerySet):
    """Rows that hang on an employer."""

    def visible_to(self, membership: Membership) -> Self:
        """The bureau's for its staff; the own company's for its contact."""
        if membership.is_staff_role:
            return self.filter(bureau=membership.bureau_id)
        if membership.role == Role.EMPLOYER:
            return self.filter(employer=membership.employer_id)
        return self.none()


class Employer(models.Model):
    """A social entrepreneur, another employer, or a project of the bureau itself."""

    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="employers")
    name = models.CharField(_("naam"), max_length=120)
    kind = models.CharField(_("soort"), max_length=12, choices=EmployerKind.choices)
    kvk = models.CharField(
        _("KvK-nummer"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{8}$", _("Een KvK-nummer heeft acht cijfers."))],
    )
    sector = models.CharField(_("sector (SBI-afdeling)"), max_length=2, blank=True)
    sector_name = models.CharField(_("wat ze doen"), max_length=120, blank=True)
    employees = models.PositiveIntegerField(_("aantal medewerkers"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    story = models.TextField(_("over deze werkgever"), max_length=4000, blank=True)
    environment = ArrayField(
        models.IntegerField(), verbose_name=_("wat de werkplek biedt"), null=True, blank=True
    )
    owner = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("relatie van")
    )
    named_in_reports = models.BooleanField(_("mag met naam in het rapport"), default=False)
    paused_until = models.DateField(_("even geen voorstellen tot"), null=True, blank=True)
    last_contact_on = models.DateField(_("laatst gesproken"), null=True, blank=True)
    import_key = models.CharField(max_length=64, blank=True, editable=False, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        verbose_name = _("werkgever")
        verbose_name_plural = _("werkgevers")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "name"], name="employer_name_once"),
            models.UniqueConstraint(fields=["bureau", "kvk"], condition=~Q(kvk=""), name="employer_kvk_once"),
            models.CheckConstraint(condition=Q(kvk="") | Q(kvk__regex=r"^\d{8}$"), name="employer_kvk"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_paused(self) -> bool:
        return self.paused_until is not None and self.paused_until >= timezone.localdate()


class Location(models.Model):
    """A place where the work is done."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="locations")
    name = models.CharField(_("naam"), max_length=120, blank=True)
    address = models.CharField(_("straat en nummer"), max_length=160, blank=True)
    postcode = models.CharField(
        _("postcode"), max_length=6, blank=True,
        validators=[RegexValidator(r"^[1-9]\d{3}([A-Z]{2})?$", _("Vier cijfers, eventueel met twee letters."))],
    )  # fmt: skip
    city = models.CharField(_("plaats"), max_length=80, blank=True)
    area = models.ForeignKey(
        Area, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("buurt")
    )
    latitude = models.FloatField(_("breedtegraad"), null=True, blank=True)
    longitude = models.FloatField(_("lengtegraad"), null=True, blank=True)
    accessibility = models.CharField(_("toegankelijkheid"), max_length=200, blank=True)

    objects = EmployerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("locatie")
        verbose_name_plural = _("locaties")
        ordering = ["pk"]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.address, self.city) if part) or str(_("Locatie"))


class Contact(models.Model):
    """Somebody at an employer; with an account once they accepted the invitation."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="contacts")
    name = models.CharField(_("naam"), max_length=120)
    task = models.CharField(_("functie"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=20, blank=True)
    membership = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="contacts"
    )

    objects = EmployerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("contactpersoon")
        verbose_name_plural = _("contactpersonen")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


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


class DisplacementCheck(models.Model):
    """Does this position push out a paid job? Answered by one, decided by another, kept for good."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    position = models.ForeignKey(Position, models.CASCADE, related_name="displacement_checks")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    version = models.CharField(_("versie van de vragen"), max_length=20)
    answers = models.JSONField(_("antwoorden"), default=dict)
    filled_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    filled_at = models.DateTimeField(_("ingevuld op"), default=timezone.now)
    decision = models.CharField(_("besluit"), max_length=16, choices=CheckDecision.choices, blank=True)
    reason = models.TextField(_("waarom"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("besloten op"), null=True, blank=True)

    objects = EmployerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdringingstoets")
        verbose_name_plural = _("verdringingstoetsen")
        ordering = ["-filled_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False) & ~Q(reason="")),
                name="check_decision_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(filled_by__isnull=True)
                | ~Q(decided_by=F("filled_by")),
                name="check_decided_by_another",
            ),
            models.UniqueConstraint(fields=["position"], condition=Q(decision=""), name="check_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.position_id}: {self.decision or '…'}"
