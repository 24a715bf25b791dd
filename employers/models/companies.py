"""Those who give someone a chance: employers, their people and places."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area, Bureau, Membership
from employers.enums import (
    EmployerKind,
    Facility,
)
from employers.relation_enums import OrganisationForm, PsoStep


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
    organisation_form = models.CharField(
        _("rechtsvorm"), max_length=14, choices=OrganisationForm.choices, blank=True
    )
    pso_step = models.CharField(
        _("trede op de PSO-ladder"), max_length=8, choices=PsoStep.choices, blank=True
    )
    pso_on = models.DateField(_("PSO sinds"), null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(pso_on__isnull=True) | ~Q(pso_step=""), name="employer_pso_has_step"
            ),
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
    approximate = models.BooleanField(_("punt bij benadering"), default=False, editable=False)
    facilities = ArrayField(
        models.CharField(max_length=20, choices=Facility.choices),
        verbose_name=_("wat er is"),
        default=list,
        blank=True,
    )
    accessibility = models.CharField(_("toegankelijkheid"), max_length=200, blank=True)

    objects = EmployerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("locatie")
        verbose_name_plural = _("locaties")
        ordering = ["pk"]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.address, self.city) if part) or str(_("Locatie"))

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, where both are known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def facility_labels(self) -> list[str]:
        """What there is, in words and in the order of the list."""
        return [str(one.label) for one in Facility if one in self.facilities]


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
