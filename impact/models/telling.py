"""Telling officers by e-mail that a report may be read."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership, Municipality
from impact.models.reports import Release


class NoticeState(models.TextChoices):
    WAITING = "waiting", _("Wacht")
    SENT = "sent", _("Verstuurd")
    FAILED = "failed", _("Niet gelukt")
    DROPPED = "dropped", _("Niet meer nodig")


class OwnRowQuerySet(models.QuerySet):
    """Rows about one's own role."""

    def visible_to(self, membership: Membership) -> Self:
        """The officer's own."""
        mine = membership.role == Role.MUNICIPALITY
        return self.filter(membership=membership.pk) if mine else self.none()


class NoticeWish(models.Model):
    """Whether an officer wants these e-mails; without a row they do."""

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="notice_wish")
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    wanted = models.BooleanField(_("e-mail bij een nieuw rapport"), default=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = OwnRowQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.wanted}"


class ReleaseNotice(models.Model):
    """One officer is told of one release, once. It keeps whose report it was, for when that is withdrawn."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="notices")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    bureau_name = models.CharField(_("bureau"), max_length=120)
    since = models.DateField(_("van"))
    until = models.DateField(_("tot en met"))
    state = models.CharField(max_length=8, choices=NoticeState.choices, default=NoticeState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(_("volgende poging op"), null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)

    objects = OwnRowQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["release", "membership"], name="notice_once")]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.state}"
