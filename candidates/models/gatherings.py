"""The monthly meeting: what it is, who may sign people up, and who comes."""

from __future__ import annotations

import base64
import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership, hash_token
from candidates.enums import GuestState
from candidates.models.people import BureauQuerySet, Candidate, Organisation
from candidates.models.referrals import InwardReferral


class OpenToCandidatesQuerySet(models.QuerySet):
    """Rows about no person at all: the bureau's staff and its candidates."""

    def visible_to(self, membership: Membership) -> Self:
        """The bureau's, for its staff and for who takes part in it."""
        if not membership.is_staff_role and membership.role != Role.CANDIDATE:
            return self.none()
        return self.filter(bureau=membership.bureau_id)


class OwnRowQuerySet(models.QuerySet):
    """Rows that all the bureau's staff work with, and that a candidate sees of the own person."""

    def visible_to(self, membership: Membership) -> Self:
        """The bureau's for its staff, the own ones for a candidate."""
        if membership.role == Role.CANDIDATE:
            return self.filter(candidate=membership.candidate_id)
        if not membership.is_staff_role:
            return self.none()
        return self.filter(bureau=membership.bureau_id)


class GatheringQuerySet(OpenToCandidatesQuerySet):
    def coming(self) -> Self:
        """Not begun more than three hours ago, soonest first."""
        since = timezone.now() - timedelta(hours=3)
        return self.filter(starts_at__gte=since).order_by("starts_at", "pk")

    def past(self) -> Self:
        """Over, newest first."""
        return self.filter(starts_at__lt=timezone.now() - timedelta(hours=3)).order_by("-starts_at", "-pk")

    def with_counts(self) -> Self:
        """How many people are expected or came, and how many came."""
        return self.annotate(
            people=Count("guests"), came=Count("guests", filter=Q(guests__state=GuestState.CAME))
        )


class Gathering(models.Model):
    """A meeting in the neighbourhood where people hear what is possible."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    title = models.CharField(_("naam"), max_length=120)
    starts_at = models.DateTimeField(_("wanneer"))
    minutes = models.PositiveSmallIntegerField(
        _("hoeveel minuten"), default=90, validators=[MinValueValidator(15), MaxValueValidator(600)]
    )
    place = models.CharField(_("waar"), max_length=200)
    agenda = models.TextField(_("wat gaan we doen?"), max_length=4000, blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("hoeveel plekken"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )  # fmt: skip
    cancelled_on = models.DateField(_("afgelast op"), null=True, blank=True)
    calendar_uid = models.UUIDField(default=uuid.uuid4, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        verbose_name = _("bijeenkomst")
        verbose_name_plural = _("bijeenkomsten")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=15, minutes__lte=600), name="gathering_minutes"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="gathering_capacity"
            ),
        ]
        indexes = [models.Index(fields=["bureau", "starts_at"], name="gathering_by_day")]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def takes_people(self) -> bool:
        """Whether one can still be signed up by somebody from outside."""
        return self.cancelled_on is None and self.ends_at > timezone.now()


class GatheringLink(models.Model):
    """One organisation's way to sign people up for one gathering.

    The secret is derived from `seed` and the site's key, so that staff can show the link again; the database alone
    does not give it away.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="links")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    seed = models.CharField(max_length=32, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    stopped_at = models.DateTimeField(_("gestopt op"), null=True, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BureauQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanmeldlink")
        verbose_name_plural = _("aanmeldlinks")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "organisation"],
                condition=Q(stopped_at__isnull=True),
                name="gathering_link_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gathering_id}: {self.organisation_id}"

    @classmethod
    def issue(cls, **fields: Any) -> GatheringLink:
        """A new link with a secret of its own."""
        link = cls(seed=get_random_string(32), **fields)
        link.token_hash = hash_token(link.token)
        link.save()
        return link

    @property
    def token(self) -> str:
        """The secret in the address: 192 bits that cannot be guessed."""
        digest = salted_hmac("candidates.gathering_link", self.seed, algorithm="sha256").digest()
        return base64.urlsafe_b64encode(digest[:24]).decode()


class GatheringGuest(models.Model):
    """Somebody on the list of a gathering: a candidate, or somebody who was signed up."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="guests")
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, null=True, blank=True, related_name="gatherings_joined"
    )
    referral = models.ForeignKey(
        InwardReferral, models.CASCADE, null=True, blank=True, related_name="gatherings_joined"
    )
    link = models.ForeignKey(GatheringLink, models.SET_NULL, null=True, blank=True, related_name="guests")
    state = models.CharField(
        _("stand"), max_length=10, choices=GuestState.choices, default=GuestState.EXPECTED
    )
    called_on = models.DateField(_("nagebeld op"), null=True, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OwnRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("gast")
        verbose_name_plural = _("gasten")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(candidate__isnull=False) | Q(referral__isnull=False), name="guest_is_somebody"
            ),
            models.UniqueConstraint(fields=["gathering", "candidate"], name="guest_candidate_once"),
            models.UniqueConstraint(fields=["gathering", "referral"], name="guest_referral_once"),
        ]

    def __str__(self) -> str:
        return f"{self.gathering_id}: {self.pk}"

    @property
    def name(self) -> str:
        """What to call out at the door."""
        if self.candidate:
            return self.candidate.full_name
        return self.referral.name if self.referral else ""
