"""Work that started: who, where, in which form, and how it ended."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.vocabulary.dayparts import ALL as ALL_DAYPARTS
from candidates.models import Candidate
from employers.enums import END_REQUIRED_FORMS, PAID_FORMS, WorkForm
from employers.models import Contact, Employer, Position
from matching.enums import Destination, EndReason, Said
from matching.models.matches import Match


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, membership: Membership) -> Self:
        """Placements this role may read: own candidates, own company, or the whole bureau for coach and manager."""
        match membership.role:
            case Role.COACH | Role.MANAGER:
                return self.filter(bureau=membership.bureau_id)
            case Role.CONNECTOR:
                return self.filter(candidate__in=Candidate.objects.visible_to(membership).values("pk"))
            case Role.EMPLOYER:
                return self.filter(employer=membership.employer_id)
            case Role.CANDIDATE:
                return self.filter(candidate=membership.candidate_id)
        return self.none()

    def running(self, on: date | None = None) -> Self:
        """Started and not ended on a day, today unless told otherwise."""
        day = on or timezone.localdate()
        return self.filter(starts_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day))


class Placement(models.Model):
    """Work that started. `ends_on` is what was agreed; `ended_on` is what happened (the last day).

    previous: the work of the same person that went on into this one, as one thread: another form at the same
    employer, or another employer. job_coach: a colleague, or else job_coach_name says who from outside.
    """

    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="placements")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="placements")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="placements")
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, related_name="placements")
    match = models.OneToOneField(Match, models.SET_NULL, null=True, blank=True, related_name="placement")
    previous = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="following", verbose_name=_("vervolg op")
    )
    shared_name = models.CharField(_("naam bij de werkgever"), max_length=240, blank=True)
    form = models.CharField(_("werkvorm"), max_length=20, choices=WorkForm.choices)
    starts_on = models.DateField(_("begint op"))
    ends_on = models.DateField(_("loopt tot en met"), null=True, blank=True)
    employer_of_record = models.CharField(_("in dienst bij"), max_length=160, blank=True)
    contract_on = models.DateField(_("datum contract"), null=True, blank=True)
    supervisor = models.CharField(_("begeleider op het werk"), max_length=120, blank=True)
    supervisor_contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("begeleider als contactpersoon"),
    )  # fmt: skip
    job_coach = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("jobcoach")
    )
    job_coach_name = models.CharField(_("jobcoach van buiten"), max_length=120, blank=True)
    dayparts = models.IntegerField(_("werkt op"), null=True, blank=True)
    agreed = models.TextField(_("wat is afgesproken"), max_length=2000, blank=True)
    in_neighbourhood = models.BooleanField(_("in de eigen wijk"), null=True, blank=True)
    ended_on = models.DateField(_("laatste dag"), null=True, blank=True)
    end_reason = models.CharField(_("reden"), max_length=12, choices=EndReason.choices, blank=True)
    destination = models.CharField(_("waarheen"), max_length=16, choices=Destination.choices, blank=True)
    end_note = models.CharField(_("toelichting"), max_length=500, blank=True)
    end_said_by = models.CharField(_("in woorden van"), max_length=10, choices=Said.choices, blank=True)
    import_key = models.CharField(max_length=64, blank=True, editable=False, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("plaatsing")
        verbose_name_plural = _("plaatsingen")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
                name="placement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="placement_agreed_end",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False) & ~Q(end_reason="") & ~Q(destination="")),
                name="placement_end_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(form__in=sorted(END_REQUIRED_FORMS)) | Q(ends_on__isnull=False),
                name="placement_trial_has_end",
            ),
            models.CheckConstraint(
                condition=~Q(form__in=sorted(PAID_FORMS))
                | (~Q(employer_of_record="") & Q(contract_on__isnull=False)),
                name="placement_paid_has_contract",
            ),
            models.CheckConstraint(
                condition=Q(dayparts__isnull=True) | Q(dayparts__gte=0, dayparts__lte=ALL_DAYPARTS),
                name="placement_dayparts",
            ),
            models.CheckConstraint(
                condition=Q(previous__isnull=True) | ~Q(previous=F("id")), name="placement_follows_another"
            ),
            models.UniqueConstraint(
                fields=["candidate", "position"],
                condition=Q(ended_on__isnull=True, position__isnull=False),
                name="placement_once_while_running",
            ),
            models.UniqueConstraint(
                fields=["bureau", "import_key"], condition=~Q(import_key=""), name="placement_import_once"
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "starts_on"], name="placement_by_start"),
            models.Index(fields=["employer", "ended_on"], name="placement_by_employer"),
            models.Index(fields=["candidate", "-starts_on"], name="placement_by_candidate"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} @ {self.employer_id} {self.starts_on}"

    @property
    def is_running(self) -> bool:
        today = timezone.localdate()
        return self.starts_on <= today and (self.ended_on is None or self.ended_on >= today)
