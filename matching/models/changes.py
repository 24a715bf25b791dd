"""What was done to a placement, so that it can be read back and, for a day, taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Candidate
from matching.enums import ChangeKind, NextStep
from matching.models.along import PlacementRowQuerySet
from matching.models.placements import Placement


class OwnRowQuerySet(PlacementRowQuerySet):
    def visible_to(self, membership: Membership) -> Self:
        """Whoever may read the placement, but not the employer: it holds what the bureau thinks and plans."""
        return self.none() if membership.role == Role.EMPLOYER else super().visible_to(membership)


class PlacementChange(models.Model):
    """One act on a placement. was, became: its fields and steps before and after, as far as they differ."""

    TAKE_BACK = timedelta(hours=24)

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="changes")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    kind = models.CharField(_("wat"), max_length=10, choices=ChangeKind.choices)
    note = models.CharField(_("waarom"), max_length=300, blank=True)
    was = models.JSONField(_("was"), default=dict)
    became = models.JSONField(_("werd"), default=dict)
    at = models.DateTimeField(_("wanneer"), default=timezone.now)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(_("teruggedraaid op"), null=True, blank=True)
    undone_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("teruggedraaid door"),
    )  # fmt: skip

    objects = OwnRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("verandering van een plaatsing")
        verbose_name_plural = _("veranderingen van plaatsingen")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["placement", "-at"], name="placement_change_newest")]

    def __str__(self) -> str:
        return f"{self.placement_id}: {self.kind}"

    @property
    def is_fresh(self) -> bool:
        """Whether it may still be taken back, as far as the clock goes."""
        return self.undone_at is None and timezone.now() - self.at < self.TAKE_BACK


class NextPlan(models.Model):
    """What is planned for when this work ends, so that nobody falls into a gap."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    placement = models.OneToOneField(Placement, models.CASCADE, related_name="next_plan")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    step = models.CharField(_("wat volgt"), max_length=12, choices=NextStep.choices)
    on = models.DateField(_("wanneer"), null=True, blank=True)
    note = models.CharField(_("toelichting"), max_length=300, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    objects = OwnRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("wat volgt na een plaatsing")
        verbose_name_plural = _("wat volgt na plaatsingen")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.placement_id}: {self.step}"
