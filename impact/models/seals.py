"""The certificates with which reports were sealed here."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SealCertificate(models.Model):
    """A certificate that sealed a report; kept for ever, so that old reports verify when its key is long gone.

    fingerprint: SHA-256 of its DER form. own: this installation made and signed it. replaces: the one before it.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    subject = models.CharField(_("op naam van"), max_length=300)
    pem = models.TextField()
    own = models.BooleanField(_("van deze installatie zelf"))
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    first_used_at = models.DateTimeField(_("in gebruik sinds"), default=timezone.now)

    objects = models.Manager["SealCertificate"]()

    class Meta:
        verbose_name = _("certificaat van het zegel")
        verbose_name_plural = _("certificaten van het zegel")
        ordering = ["-first_used_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
