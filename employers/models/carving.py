"""Job carving: what a team does in a week, and which of it can become work for somebody."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from employers.enums import TaskStanding
from employers.models.companies import Employer, EmployerRowQuerySet
from employers.models.positions import ALL_DAYPARTS, Position


class TeamPicture(models.Model):
    """The tasks of one team, as told on a day; never who in person does them."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="team_pictures")
    name = models.CharField(_("team"), max_length=120)
    on = models.DateField(_("wanneer"), default=timezone.localdate)
    told_by = models.CharField(_("met wie"), max_length=120, blank=True)
    made_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EmployerRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("takenkaart")
        verbose_name_plural = _("takenkaarten")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.name


class TeamTaskQuerySet(EmployerRowQuerySet):
    def kept(self) -> Self:
        """What still stands on the card."""
        return self.filter(dropped_at=None)


class TeamTask(models.Model):
    """One task on a card: a word of the vocabulary (`term`) or the team's own words.

    done_by: a role such as nurse, never a name. hours_low, hours_high: a week, for the team as a whole.
    position: the work that it became part of. dropped_at: taken off the card; it can come back.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    picture = models.ForeignKey(TeamPicture, models.CASCADE, related_name="tasks")
    term = models.IntegerField(_("taak uit de lijst"), null=True, blank=True)
    words = models.CharField(_("taak"), max_length=120, blank=True)
    done_by = models.CharField(_("wie doet het nu"), max_length=80, blank=True)
    hours_low = models.DecimalField(
        _("uren per week vanaf"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0.25), MaxValueValidator(168)],
    )  # fmt: skip
    hours_high = models.DecimalField(
        _("uren per week tot"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0.25), MaxValueValidator(168)],
    )  # fmt: skip
    dayparts = models.IntegerField(
        _("wanneer"), null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(ALL_DAYPARTS)],
    )  # fmt: skip
    standing = models.CharField(
        _("hoe gaat het nu"), max_length=12, choices=TaskStanding.choices, default=TaskStanding.DONE
    )
    position = models.ForeignKey(Position, models.SET_NULL, null=True, blank=True, related_name="carved_from")
    dropped_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TeamTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("taak van een team")
        verbose_name_plural = _("taken van een team")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(term__isnull=False) | ~Q(words=""), name="team_task_is_named"),
            models.CheckConstraint(
                condition=Q(hours_low__isnull=True, hours_high__isnull=True)
                | Q(hours_low__gt=0, hours_high__gte=F("hours_low")),
                name="team_task_hours",
            ),
        ]

    def __str__(self) -> str:
        return self.words or f"#{self.term}"
