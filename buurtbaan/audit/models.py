"""Who changed what, and who looked at whom. The application can add lines and never take one away."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership


class LineQuerySet(models.QuerySet):
    def visible_to(self, membership: Membership) -> Self:
        """The bureau's lines for its manager, own acts for other staff, the own file's for a candidate."""
        match membership.role:
            case Role.MANAGER:
                return self.filter(bureau_id=membership.bureau_id)
            case Role.CANDIDATE:
                return self.filter(candidate_id=membership.candidate_id)
            case Role.PLATFORM:
                return self.filter(bureau_id=None, candidate_id=None)
        return self.filter(actor_id=membership.pk)


class Change(models.Model):
    """One row inserted, updated or deleted; written by a database trigger, so bulk and admin writes count too."""

    at = models.DateTimeField(_("wanneer"))
    actor_id = models.BigIntegerField(_("rol van"), null=True)
    user_id = models.BigIntegerField(_("account"), null=True)
    role = models.CharField(_("als"), max_length=12)
    reason = models.CharField(_("reden"), max_length=300)
    table = models.CharField(_("tabel"), max_length=63)
    row_id = models.BigIntegerField(_("rij"))
    bureau_id = models.BigIntegerField(_("bureau"), null=True)
    candidate_id = models.BigIntegerField(_("kandidaat"), null=True)
    action = models.CharField(
        _("wat"),
        max_length=6,
        choices=[("INSERT", _("gemaakt")), ("UPDATE", _("gewijzigd")), ("DELETE", _("verwijderd"))],
    )
    before = models.JSONField(_("was"), null=True)
    after = models.JSONField(_("werd"), null=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("wijziging")
        verbose_name_plural = _("wijzigingen")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["bureau_id", "-at"], name="change_bureau_at"),
            models.Index(fields=["candidate_id", "-at"], name="change_candidate_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.table} {self.row_id}"


class Reading(models.Model):
    """Somebody opened a person's file, or a part of it, and why if it was not their own."""

    at = models.DateTimeField(_("wanneer"), default=timezone.now)
    actor_id = models.BigIntegerField(_("rol van"), null=True)
    actor_name = models.CharField(_("wie"), max_length=160, blank=True)
    role = models.CharField(_("als"), max_length=12)
    bureau_id = models.BigIntegerField(_("bureau"), null=True)
    candidate_id = models.BigIntegerField(_("kandidaat"), null=True)
    what = models.CharField(_("wat"), max_length=60)
    reason = models.CharField(_("reden"), max_length=300, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("inzage")
        verbose_name_plural = _("inzagen")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["bureau_id", "-at"], name="reading_bureau_at"),
            models.Index(fields=["candidate_id", "-at"], name="reading_candidate_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what} {self.candidate_id}"
