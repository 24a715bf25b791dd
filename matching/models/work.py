"""From a proposal with reasons to work that grows at the person's own pace."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Candidate, Consent
from employers.enums import END_REQUIRED_FORMS, PAID_FORMS, WorkForm
from employers.models import Employer, Position
from matching.enums import (
    OPEN_STATES,
    CheckInMood,
    DeclinedBy,
    DeclineReason,
    Destination,
    EndReason,
    ImportState,
    MatchState,
)

CHECK_IN_WEEKS = (1, 4, 13, 26, 52)


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
    updated_at = models.DateTimeField(auto_now=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("voorstel")
        verbose_name_plural = _("voorstellen")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "position"],
                condition=Q(state__in=[*OPEN_STATES, MatchState.PLACED]),
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
    calendar_uid = models.UUIDField(null=True, blank=True)
    calendar_sequence = models.PositiveSmallIntegerField(default=0)
    outcome_candidate = models.CharField(_("hoe was het voor de kandidaat"), max_length=1000, blank=True)
    outcome_employer = models.CharField(_("hoe was het voor de werkgever"), max_length=1000, blank=True)
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
    """Work that started. `ends_on` is what was agreed; `ended_on` is what happened (the last day)."""

    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="placements")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="placements")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="placements")
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, related_name="placements")
    match = models.OneToOneField(Match, models.SET_NULL, null=True, blank=True, related_name="placement")
    shared_name = models.CharField(_("naam bij de werkgever"), max_length=240, blank=True)
    form = models.CharField(_("werkvorm"), max_length=20, choices=WorkForm.choices)
    starts_on = models.DateField(_("begint op"))
    ends_on = models.DateField(_("loopt tot en met"), null=True, blank=True)
    employer_of_record = models.CharField(_("in dienst bij"), max_length=160, blank=True)
    contract_on = models.DateField(_("datum contract"), null=True, blank=True)
    supervisor = models.CharField(_("begeleider op het werk"), max_length=120, blank=True)
    in_neighbourhood = models.BooleanField(_("in de eigen wijk"), null=True, blank=True)
    ended_on = models.DateField(_("laatste dag"), null=True, blank=True)
    end_reason = models.CharField(_("reden"), max_length=12, choices=EndReason.choices, blank=True)
    destination = models.CharField(_("waarheen"), max_length=16, choices=Destination.choices, blank=True)
    end_note = models.CharField(_("toelichting"), max_length=500, blank=True)
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


class PlacementRowQuerySet(models.QuerySet):
    """Rows that hang on a placement."""

    def visible_to(self, membership: Membership) -> Self:
        """Whoever may read the placement."""
        return self.filter(placement__in=Placement.objects.visible_to(membership).values("pk"))


class HoursStep(models.Model):
    """Hours a week over a date range (until is exclusive, open at the end while it holds); up, down or level."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="hours_steps")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    hours = models.DecimalField(
        _("uren per week"), max_digits=4, decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(40)],
    )  # fmt: skip
    during = DateRangeField(_("periode"))
    reason = models.CharField(_("in woorden van de kandidaat"), max_length=300, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("bevestigd door de werkgever"), null=True, blank=True)

    objects = PlacementRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("urenstap")
        verbose_name_plural = _("urenstappen")
        ordering = ["during"]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gte=0.5, hours__lte=40), name="hours_step_range"),
            models.CheckConstraint(condition=Q(during__isempty=False), name="hours_step_not_empty"),
            ExclusionConstraint(
                name="hours_steps_never_overlap",
                expressions=[("placement", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours} {self.during}"


class CheckInQuerySet(PlacementRowQuerySet):
    def visible_to(self, membership: Membership) -> Self:
        """Whoever may read the placement, but not the employer: it holds the candidate's own words."""
        return self.none() if membership.role == Role.EMPLOYER else super().visible_to(membership)


class CheckIn(models.Model):
    """Contact after the start: weeks 1, 4, 13, 26 and 52."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="check_ins")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    week = models.PositiveSmallIntegerField(_("week"))
    due_on = models.DateField(_("rond"))
    done_on = models.DateField(_("gesproken op"), null=True, blank=True)
    mood = models.CharField(_("hoe gaat het"), max_length=6, choices=CheckInMood.choices, blank=True)
    candidate_words = models.TextField(_("in woorden van de kandidaat"), max_length=2000, blank=True)
    employer_words = models.TextField(_("in woorden van de werkgever"), max_length=2000, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("nazorggesprek")
        verbose_name_plural = _("nazorggesprekken")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "week"], name="check_in_once_a_week"),
            models.CheckConstraint(condition=Q(week__in=CHECK_IN_WEEKS), name="check_in_week"),
        ]
        indexes = [models.Index(fields=["bureau", "due_on"], condition=Q(done_on=None), name="check_in_due")]

    def __str__(self) -> str:
        return f"week {self.week}"


class Message(models.Model):
    """An e-mail that left, or should: what happened to it shows on the timeline."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, null=True, blank=True, related_name="messages")
    match = models.ForeignKey(Match, models.CASCADE, null=True, blank=True, related_name="messages")
    question = models.ForeignKey(
        "matching.EmployerQuestion", models.CASCADE, null=True, blank=True, related_name="messages"
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
            ("held", _("Mag niet mailen")),
        ],
    )
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

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class ImportJob(models.Model):
    """A workbook that a manager brought: read first, taken over when they say so."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    file = models.FileField(upload_to="imports/")
    file_name = models.CharField(_("bestand"), max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        _("stand"), max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    skip_bad_rows = models.BooleanField(_("foute rijen overslaan"), default=False)
    progress = models.PositiveSmallIntegerField(_("voortgang in procenten"), default=0)
    result = models.JSONField(_("uitkomst"), default=dict, blank=True)
    error = models.CharField(_("wat ging er mis"), max_length=300, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("gebracht op"), default=timezone.now)
    done_at = models.DateTimeField(_("overgenomen op"), null=True, blank=True)

    class ImportJobQuerySet(models.QuerySet["ImportJob"]):
        def visible_to(self, membership: Membership) -> Self:
            """The bureau's own, for its manager."""
            return (
                self.filter(bureau=membership.bureau_id) if membership.role == Role.MANAGER else self.none()
            )

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("werkboek")
        verbose_name_plural = _("werkboeken")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


def check_in_dates(starts_on: date) -> dict[int, date]:
    """When the five check-ins of a placement are due."""
    return {week: starts_on + timedelta(weeks=week) for week in CHECK_IN_WEEKS}
