"""The picture by which people know an employer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau
from employers.models.companies import Employer, EmployerRowQuerySet


class EmployerLogo(models.Model):
    """A small PNG that we drew again from what was sent, so that nothing else comes along with it.

    It lies in the database and not among the files: the same walls hold it, and the backup has it.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.OneToOneField(Employer, models.CASCADE, related_name="logo")
    picture = models.BinaryField(_("plaatje"))
    width = models.PositiveSmallIntegerField(_("breedte"))
    height = models.PositiveSmallIntegerField(_("hoogte"))
    digest = models.CharField(max_length=16, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EmployerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logo's")

    def __str__(self) -> str:
        return f"{self.employer_id}: {self.width} × {self.height}"
