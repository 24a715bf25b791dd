"""Addresses from which a calendar program reads the agenda of one role."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from matching.models.day import OwnQuerySet


class AgendaFeed(models.Model):
    """The one address of a role's agenda; a new one ends the one before. Only the hash of its secret is kept."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    membership = models.OneToOneField(Membership, models.CASCADE, related_name="agenda_feed")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda in een ander programma")
        verbose_name_plural = _("agenda's in andere programma's")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.made_at}"
