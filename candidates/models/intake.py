"""The intake, and whom to avoid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models.people import Candidate, CandidateRowQuerySet

ALL_DAYPARTS = 2**21 - 1


def _terms(label: Any) -> ArrayField:
    return ArrayField(models.IntegerField(), verbose_name=label, null=True, blank=True)


class Intake(models.Model):
    """The coach's record: dreams first, then talents and what the person needs at work.

    NULL means not asked yet; an empty list means asked, and there is nothing. `provenance` says per field who
    noted it and when, and with `unknown` that the person does not know yet: asked, and still NULL. One row per
    candidate; the audit trail holds what it was before.

    talents_proof: id of a talent (as text) to where it showed. language_levels: code of a language to 0–4, as for
    Dutch. summary_signature: the drawn name as an SVG path. summary_basis: the hash of the answers that the candidate
    approved, so that a summary that is no longer true says so.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.OneToOneField(Candidate, models.CASCADE, related_name="intake")
    started_on = models.DateField(_("begonnen op"), default=timezone.localdate)
    completed_on = models.DateField(_("afgerond op"), null=True, blank=True)
    dreams = models.TextField(_("waar droom je van?"), max_length=4000, blank=True)
    wishes = models.TextField(_("wat wil je dat er verandert?"), max_length=4000, blank=True)
    energy = models.TextField(_("waar krijg je energie van?"), max_length=4000, blank=True)
    talents_claimed = _terms(_("talenten, volgens mij"))
    talents_shown = _terms(_("talenten, al laten zien"))
    talents_evidence = models.TextField(_("waar bleek dat?"), max_length=2000, blank=True)
    talents_proof = models.JSONField(_("waar een talent bleek"), default=dict, blank=True)
    tasks_liked = _terms(_("taken die ik graag doe"))
    tasks_to_learn = _terms(_("taken die ik wil leren"))
    tasks_rather_not = _terms(_("taken liever niet"))
    hours_now = models.DecimalField(
        _("uren per week nu"), max_digits=4, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(40)],
    )  # fmt: skip
    hours_wished = models.DecimalField(
        _("uren per week later"), max_digits=4, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(40)],
    )  # fmt: skip
    dayparts = models.IntegerField(
        _("wanneer kun je?"), null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(ALL_DAYPARTS)],
    )  # fmt: skip
    conditions_needed = _terms(_("wat heb je nodig op het werk?"))
    means = ArrayField(models.CharField(max_length=8), verbose_name=_("hoe reis je?"), null=True, blank=True)
    travel_minutes = models.PositiveSmallIntegerField(
        _("hoe lang mag de reis duren, in minuten?"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(180)],
    )
    wants_own_area = models.BooleanField(_("wil je in je eigen buurt werken?"), null=True, blank=True)
    dutch_level = models.PositiveSmallIntegerField(
        _("hoe goed spreek je Nederlands?"), null=True, blank=True, validators=[MaxValueValidator(4)]
    )
    languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("andere talen"), null=True, blank=True
    )
    language_levels = models.JSONField(_("hoe goed de andere talen gaan"), default=dict, blank=True)
    digital_level = models.PositiveSmallIntegerField(
        _("hoe goed ben je met computer en telefoon?"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(3)],
    )
    guidance_needed = models.PositiveSmallIntegerField(
        _("hoeveel begeleiding wil je?"), null=True, blank=True, validators=[MaxValueValidator(3)]
    )
    forms_accepted = ArrayField(
        models.CharField(max_length=20), verbose_name=_("welk soort werk past?"), null=True, blank=True
    )
    notes = models.JSONField(_("aantekeningen per stap"), default=dict, blank=True)
    provenance = models.JSONField(default=dict, blank=True, editable=False)
    summary = models.TextField(_("samenvatting"), max_length=8000, blank=True)
    summary_approved_on = models.DateField(_("samen gelezen en goedgekeurd op"), null=True, blank=True)
    summary_approved_name = models.CharField(_("naam van de kandidaat"), max_length=200, blank=True)
    summary_signature = models.TextField(_("getekende naam"), max_length=20_000, blank=True)
    summary_basis = models.CharField(max_length=64, blank=True, editable=False, default="")
    card_parts = ArrayField(
        models.CharField(max_length=12), verbose_name=_("op mijn talentkaart"), null=True, blank=True
    )
    updated_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_now__isnull=True) | Q(hours_now__gte=0, hours_now__lte=40),
                name="intake_hours_now",
            ),
            models.CheckConstraint(
                condition=Q(hours_wished__isnull=True) | Q(hours_wished__gte=0, hours_wished__lte=40),
                name="intake_hours_wished",
            ),
            models.CheckConstraint(
                condition=Q(dayparts__isnull=True) | Q(dayparts__gte=0, dayparts__lte=ALL_DAYPARTS),
                name="intake_dayparts",
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "candidate"], name="intake_bureau"),
            models.Index(fields=["bureau", "completed_on"], name="intake_completed"),
        ]

    def __str__(self) -> str:
        return f"{self.started_on}"

    def said_unknown(self, names: Iterable[str]) -> list[str]:
        """Which of these fields were asked and are not known yet."""
        return [name for name in names if (self.provenance.get(name) or {}).get("unknown")]


class SafetyRemark(models.Model):
    """Somebody the candidate does not want to meet. Coach and candidate only; matching shows a clash, never why."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="safety_remarks")
    text = models.TextField(_("wie of wat vermijden"), max_length=1000)
    employer = models.ForeignKey(
        "employers.Employer",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("werkt bij"),
    )
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class SafetyQuerySet(models.QuerySet["SafetyRemark"]):
        def visible_to(self, membership: Membership) -> Self:
            """Coaches for files they may open, and the candidate; not connectors, not managers."""
            if membership.role not in (Role.COACH, Role.CANDIDATE):
                return self.none()
            return self.filter(candidate__in=Candidate.objects.visible_to(membership).values("pk"))

    objects = SafetyQuerySet.as_manager()

    class Meta:
        verbose_name = _("veiligheid")
        verbose_name_plural = _("veiligheid")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]
