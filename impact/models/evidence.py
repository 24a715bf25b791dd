"""Evidence for a fund: who took part, how many hours, and what became of it; prepared by one, signed by another."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Candidate, Conversation, Fund, SessionAttendance


class EvidenceState(models.TextChoices):
    DRAFT = "draft", _("Concept")
    PREPARED = "prepared", _("Wacht op een tweede persoon")
    SIGNED = "signed", _("Getekend")
    WITHDRAWN = "withdrawn", _("Ingetrokken")


class EvidenceQuerySet(models.QuerySet["EvidenceSheet"]):
    def visible_to(self, membership: Membership) -> Self:
        """The bureau's, for its manager; for a coach with the export right from when it waits for a second person."""
        mine = self.filter(bureau=membership.bureau_id)
        if membership.role == Role.MANAGER:
            return mine
        if membership.role == Role.COACH and membership.may_export:
            return mine.filter(state__in=[EvidenceState.PREPARED, EvidenceState.SIGNED])
        return self.none()


class EvidenceSheet(models.Model):
    """Participation under one fund over a period.

    content: what was signed about the whole, with the sha256 of each person's line in order; sha256: of its canonical
    JSON. A signed sheet never changes (a trigger); it may only be taken out of use, with a reason.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="evidence", verbose_name=_("fonds"))
    project = models.CharField(_("project of kenmerk"), max_length=120, blank=True)
    since = models.DateField(_("van"))
    until = models.DateField(_("tot en met"))
    state = models.CharField(
        _("stand"), max_length=9, choices=EvidenceState.choices, default=EvidenceState.DRAFT
    )
    content = models.JSONField(default=dict)
    sha256 = models.CharField(_("controlegetal"), max_length=64, blank=True)
    made_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    prepared_by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    prepared_name = models.CharField(_("klaargezet door"), max_length=160, blank=True)
    prepared_at = models.DateTimeField(_("klaargezet op"), null=True, blank=True)
    signed_by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    signed_name = models.CharField(_("getekend door"), max_length=160, blank=True)
    signed_at = models.DateTimeField(_("getekend op"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("waarom ingetrokken"), max_length=300, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("bewijs voor een fonds")
        verbose_name_plural = _("bewijzen voor fondsen")
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="evidence_period"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True)
                | Q(prepared_by__isnull=True)
                | ~Q(signed_by=F("prepared_by")),
                name="evidence_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=EvidenceState.SIGNED) | (~Q(sha256="") & Q(signed_at__isnull=False)),
                name="evidence_signed_is_sealed",
            ),
            models.CheckConstraint(
                condition=~Q(state=EvidenceState.WITHDRAWN) | ~Q(withdrawn_reason=""),
                name="evidence_withdrawn_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"


class EvidenceRowQuerySet(models.QuerySet):
    def visible_to(self, membership: Membership) -> Self:
        """With the sheet; one's own, for a candidate."""
        if membership.role == Role.CANDIDATE:
            return self.filter(candidate=membership.candidate_id)
        return self.filter(sheet__in=EvidenceSheet.objects.visible_to(membership).values("pk"))


class EvidenceLine(models.Model):
    """One person on a sheet as it was put down; goes with the person, and then the sheet says that a line is gone."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    sheet = models.ForeignKey(
        EvidenceSheet, models.CASCADE, related_name="lines", verbose_name=_("bewijs voor een fonds")
    )
    content = models.JSONField(_("wat er op het bewijs staat"))
    sha256 = models.CharField(_("controlegetal"), max_length=64)
    noted_at = models.DateTimeField(_("vastgelegd op"), default=timezone.now)

    objects = EvidenceRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("deelname op een bewijs voor een fonds")
        verbose_name_plural = _("deelnames op bewijzen voor fondsen")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "candidate"], name="evidence_line_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.candidate_id}"


class EvidenceHour(models.Model):
    """A conversation or a day of training that a sheet claims; the database refuses a second sheet that does."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    sheet = models.ForeignKey(
        EvidenceSheet, models.CASCADE, related_name="hours", verbose_name=_("bewijs voor een fonds")
    )
    conversation = models.OneToOneField(
        Conversation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("gesprek"),
    )
    attendance = models.OneToOneField(
        SessionAttendance, models.CASCADE, null=True, blank=True, related_name="evidence",
        verbose_name=_("trainingsdag"),
    )  # fmt: skip
    on = models.DateField(_("op"))
    minutes = models.PositiveSmallIntegerField(_("minuten"))

    objects = EvidenceRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("uren op een bewijs voor een fonds")
        verbose_name_plural = _("uren op bewijzen voor fondsen")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(conversation__isnull=False, attendance__isnull=True)
                | Q(conversation__isnull=True, attendance__isnull=False),
                name="evidence_hour_is_one_thing",
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="evidence_hour_has_minutes"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.minutes}"
