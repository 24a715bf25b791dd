"""The plan that the person owns: goals in own words, and steps that somebody takes."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from candidates.enums import GoalState, StepOwner
from candidates.models.people import Candidate, CandidateRowQuerySet


class Goal(models.Model):
    """What somebody wants to reach, in the own words."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="goals")
    title = models.CharField(_("doel"), max_length=200)
    why = models.TextField(_("waarom"), max_length=1000, blank=True)
    state = models.CharField(_("stand"), max_length=8, choices=GoalState.choices, default=GoalState.OPEN)
    target_on = models.DateField(_("wanneer ongeveer"), null=True, blank=True)
    ended_on = models.DateField(_("bereikt of gestopt op"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("doel")
        verbose_name_plural = _("doelen")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="goal_has_title"),
            models.CheckConstraint(
                condition=Q(state=GoalState.OPEN, ended_on__isnull=True)
                | (~Q(state=GoalState.OPEN) & Q(ended_on__isnull=False)),
                name="goal_ended_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == GoalState.OPEN


class Step(models.Model):
    """One thing to do for a goal, and who does it: a part somebody plays, so that it stays right at a handover."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="steps")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="steps")
    what = models.CharField(_("stap"), max_length=200)
    owner = models.CharField(
        _("wie doet dit?"), max_length=10, choices=StepOwner.choices, default=StepOwner.CANDIDATE
    )
    owner_name = models.CharField(_("naam"), max_length=80, blank=True)
    due_on = models.DateField(_("voor wanneer"), null=True, blank=True)
    done_on = models.DateField(_("gedaan op"), null=True, blank=True)
    done_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(_("opmerking"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("stap")
        verbose_name_plural = _("stappen")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="step_has_text"),
            models.CheckConstraint(
                condition=(Q(owner=StepOwner.OTHER) & ~Q(owner_name=""))
                | (~Q(owner=StepOwner.OTHER) & Q(owner_name="")),
                name="step_other_has_name",
            ),
        ]
        indexes = [
            models.Index(fields=["candidate", "done_on"], name="step_candidate_done"),
            models.Index(
                fields=["bureau", "due_on"],
                condition=Q(done_on__isnull=True, due_on__isnull=False),
                name="step_to_do",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def whose(self) -> str:
        """Who does it, in a word; a person from outside by name."""
        return self.owner_name or str(StepOwner(self.owner).label)

    def is_late(self, on: date | None = None) -> bool:
        """Whether the day has passed and it is not done."""
        return bool(self.due_on and not self.done_on and self.due_on < (on or timezone.localdate()))
