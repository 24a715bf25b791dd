"""Invitations and single-use links."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models.places import Municipality
from buurtbaan.bureaus.models.roles import Bureau, Membership


def hash_token(token: str) -> str:
    """What is kept of a single-use link's secret: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


class Invitation(models.Model):
    """Somebody is asked by e-mail to take a role; the link works once and for two weeks."""

    VALID = timedelta(days=14)

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("naam"), max_length=120, blank=True)
    role = models.CharField(_("rol"), max_length=12, choices=Role.choices)
    bureau = models.ForeignKey(Bureau, models.CASCADE, null=True, blank=True, related_name="invitations")
    employer = models.ForeignKey(
        "employers.Employer", models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    invited_by = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}"

    @property
    def place(self) -> str:
        """The bureau or municipality that asks."""
        return str(self.bureau or self.municipality or "Buurtbaan")

    @property
    def is_open(self) -> bool:
        return (
            self.accepted_at is None
            and self.withdrawn_at is None
            and self.created_at + self.VALID > timezone.now()
        )


class AccessLink(models.Model):
    """A link that signs one person in once and brings them to one page; only its hash is kept.

    A code to say out loud is such a link, too: `number_hash` finds it, `code_hash` opens it, `tries` counts mistakes.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="access_links")
    target = models.CharField(max_length=200)
    token_hash = models.CharField(max_length=64, unique=True)
    number_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    code_hash = models.CharField(max_length=64, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("eenmalige link")
        verbose_name_plural = _("eenmalige links")

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.target}"

    @classmethod
    def issue(
        cls, *, membership: Membership, target: str, valid: timedelta = timedelta(days=14)
    ) -> tuple[AccessLink, str]:
        """A new link and the path to send; the secret in the path is not kept anywhere."""
        token = secrets.token_urlsafe(24)
        link = cls.objects.create(
            membership=membership,
            target=target,
            token_hash=hash_token(token),
            expires_at=timezone.now() + valid,
        )
        return link, reverse("access_link", args=[token])
