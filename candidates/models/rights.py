"""How long a file is kept, and that it was erased."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from candidates.enums import ErasureRule, RetentionKind
from candidates.models.people import Candidate, CandidateRowQuerySet


class RetentionStep(models.Model):
    """Something that happened to the term of a file: notice was given of its end, or it was put off with a reason.

    until: the day the notice named, or the new last day.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="retention_steps")
    kind = models.CharField(_("wat"), max_length=10, choices=RetentionKind.choices)
    on = models.DateField(_("op"), default=timezone.localdate)
    until = models.DateField(_("bewaren tot"))
    reason = models.CharField(_("waarom"), max_length=300, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("bewaartermijn")
        verbose_name_plural = _("bewaartermijnen")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind=RetentionKind.POSTPONED) | ~models.Q(reason=""),
                name="retention_postponed_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.until}"


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def visible_to(self, membership: Membership) -> Self:
        """The bureau's own, for its manager."""
        if membership.role != Role.MANAGER:
            return self.none()
        return self.filter(bureau=membership.bureau_id)


class Erasure(models.Model):
    """One line of the ledger: that somebody was erased, by which rule, and how many rows that took.

    It holds nothing about the person. key_hash is a hash of the random number that stood beside the file: with a
    restored backup at hand it tells whom to erase again, and without one it tells nothing.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="erasures")
    key_hash = models.CharField(max_length=64, db_index=True)
    rule = models.CharField(_("waarom"), max_length=10, choices=ErasureRule.choices)
    on = models.DateField(_("gewist op"), default=timezone.localdate)
    actor_id = models.BigIntegerField(_("rol van"), null=True)
    by_role = models.CharField(_("in de rol van"), max_length=12, blank=True)
    counts = models.JSONField(_("aantal rijen"), default=dict)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("wissing")
        verbose_name_plural = _("wissingen")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_rule_display()}"

    @property
    def rows(self) -> int:
        """How many rows it took."""
        return sum(self.counts.values())

    @property
    def by_words(self) -> str:
        """In which role somebody did it; the schedule does it by itself."""
        return str(dict(Role.choices).get(self.by_role, _("vanzelf")))
