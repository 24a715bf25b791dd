"""E-mail that leaves, and what happened to it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Candidate
from matching.models.matches import Match


class WhyHeld(models.TextChoices):
    """Why a message was not sent; each asks a colleague for one act."""

    CONSENT = "consent", _("Deze persoon gaf geen toestemming voor contact. Bel.")
    CHANGED = "changed", _("Het adres is intussen veranderd. Kijk het na en verstuur opnieuw.")
    GONE = "gone", _("Dit adres hoort niet meer bij een contactpersoon van deze werkgever.")
    BOUNCED = "bounced", _("Een eerder bericht aan dit adres kwam terug. Verbeter het adres, of bel.")


class Message(models.Model):
    """An e-mail that left, or should: what happened to it shows on the timeline.

    meeting: the appointment as it was when the message was made, so that a later change tells its own story.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, null=True, blank=True, related_name="messages")
    match = models.ForeignKey(Match, models.CASCADE, null=True, blank=True, related_name="messages")
    question = models.ForeignKey(
        "matching.EmployerQuestion", models.CASCADE, null=True, blank=True, related_name="messages"
    )
    check_in = models.ForeignKey(
        "matching.CheckIn", models.CASCADE, null=True, blank=True, related_name="messages"
    )
    kind = models.CharField(max_length=40)
    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    state = models.CharField(
        max_length=8,
        default="waiting",
        choices=[
            ("waiting", _("Wacht")),
            ("sent", _("Verstuurd")),
            ("failed", _("Niet gelukt")),
            ("held", _("Tegengehouden")),
            ("bounced", _("Kwam terug")),
        ],
    )
    why_held = models.CharField(_("waarom tegengehouden"), max_length=10, choices=WhyHeld.choices, blank=True)
    next_try_at = models.DateTimeField(_("volgende poging"), null=True, blank=True)
    meeting = models.JSONField(_("afspraak zoals die was"), null=True, blank=True)
    provider_id = models.CharField(_("kenmerk bij de verzender"), max_length=200, blank=True)
    error = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class MessageQuerySet(models.QuerySet["Message"]):
        def visible_to(self, membership: Membership) -> Self:
            """Messages about candidates whose file this role may open."""
            if not membership.is_staff_role:
                return self.none()
            return self.filter(bureau=membership.bureau_id).filter(
                Q(candidate=None) | Q(candidate__in=Candidate.objects.visible_to(membership).values("pk"))
            )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="message_provider"),
            models.Index(
                fields=["bureau", "recipient"], condition=Q(state="bounced"), name="message_bounced"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
