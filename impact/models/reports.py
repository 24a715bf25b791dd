"""Figures frozen at a moment, the document made from them, and the moment a municipality may read it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership, Municipality
from impact.enums import DownloadKind, ReportPhase, ReportState
from impact.models.reading import ManagerRowQuerySet


class Snapshot(models.Model):
    """All figures of a bureau over a period, computed in one transaction and never changed.

    figures: exact counts, for the bureau's manager only; what may be published is in the report.
    """

    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="snapshots")
    since = models.DateField(_("van"))
    until = models.DateField(_("tot en met"))
    figures = models.JSONField()
    sha256 = models.CharField(max_length=64)
    definitions_version = models.CharField(max_length=20)
    rules_versions = models.JSONField(default=dict)
    computed_at = models.DateTimeField(default=timezone.now)

    objects = ManagerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("momentopname")
        verbose_name_plural = _("momentopnames")
        ordering = ["-computed_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="snapshot_period")]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"


class ImpactReport(models.Model):
    """One report over a bureau and a period; its row is the truth, the worker only acts on it.

    published: the figures after disclosure control, the only ones that page, PDF, XLSX, CSV and JSON may use.
    attempts: since it was last asked for. turn: counts on for ever, so that no two workers hold the same one.
    """

    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="reports")
    since = models.DateField(_("van"))
    until = models.DateField(_("tot en met"))
    version = models.PositiveSmallIntegerField(_("versie"), default=1)
    language = models.CharField(
        _("taal"), max_length=5, default="nl", choices=[("nl", "Nederlands"), ("en", "English")]
    )
    state = models.CharField(
        _("stand"), max_length=10, choices=ReportState.choices, default=ReportState.WAITING
    )
    phase = models.CharField(_("bezig met"), max_length=10, choices=ReportPhase.choices, blank=True)
    progress = models.PositiveSmallIntegerField(_("voortgang in procenten"), default=0)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, blank=True, related_name="reports")
    published = models.JSONField(null=True, blank=True)
    pdf = models.FileField(upload_to="reports/", max_length=200, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    requested_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(_("gevraagd op"), default=timezone.now)
    ready_at = models.DateTimeField(_("klaar op"), null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    turn = models.PositiveIntegerField(default=0, db_default=0)
    error = models.CharField(_("wat ging er mis"), max_length=500, blank=True)

    objects = ManagerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("impactrapport")
        verbose_name_plural = _("impactrapporten")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "since", "until", "version", "language"], name="report_once"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="report_period"),
            models.CheckConstraint(
                condition=~Q(state__in=[ReportState.READY, ReportState.RELEASED])
                | (Q(snapshot__isnull=False, published__isnull=False) & ~Q(pdf="")),
                name="report_ready_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bureau_id}: {self.since} – {self.until}"

    @property
    def file_name(self) -> str:
        """Where the PDF lies in the storage; empty while there is none."""
        return self.pdf.name or ""


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, membership: Membership) -> Self:
        """Released reports: the own municipality's for its officer, the own bureau's for manager and coach."""
        if membership.role == Role.MUNICIPALITY:
            return self.filter(municipality=membership.municipality_id, withdrawn_at__isnull=True)
        if membership.role in (Role.MANAGER, Role.COACH):
            return self.filter(bureau=membership.bureau_id)
        return self.none()


class Release(models.Model):
    """The moment a municipality may see a report; carries all it may see, and nothing else.

    published, pdf: copies of the report's, so that an officer's role never needs to read the report or a snapshot.
    pdf_sha256, figures_sha256: by which anybody may ask whether a file, or the figures in it, are real.
    """

    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="releases")
    bureau_name = models.CharField(max_length=120)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="releases")
    report = models.OneToOneField(ImpactReport, models.PROTECT, related_name="release")
    since = models.DateField(_("van"))
    until = models.DateField(_("tot en met"))
    version = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=5, default="nl")
    published = models.JSONField()
    pdf = models.CharField(max_length=200)
    pdf_sha256 = models.CharField(max_length=64)
    figures_sha256 = models.CharField(max_length=64, blank=True, db_default="")
    released_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    released_at = models.DateTimeField(_("vrijgegeven op"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("reden"), max_length=300, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("vrijgave")
        verbose_name_plural = _("vrijgaven")
        ordering = ["-until", "-released_at", "-pk"]
        indexes = [
            models.Index(fields=["pdf_sha256"], name="release_pdf_sha256"),
            models.Index(fields=["figures_sha256"], name="release_figures_sha256"),
        ]

    def __str__(self) -> str:
        return f"{self.bureau_name}: {self.since} – {self.until}"


class Download(models.Model):
    """Who took which file of a released report, and when."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="downloads")
    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4, choices=DownloadKind.choices)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(default=timezone.now)

    objects = ManagerRowQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
