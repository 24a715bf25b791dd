"""What somebody put aside or did on the list of the day, and who wants that list by e-mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Candidate
from matching.enums import DigestDays, DigestState, MarkKind


class OwnQuerySet(models.QuerySet[Any]):
    """Rows of one role."""

    def visible_to(self, membership: Membership) -> Self:
        """One's own, in this role."""
        return self.filter(membership=membership)


class DayMark(models.Model):
    """A matter that somebody put aside until a day (for themselves), or did (for everybody).

    `kind` and `about` name the matter as the list does. `triggers` are the signals that a call answered: they stay
    quiet until something new happens. `was` is what taking the act back restores.
    """

    UNDO = timedelta(hours=24)

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, null=True, blank=True, related_name="+")
    what = models.CharField(_("wat"), max_length=5, choices=MarkKind.choices)
    kind = models.CharField(_("soort"), max_length=20)
    about = models.CharField(max_length=36)
    until = models.DateField(_("weer op de lijst vanaf"), null=True, blank=True)
    triggers = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    was = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(_("op"), default=timezone.now)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("opzij of gedaan")
        verbose_name_plural = _("opzij of gedaan")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what=MarkKind.LATER, until__isnull=False) | Q(what=MarkKind.DONE, until=None),
                name="day_mark_until",
            ),
            models.UniqueConstraint(
                fields=["membership", "kind", "about"],
                condition=Q(what=MarkKind.LATER),
                name="day_mark_later_once",
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "about"], condition=Q(what=MarkKind.DONE), name="day_mark_done"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.kind} {self.about}"

    @property
    def may_undo(self) -> bool:
        """What was put aside comes back at any time; an act within a day."""
        return self.what == MarkKind.LATER or self.at > timezone.now() - self.UNDO


class DigestWish(models.Model):
    """On which days somebody wants the list of the day by e-mail; nobody gets it unasked."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    membership = models.OneToOneField(Membership, models.CASCADE, related_name="digest_wish")
    days = models.CharField(_("wanneer"), max_length=8, choices=DigestDays.choices, default=DigestDays.OFF)
    changed_at = models.DateTimeField(auto_now=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("overzicht per e-mail")
        verbose_name_plural = _("overzichten per e-mail")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.days}"


class Digest(models.Model):
    """One day's list for one role: the database keeps it to one a day, the worker only carries it out.

    Only the hash of the secret with which its reader stops the e-mails is kept.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    day = models.DateField(_("dag"))
    state = models.CharField(
        _("stand"), max_length=7, choices=DigestState.choices, default=DigestState.WAITING
    )
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(_("verstuurd op"), null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("verstuurd overzicht")
        verbose_name_plural = _("verstuurde overzichten")
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["membership", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.state}"
