"""Posts that happen once, forms that are not sent yet, and posts that wait for somebody to sign in again."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership

KEPT = timedelta(days=30)
"""How long a draft waits for its owner."""
THROWN = timedelta(days=1)
"""How long a draft that was thrown away can be taken back."""
HELD = timedelta(hours=1)
"""How long a post waits for somebody to sign in again."""


class Submission(models.Model):
    """A form that was sent: the client's own UUID, and where the first post led."""

    once = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.once} → {self.url}"


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, membership: Membership) -> Self:
        """One's own, in the bureau where they were written; a colleague's are nobody's business."""
        return self.filter(user=membership.user_id, bureau=membership.bureau_id)

    def kept(self) -> Self:
        """Neither thrown away nor too old, and not sent meanwhile, for example from the queue of a device."""
        sent = Submission.objects.filter(once=models.OuterRef("pk"))
        return self.filter(~models.Exists(sent), thrown_at=None, saved_at__gt=timezone.now() - KEPT)


class Draft(models.Model):
    """What somebody typed into a form and has not sent.

    The drawn form's own UUID is its key, so that two tabs never write into each other's draft. `base` holds what
    the record said when the draft began, which is what a colleague's change is compared with. The database
    itself takes a candidate's drafts along when the candidate is erased, also those that the eraser may not read.

    Drafts leave no audit line: they change nothing about anybody, and a line per second would copy into a trail
    that cannot be taken back what its writer chose not to say. Sending the form leaves the line.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(
        "candidates.Candidate", models.CASCADE, null=True, db_constraint=False, related_name="drafts"
    )
    key = models.CharField(max_length=160)
    url = models.CharField(_("pagina"), max_length=300)
    title = models.CharField(_("formulier"), max_length=160)
    data = models.JSONField(_("getypt"), default=dict)
    base = models.JSONField(default=dict)
    labels = models.JSONField(default=dict)
    schema = models.CharField(max_length=16)
    page = models.CharField(max_length=40, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    device = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField(_("getypt op"), default=timezone.now)
    thrown_at = models.DateTimeField(_("weggegooid op"), null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("niet verstuurd formulier")
        verbose_name_plural = _("niet verstuurde formulieren")
        indexes = [
            models.Index(fields=["user", "key", "saved_at"], name="draft_user_key"),
            models.Index(fields=["bureau", "saved_at"], name="draft_saved"),
        ]

    def __str__(self) -> str:
        return self.title


class HeldPost(models.Model):
    """A form that was sent after the session had ended, encrypted with a key that only that browser completes."""

    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    body = models.TextField()
    created_at = models.DateTimeField(_("verstuurd op"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("formulier dat op inloggen wacht")
        verbose_name_plural = _("formulieren die op inloggen wachten")

    def __str__(self) -> str:
        return f"{self.created_at:%H:%M}"
