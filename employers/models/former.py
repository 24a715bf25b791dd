"""What is left of an employer that stood in the list twice: where its address leads now."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from employers.models.companies import Employer, EmployerRowQuerySet


class FormerEmployer(models.Model):
    """An employer that was taken together with another one. employer: the one that stayed; former_id: the key it had.

    Name and number stay known, so that an old address, a search and a workbook still find the company.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="formers")
    former_id = models.BigIntegerField(unique=True)
    name = models.CharField(_("naam"), max_length=120)
    kvk = models.CharField(_("KvK-nummer"), max_length=8, blank=True)
    merged_at = models.DateTimeField(_("samengevoegd op"), default=timezone.now)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", verbose_name=_("door"))

    objects = EmployerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("eerdere werkgever")
        verbose_name_plural = _("eerdere werkgevers")
        ordering = ["-merged_at", "-pk"]

    def __str__(self) -> str:
        return self.name
