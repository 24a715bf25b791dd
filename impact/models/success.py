"""Success sheets: one page to hand over, from a released report and at most one story."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from impact.models.reading import ManagerRowQuerySet
from impact.models.reports import Release
from impact.models.stories import Story


class SuccessSheet(models.Model):
    """What a bureau reached in a period on one page.

    Figures come from the release and nowhere else. The story stands in its own row and never in here, so that a
    yes that is taken back, and an erasure, take it off this page at once. A trigger refuses to issue one without yes.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    release = models.ForeignKey(Release, models.PROTECT, related_name="sheets", verbose_name=_("rapport"))
    story = models.ForeignKey(
        Story, models.SET_NULL, null=True, blank=True, related_name="sheets", verbose_name=_("verhaal")
    )
    story_version = models.PositiveSmallIntegerField(_("versie van het verhaal"), null=True, blank=True)
    language = models.CharField(
        _("taal"), max_length=5, default="nl", choices=[("nl", "Nederlands"), ("en", "English")]
    )
    headline = models.CharField(_("kop"), max_length=90)
    call = models.CharField(_("oproep"), max_length=240)
    contact = models.CharField(_("bij wie men zich meldt"), max_length=160)
    made_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    issued_at = models.DateTimeField(_("uitgegeven op"), null=True, blank=True)
    issued_by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ManagerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("succesblad")
        verbose_name_plural = _("succesbladen")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(story__isnull=True) | Q(story_version__isnull=False),
                name="sheet_story_has_version",
            )
        ]

    def __str__(self) -> str:
        return self.headline
