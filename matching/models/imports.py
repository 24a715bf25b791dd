"""Workbooks that a manager brought."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from matching.enums import (
    ImportState,
)


class ImportJob(models.Model):
    """A workbook that a manager brought: read first, taken over when they say so."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    file = models.FileField(upload_to="imports/")
    file_name = models.CharField(_("bestand"), max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        _("stand"), max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    skip_bad_rows = models.BooleanField(_("foute rijen overslaan"), default=False)
    progress = models.PositiveSmallIntegerField(_("voortgang in procenten"), default=0)
    result = models.JSONField(_("uitkomst"), default=dict, blank=True)
    error = models.CharField(_("wat ging er mis"), max_length=300, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("gebracht op"), default=timezone.now)
    done_at = models.DateTimeField(_("overgenomen op"), null=True, blank=True)

    class ImportJobQuerySet(models.QuerySet["ImportJob"]):
        def visible_to(self, membership: Membership) -> Self:
            """The bureau's own, for its manager."""
            return (
                self.filter(bureau=membership.bureau_id) if membership.role == Role.MANAGER else self.none()
            )

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("werkboek")
        verbose_name_plural = _("werkboeken")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
