"""Keys with which a municipality's own programs read released reports."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership, Municipality


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def visible_to(self, membership: Membership) -> Self:
        """The own municipality's, for its officers."""
        mine = membership.role == Role.MUNICIPALITY
        return self.filter(municipality=membership.municipality_id) if mine else self.none()


class ApiKey(models.Model):
    """Opens the released reports of one municipality for a program. Only a hash of the secret is kept.

    ending: the last characters of the secret, to tell keys apart.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    name = models.CharField(_("naam"), max_length=80)
    secret_hash = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=4)
    made_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    made_by_name = models.CharField(max_length=160)
    made_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(_("laatst gebruikt"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("sleutel")
        verbose_name_plural = _("sleutels")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"], condition=Q(revoked_at=None), name="api_key_name"
            )
        ]

    def __str__(self) -> str:
        return self.name
