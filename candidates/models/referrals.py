"""People whom organisations sign up, and people whom we send on. Never why: there is no column for it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from candidates.enums import InwardState, OutwardOutcome, OutwardState, Told
from candidates.models.people import Candidate, CandidateRowQuerySet, Organisation


class InwardReferralQuerySet(models.QuerySet["InwardReferral"]):
    def visible_to(self, membership: Membership) -> Self:
        """Who still has to be met: all of the bureau's staff. After that: whoever may open the file."""
        if membership.role == Role.CANDIDATE:
            return self.filter(candidate=membership.candidate_id)
        if not membership.is_staff_role:
            return self.none()
        mine = self.filter(bureau=membership.bureau_id)
        if membership.role == Role.MANAGER:
            return mine
        files = Candidate.objects.visible_to(membership).values("pk")
        return mine.filter(Q(candidate=None) | Q(candidate__in=files))

    def to_call(self) -> Self:
        """People nobody has met yet."""
        return self.filter(state=InwardState.NEW)


class InwardReferral(models.Model):
    """Somebody signed up by an organisation or at a gathering, until we have met.

    Name and reach stand here only until the file has them, or until they are forgotten (`candidates/forgetting.py`);
    they stay out of the audit trail, so that nothing is left of them.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, null=True, blank=True, related_name="inward_referrals"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="inward_referrals",
        verbose_name=_("organisatie"),
    )  # fmt: skip
    person_name = models.CharField(_("naam"), max_length=120, blank=True)
    person_phone = models.CharField(_("telefoon"), max_length=20, blank=True)
    person_email = models.EmailField(_("e-mail"), blank=True)
    hope = models.TextField(_("waar hoopt deze persoon op?"), max_length=1000, blank=True)
    contact_name = models.CharField(_("wie meldt aan"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail van wie aanmeldt"), blank=True)
    state = models.CharField(_("stand"), max_length=12, choices=InwardState.choices, default=InwardState.NEW)
    received_on = models.DateField(_("aangemeld op"), default=timezone.localdate)
    met_on = models.DateField(_("gesproken op"), null=True, blank=True)
    told = models.CharField(_("verteld aan de verwijzer"), max_length=12, choices=Told.choices, blank=True)
    told_on = models.DateField(_("verteld op"), null=True, blank=True)
    forgotten_on = models.DateField(_("gewist op"), null=True, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InwardReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanmelding")
        verbose_name_plural = _("aanmeldingen")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(person_name="") | Q(candidate__isnull=False) | Q(forgotten_on__isnull=False),
                name="inward_is_about_somebody",
            ),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | Q(state=InwardState.MET), name="inward_met_has_day"
            ),
            models.CheckConstraint(
                condition=Q(told="", told_on__isnull=True) | (~Q(told="") & Q(told_on__isnull=False)),
                name="inward_told_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "state", "-received_on"], name="inward_by_state"),
            models.Index(fields=["candidate"], name="inward_candidate"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Who it is about, as far as that is still written down."""
        return self.candidate.full_name if self.candidate else self.person_name or str(_("Naam gewist"))


class OutwardReferral(models.Model):
    """Somebody sent on to an organisation: the destination and what became of it."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="outward_referrals")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="outward_referrals", verbose_name=_("organisatie")
    )
    state = models.CharField(
        _("stand"), max_length=12, choices=OutwardState.choices, default=OutwardState.SENT
    )
    outcome = models.CharField(_("hoe het ging"), max_length=12, choices=OutwardOutcome.choices, blank=True)
    sent_on = models.DateField(_("doorverwezen op"), default=timezone.localdate)
    answered_on = models.DateField(_("antwoord op"), null=True, blank=True)
    done_on = models.DateField(_("afgerond op"), null=True, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("doorverwijzing")
        verbose_name_plural = _("doorverwijzingen")
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", done_on__isnull=True) & ~Q(state=OutwardState.DONE)
                | Q(state=OutwardState.DONE, done_on__isnull=False) & ~Q(outcome=""),
                name="outward_done_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__gte=F("sent_on")), name="outward_done_after"
            ),
            models.UniqueConstraint(
                fields=["candidate", "organisation"],
                condition=Q(state__in=[OutwardState.SENT, OutwardState.ACCEPTED]),
                name="outward_running_once",
            ),
        ]
        indexes = [models.Index(fields=["bureau", "state", "-sent_on"], name="outward_by_state")]

    def __str__(self) -> str:
        return f"{self.sent_on}"
