"""Neighbours who ask for help (Buurtmaatjes)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from candidates.enums import HelpKind, HelpState
from candidates.models.gatherings import OwnRowQuerySet
from candidates.models.people import Candidate, Organisation


class HelpRequestQuerySet(OwnRowQuerySet):
    def waiting(self) -> Self:
        """Nobody found yet."""
        return self.filter(state=HelpState.OPEN)


class HelpRequest(models.Model):
    """A neighbour asks for company, an odd job or a move; a candidate or a volunteer helps.

    Who asked, and a volunteer's name, are forgotten some months after the end (`candidates/forgetting.py`) and stay
    out of the audit trail. There is no text about the candidate who helps.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    kind = models.CharField(_("wat voor hulp"), max_length=10, choices=HelpKind.choices)
    text = models.CharField(_("wat is er nodig?"), max_length=300)
    place = models.CharField(_("waar in de buurt"), max_length=120, blank=True)
    wanted_on = models.DateField(_("wanneer"), null=True, blank=True)
    moment = models.CharField(_("hoe laat of hoe vaak"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="help_requests",
        verbose_name=_("via welke organisatie"),
    )  # fmt: skip
    requester_name = models.CharField(_("wie vraagt het?"), max_length=120, blank=True)
    requester_phone = models.CharField(_("telefoon"), max_length=20, blank=True)
    state = models.CharField(_("stand"), max_length=10, choices=HelpState.choices, default=HelpState.OPEN)
    candidate = models.ForeignKey(
        Candidate, models.SET_NULL, null=True, blank=True, related_name="help_given",
        verbose_name=_("wie helpt"),
    )  # fmt: skip
    volunteer = models.CharField(_("vrijwilliger"), max_length=120, blank=True)
    asked_on = models.DateField(_("gevraagd op"), default=timezone.localdate)
    found_on = models.DateField(_("gevonden op"), null=True, blank=True)
    ended_on = models.DateField(_("klaar op"), null=True, blank=True)
    forgotten_on = models.DateField(_("gewist op"), null=True, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("hulpvraag")
        verbose_name_plural = _("hulpvragen")
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(requester_name="") | Q(forgotten_on__isnull=False),
                name="help_is_asked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[HelpState.OPEN, HelpState.FOUND], ended_on__isnull=True)
                | Q(
                    state__in=[HelpState.DONE, HelpState.THANKED, HelpState.CANCELLED], ended_on__isnull=False
                ),
                name="help_ended_has_day",
            ),
            models.CheckConstraint(
                condition=Q(candidate__isnull=True) | Q(volunteer=""), name="help_one_helper"
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "state", "wanted_on"], name="help_by_state"),
            models.Index(fields=["candidate"], name="help_candidate"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def requester(self) -> str:
        """Who asked, as far as that is still written down."""
        return self.requester_name or str(_("Naam gewist"))
