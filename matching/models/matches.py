"""One candidate put forward for one position: the reasons, the moves, and what an employer may know."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Candidate, Consent
from employers.models import Employer, Position
from matching.enums import (
    OPEN_STATES,
    DeclinedBy,
    DeclineReason,
    MatchState,
)


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, membership: Membership) -> Self:
        """All of the bureau's for coach and manager, own people's for a connector, the own ones for a candidate.

        Employer contacts never read a match; what they may know is in its Introduction.
        """
        match membership.role:
            case Role.COACH | Role.MANAGER:
                return self.filter(bureau=membership.bureau_id)
            case Role.CONNECTOR:
                return self.filter(candidate__in=Candidate.objects.visible_to(membership).values("pk"))
            case Role.CANDIDATE:
                return self.filter(candidate=membership.candidate_id)
        return self.none()

    def standing(self) -> Self:
        """Without those that were taken back as if they had not been."""
        taken_back = MatchEvent.objects.filter(match=OuterRef("pk"), undoes__from_state="")
        return self.exclude(Exists(taken_back))

    def open(self) -> Self:
        """Still waiting for somebody's next step."""
        return self.filter(state__in=OPEN_STATES)


class Match(models.Model):
    """One candidate put forward for one position, with the reasons as they were on that day."""

    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="matches")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="matches")
    position = models.ForeignKey(Position, models.PROTECT, related_name="matches")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="matches")
    state = models.CharField(
        _("stand"), max_length=16, choices=MatchState.choices, default=MatchState.PROPOSED
    )
    rules_version = models.CharField(_("versie van de regels"), max_length=20)
    frozen = models.JSONField(_("redenen op dat moment"))
    overrules = models.JSONField(_("toch voorgesteld, omdat"), default=dict, blank=True)
    share = models.JSONField(_("wat de werkgever mag weten"), default=list, blank=True)
    consent = models.ForeignKey(
        Consent, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("toestemming")
    )
    note = models.TextField(_("toelichting"), max_length=2000, blank=True)
    proposed_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(_("voorgesteld op"), default=timezone.now)
    answer_by = models.DateField(_("antwoord voor"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("herinnerd op"), null=True, blank=True)
    answered_at = models.DateTimeField(_("antwoord op"), null=True, blank=True)
    declined_by = models.CharField(_("door wie"), max_length=10, choices=DeclinedBy.choices, blank=True)
    decline_reason = models.CharField(_("reden"), max_length=12, choices=DeclineReason.choices, blank=True)
    decline_note = models.CharField(_("in eigen woorden"), max_length=500, blank=True)
    ended_at = models.DateTimeField(_("geëindigd op"), null=True, blank=True)
    since = models.DateTimeField(_("in deze stand sinds"), default=timezone.now)
    nudged_at = models.DateTimeField(_("coach herinnerd op"), null=True, blank=True)
    told_at = models.DateTimeField(_("verteld dat het lang duurt op"), null=True, blank=True)
    waits_for_place_at = models.DateTimeField(_("wacht op een plek sinds"), null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("voorstel")
        verbose_name_plural = _("voorstellen")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "position"],
                condition=Q(state__in=OPEN_STATES),
                name="match_pair_once_while_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=MatchState.DECLINED) | (~Q(declined_by="") & ~Q(decline_reason="")),
                name="match_declined_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "state", "-proposed_at"], name="match_by_state"),
            models.Index(fields=["position", "state"], name="match_by_position"),
            models.Index(fields=["candidate", "-proposed_at"], name="match_by_candidate"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} → {self.position_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class MatchEvent(models.Model):
    """One move of a match: from where to where, by whom, and what was said."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    match = models.ForeignKey(Match, models.CASCADE, related_name="events")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    from_state = models.CharField(max_length=16, choices=MatchState.choices, blank=True)
    to_state = models.CharField(max_length=16, choices=MatchState.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    by_role = models.CharField(max_length=12, choices=Role.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    undoes = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name=_("draait terug"),
    )

    class EventQuerySet(models.QuerySet["MatchEvent"]):
        def visible_to(self, membership: Membership) -> Self:
            """Whoever may read the match."""
            return self.filter(match__in=Match.objects.visible_to(membership).values("pk"))

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("stap in een voorstel")
        verbose_name_plural = _("stappen in een voorstel")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def visible_to(self, membership: Membership) -> Self:
        """Whoever may read the match; the employer to whom somebody was introduced, for as long as it goes on."""
        if membership.role == Role.EMPLOYER:
            return self.filter(employer=membership.employer_id, open=True)
        return self.filter(match__in=Match.objects.visible_to(membership).values("pk"))


class Introduction(models.Model):
    """What an employer may know, and the meeting that follows; made at the moment the employer sees a name.

    shared: label → text, exactly the fields that the candidate agreed to share for this match.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    match = models.OneToOneField(Match, models.CASCADE, related_name="introduction")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="introductions")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="introductions")
    position_title = models.CharField(_("werkplek"), max_length=120)
    shared_name = models.CharField(_("naam"), max_length=240)
    shared = models.JSONField(_("gedeeld"), default=dict)
    open = models.BooleanField(_("loopt"), default=True)
    introduced_at = models.DateTimeField(_("voorgesteld op"), default=timezone.now)
    employer_answer = models.CharField(
        _("antwoord van de werkgever"),
        max_length=8,
        blank=True,
        choices=[("yes", _("Graag kennismaken")), ("no", _("Nu niet"))],
    )
    employer_note = models.CharField(_("bericht van de werkgever"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("beantwoord op"), null=True, blank=True)
    starts_at = models.DateTimeField(_("wanneer"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minuten"), default=45, validators=[MinValueValidator(10), MaxValueValidator(480)]
    )
    place = models.CharField(_("waar"), max_length=200, blank=True)
    companion = models.CharField(_("wie gaat er mee"), max_length=120, blank=True)
    companion_member = models.ForeignKey(
        Membership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("collega die meegaat"),
    )
    planned_at = models.DateTimeField(_("afgesproken op"), null=True, blank=True)
    calendar_uid = models.UUIDField(null=True, blank=True)
    calendar_sequence = models.PositiveSmallIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("kennismaking")
        verbose_name_plural = _("kennismakingen")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["employer", "open"], name="introduction_employer"),
            models.Index(fields=["bureau", "starts_at"], name="introduction_when"),
        ]

    def __str__(self) -> str:
        return f"{self.shared_name}, {self.position_title}"

    @property
    def who_comes(self) -> str:
        """Who comes along, a colleague first."""
        names = [str(self.companion_member.user) if self.companion_member else "", self.companion]
        return f" {_('en')} ".join(name for name in names if name)
