"""What happened to a position, and the work that a bureau keeps to begin anew from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from employers.enums import MoveReason, PositionStatus
from employers.models.companies import Employer, EmployerRowQuerySet
from employers.models.positions import Position


class PositionMove(models.Model):
    """One step in a position's life: from which state to which, by whom, and why."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    position = models.ForeignKey(Position, models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=10, choices=PositionStatus.choices)
    to_state = models.CharField(max_length=10, choices=PositionStatus.choices)
    code = models.CharField(_("reden"), max_length=16, choices=MoveReason.choices, blank=True)
    words = models.CharField(_("in eigen woorden"), max_length=200, blank=True)
    at = models.DateTimeField(_("wanneer"), default=timezone.now)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")

    objects = EmployerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("stap van een werkplek")
        verbose_name_plural = _("stappen van een werkplek")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(code=MoveReason.OTHER) | ~Q(words=""), name="position_move_other_has_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class TemplateQuerySet(models.QuerySet["PositionTemplate"]):
    def visible_to(self, membership: Membership) -> TemplateQuerySet:
        """The bureau's, for its staff."""
        return self.filter(bureau=membership.bureau_id) if membership.is_staff_role else self.none()

    def kept(self) -> TemplateQuerySet:
        """What can be chosen."""
        return self.filter(dropped_at=None)


class PositionTemplate(models.Model):
    """Work as the bureau often offers it, without an employer, a place or anybody's name.

    values: field name of a position → value, as JSON. dropped_at: taken off the list; it can come back.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    name = models.CharField(_("naam van het sjabloon"), max_length=120)
    form = models.CharField(_("werkvorm"), max_length=20)
    values = models.JSONField(default=dict)
    made_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("sjabloon")
        verbose_name_plural = _("sjablonen")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "name"], condition=Q(dropped_at=None), name="template_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
