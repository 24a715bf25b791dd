"""What was said: the first conversation and the ones after it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from candidates.enums import (
    ConversationKind,
)
from candidates.models.funds import Fund
from candidates.models.people import Candidate, CandidateRowQuerySet


class FirstConversation(models.Model):
    """The connector's two-minute record of a first meeting."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="first_conversations")
    held_on = models.DateField(_("wanneer"), default=timezone.localdate)
    place = models.CharField(_("waar"), max_length=120, blank=True)
    hopes = models.TextField(_("waar hoop je op?"), max_length=4000, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("eerste gesprek")
        verbose_name_plural = _("eerste gesprekken")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["bureau", "held_on"], name="first_conversation_held")]

    def __str__(self) -> str:
        return f"{self.held_on}"


class Conversation(models.Model):
    """Any later contact, with what was said in a few words."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="conversations")
    held_on = models.DateField(_("wanneer"), default=timezone.localdate)
    kind = models.CharField(
        _("soort"), max_length=12, choices=ConversationKind.choices, default=ConversationKind.VISIT
    )
    minutes = models.PositiveSmallIntegerField(
        _("minuten"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, blank=True, related_name="conversations", verbose_name=_("fonds")
    )
    text = models.TextField(_("wat is er gezegd"), max_length=8000, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    import_key = models.CharField(max_length=64, blank=True, editable=False, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("gesprek")
        verbose_name_plural = _("gesprekken")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["candidate", "-held_on"], name="conversation_candidate")]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "import_key"], condition=~Q(import_key=""), name="conversation_import_once"
            ),
            models.CheckConstraint(
                condition=Q(fund__isnull=True) | Q(minutes__isnull=False),
                name="conversation_fund_has_minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.get_kind_display()}"
