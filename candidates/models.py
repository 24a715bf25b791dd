"""People who take part, what they hope for, what they can and need, and who may know it.

There is deliberately no column for a citizen number, a diagnosis, an offence, a CV or a diploma.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area, Bureau, Membership
from candidates.enums import (
    BenefitStatus,
    ConsentPurpose,
    ConversationKind,
    OrganisationKind,
    ResidentKind,
    Rung,
    Source,
    Stage,
)

ADULT_AGE = 18
ALL_DAYPARTS = 2**21 - 1


class BureauQuerySet(models.QuerySet):
    """Rows of a bureau that all its staff may read."""

    def visible_to(self, membership: Membership) -> Self:
        """The whole bureau for its staff, nothing for anybody else."""
        if not membership.is_staff_role:
            return self.none()
        return self.filter(bureau=membership.bureau_id)


class CandidateRowQuerySet(models.QuerySet):
    """Rows about one candidate: whoever may open the file may read them."""

    def visible_to(self, membership: Membership) -> Self:
        """Rows in files that this role may open; the own file's for a candidate."""
        if membership.role == Role.MANAGER:
            return self.filter(bureau=membership.bureau_id)
        return self.filter(candidate__in=Candidate.objects.visible_to(membership).values("pk"))


class Organisation(models.Model):
    """Anyone who sends people to the bureau or receives them from it."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="organisations")
    name = models.CharField(_("naam"), max_length=120)
    kind = models.CharField(_("soort"), max_length=20, choices=OrganisationKind.choices)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=20, blank=True)

    objects = BureauQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["bureau", "name"], name="organisation_once")]

    def __str__(self) -> str:
        return self.name


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, membership: Membership) -> Self:
        """Files this role may open: the own people's, the whole bureau's for its manager, or one's own.

        A colleague's candidate opens for 24 hours after "open with a reason".
        """
        match membership.role:
            case Role.MANAGER:
                return self.filter(bureau=membership.bureau_id)
            case Role.CONNECTOR | Role.COACH:
                opened = FileOpening.objects.filter(membership=membership, until__gt=timezone.now())
                return self.filter(bureau=membership.bureau_id).filter(
                    Q(connector=membership) | Q(coach=membership) | Q(pk__in=opened.values("candidate"))
                )
            case Role.CANDIDATE:
                return self.filter(pk=membership.candidate_id)
        return self.none()

    def listed_to(self, membership: Membership) -> Self:
        """People whose name, and who holds them, this role may see: all of the bureau for its staff."""
        if not membership.is_staff_role:
            return self.none()
        return self.filter(bureau=membership.bureau_id)

    def held_by(self, membership: Membership) -> Self:
        """The own caseload."""
        return self.filter(bureau=membership.bureau_id).filter(Q(connector=membership) | Q(coach=membership))

    def active(self) -> Self:
        """Everybody whose file is not closed."""
        return self.exclude(stage=Stage.CLOSED)


class Candidate(models.Model):
    """A resident of 18 or older who takes part."""

    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="candidates")
    first_name = models.CharField(_("voornaam"), max_length=80)
    infix = models.CharField(_("tussenvoegsel"), max_length=20, blank=True)
    last_name = models.CharField(_("achternaam"), max_length=120, blank=True)
    search_name = models.CharField(max_length=240, editable=False, default="")
    birth_date = models.DateField(_("geboortedatum"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("geboortejaar"), null=True, blank=True)
    phone = models.CharField(_("telefoon"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    postcode = models.CharField(
        _("postcode"),
        max_length=6,
        blank=True,
        validators=[
            RegexValidator(r"^[1-9]\d{3}([A-Z]{2})?$", _("Vier cijfers, eventueel met twee letters."))
        ],
    )
    area = models.ForeignKey(
        Area, models.SET_NULL, null=True, blank=True, related_name="candidates", verbose_name=_("buurt")
    )
    language = models.CharField(
        _("taal van berichten"), max_length=5, default="nl", choices=[("nl", "Nederlands"), ("en", "English")]
    )
    resident_kind = models.CharField(
        _("bewoner of student"), max_length=10, choices=ResidentKind.choices, default=ResidentKind.RESIDENT
    )
    source = models.CharField(
        _("hoe we elkaar ontmoetten"), max_length=12, choices=Source.choices, blank=True
    )
    source_organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="candidates",
        verbose_name=_("via welke organisatie"),
    )
    benefit = models.CharField(
        _("uitkering (mag leeg blijven)"), max_length=20, choices=BenefitStatus.choices, blank=True
    )
    without_work_since = models.DateField(_("zonder werk sinds"), null=True, blank=True)
    stage = models.CharField(_("fase"), max_length=12, choices=Stage.choices, default=Stage.MET)
    connector = models.ForeignKey(
        Membership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="connected",
        verbose_name=_("verbinder"),
    )
    coach = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="coached", verbose_name=_("coach")
    )
    entered_on = models.DateField(_("sinds"), default=timezone.localdate)
    last_contact_on = models.DateField(_("laatste contact"), null=True, blank=True)
    last_proposed_on = models.DateField(_("laatst voorgesteld"), null=True, blank=True)
    call_back_on = models.DateField(_("terugbellen op"), null=True, blank=True)
    closed_on = models.DateField(_("afgesloten op"), null=True, blank=True)
    closed_reason = models.CharField(_("reden van afsluiten"), max_length=200, blank=True)
    retain_until = models.DateField(_("bewaren tot"), null=True, blank=True)
    import_key = models.CharField(max_length=64, blank=True, editable=False, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("kandidaat")
        verbose_name_plural = _("kandidaten")
        ordering = ["search_name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(first_name=""), name="candidate_has_first_name"),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_date__gte=date(1900, 1, 1)),
                name="candidate_birth_date",
            ),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__gte=1900, birth_year__lte=2100),
                name="candidate_birth_year",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.CLOSED, closed_on__isnull=False)
                | (~Q(stage=Stage.CLOSED) & Q(closed_on__isnull=True)),
                name="candidate_closed_has_date",
            ),
            models.UniqueConstraint(
                fields=["bureau", "import_key"], condition=~Q(import_key=""), name="candidate_import_once"
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "search_name", "id"], name="candidate_by_name"),
            models.Index(fields=["bureau", "stage", "last_contact_on", "id"], name="candidate_by_stage"),
            models.Index(fields=["coach", "stage", "last_contact_on", "id"], name="candidate_by_coach"),
            models.Index(
                fields=["connector", "stage", "last_contact_on", "id"], name="candidate_by_connector"
            ),
            GinIndex(fields=["search_name"], opclasses=["gin_trgm_ops"], name="candidate_name_trgm"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.first_name, self.infix, self.last_name) if part)

    @property
    def short_name(self) -> str:
        """What one calls out loud in a community centre: first name and initial."""
        return f"{self.first_name} {self.last_name[:1]}." if self.last_name else self.first_name

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper()

    @property
    def is_closed(self) -> bool:
        return self.stage == Stage.CLOSED

    def born_in(self) -> int | None:
        """The year of birth, from whichever of the two is known."""
        return self.birth_date.year if self.birth_date else self.birth_year

    def held_by(self, membership: Membership) -> bool:
        """Whether this is one of the membership's own people."""
        return membership.pk in (self.connector_id, self.coach_id)


class FileOpening(models.Model):
    """A colleague's file opened with a reason, for 24 hours; the candidate sees who and why."""

    LASTS = timedelta(hours=24)

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="openings")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="openings")
    reason = models.CharField(_("reden"), max_length=300)
    opened_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="opening_has_reason")]

    def __str__(self) -> str:
        return self.reason


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
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.get_kind_display()}"


def _terms(label: Any) -> ArrayField:
    return ArrayField(models.IntegerField(), verbose_name=label, null=True, blank=True)


class Intake(models.Model):
    """The coach's record: dreams first, then talents and what the person needs at work.

    NULL means not asked yet; an empty list means asked, and there is nothing. `provenance` says per field who
    noted it and when. One row per candidate; the audit trail holds what it was before.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.OneToOneField(Candidate, models.CASCADE, related_name="intake")
    started_on = models.DateField(_("begonnen op"), default=timezone.localdate)
    completed_on = models.DateField(_("afgerond op"), null=True, blank=True)
    dreams = models.TextField(_("waar droom je van?"), max_length=4000, blank=True)
    wishes = models.TextField(_("wat wil je dat er verandert?"), max_length=4000, blank=True)
    energy = models.TextField(_("waar krijg je energie van?"), max_length=4000, blank=True)
    talents_claimed = _terms(_("talenten, volgens mij"))
    talents_shown = _terms(_("talenten, al laten zien"))
    talents_evidence = models.TextField(_("waar bleek dat?"), max_length=2000, blank=True)
    tasks_liked = _terms(_("taken die ik graag doe"))
    tasks_to_learn = _terms(_("taken die ik wil leren"))
    tasks_rather_not = _terms(_("taken liever niet"))
    hours_now = models.DecimalField(
        _("uren per week nu"), max_digits=4, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(40)],
    )  # fmt: skip
    hours_wished = models.DecimalField(
        _("uren per week later"), max_digits=4, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(40)],
    )  # fmt: skip
    dayparts = models.IntegerField(
        _("wanneer kun je?"), null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(ALL_DAYPARTS)],
    )  # fmt: skip
    conditions_needed = _terms(_("wat heb je nodig op het werk?"))
    means = ArrayField(models.CharField(max_length=8), verbose_name=_("hoe reis je?"), null=True, blank=True)
    travel_minutes = models.PositiveSmallIntegerField(
        _("hoe lang mag de reis duren, in minuten?"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(180)],
    )
    wants_own_area = models.BooleanField(_("wil je in je eigen buurt werken?"), null=True, blank=True)
    dutch_level = models.PositiveSmallIntegerField(
        _("hoe goed spreek je Nederlands?"), null=True, blank=True, validators=[MaxValueValidator(4)]
    )
    languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("andere talen"), null=True, blank=True
    )
    digital_level = models.PositiveSmallIntegerField(
        _("hoe goed ben je met computer en telefoon?"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(3)],
    )
    guidance_needed = models.PositiveSmallIntegerField(
        _("hoeveel begeleiding wil je?"), null=True, blank=True, validators=[MaxValueValidator(3)]
    )
    forms_accepted = ArrayField(
        models.CharField(max_length=20), verbose_name=_("welk soort werk past?"), null=True, blank=True
    )
    notes = models.JSONField(_("aantekeningen per stap"), default=dict, blank=True)
    provenance = models.JSONField(default=dict, blank=True, editable=False)
    summary = models.TextField(_("samenvatting"), max_length=8000, blank=True)
    summary_approved_on = models.DateField(_("samen gelezen en goedgekeurd op"), null=True, blank=True)
    summary_approved_name = models.CharField(_("naam van de kandidaat"), max_length=200, blank=True)
    updated_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_now__isnull=True) | Q(hours_now__gte=0, hours_now__lte=40),
                name="intake_hours_now",
            ),
            models.CheckConstraint(
                condition=Q(hours_wished__isnull=True) | Q(hours_wished__gte=0, hours_wished__lte=40),
                name="intake_hours_wished",
            ),
            models.CheckConstraint(
                condition=Q(dayparts__isnull=True) | Q(dayparts__gte=0, dayparts__lte=ALL_DAYPARTS),
                name="intake_dayparts",
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "candidate"], name="intake_bureau"),
            models.Index(fields=["bureau", "completed_on"], name="intake_completed"),
        ]

    def __str__(self) -> str:
        return f"{self.started_on}"


class SafetyRemark(models.Model):
    """Somebody the candidate does not want to meet. Coach and candidate only; matching shows a clash, never why."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="safety_remarks")
    text = models.TextField(_("wie of wat vermijden"), max_length=1000)
    employer = models.ForeignKey(
        "employers.Employer",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("werkt bij"),
    )
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class SafetyQuerySet(models.QuerySet["SafetyRemark"]):
        def visible_to(self, membership: Membership) -> Self:
            """Coaches for files they may open, and the candidate; not connectors, not managers."""
            if membership.role not in (Role.COACH, Role.CANDIDATE):
                return self.none()
            return self.filter(candidate__in=Candidate.objects.visible_to(membership).values("pk"))

    objects = SafetyQuerySet.as_manager()

    class Meta:
        verbose_name = _("veiligheid")
        verbose_name_plural = _("veiligheid")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


class ConsentQuerySet(CandidateRowQuerySet):
    def in_force(self) -> Self:
        """Given and not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Consent(models.Model):
    """One purpose, one recipient, a dated text: given, and withdrawn when the candidate says so."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("waarvoor"), max_length=20, choices=ConsentPurpose.choices)
    recipient = models.CharField(_("aan wie"), max_length=160, blank=True)
    text_version = models.CharField(_("versie van de tekst"), max_length=40)
    text = models.TextField(_("tekst"))
    given_at = models.DateTimeField(_("gegeven op"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    recorded_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "purpose", "recipient"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_in_force_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.recipient}"


class StageChange(models.Model):
    """When somebody moved from one stage to another."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="stage_changes")
    from_stage = models.CharField(_("van"), max_length=12, choices=Stage.choices, blank=True)
    to_stage = models.CharField(_("naar"), max_length=12, choices=Stage.choices)
    on = models.DateField(_("op"), default=timezone.localdate)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(_("toelichting"), max_length=300, blank=True)

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["candidate", "-on"], name="stage_change_candidate")]

    def __str__(self) -> str:
        return f"{self.from_stage} → {self.to_stage}"


class Measurement(models.Model):
    """A rung of the participation ladder on a day, and where somebody could grow to."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="measurements")
    measured_on = models.DateField(_("op"), default=timezone.localdate)
    rung = models.PositiveSmallIntegerField(_("trede nu"), choices=Rung.choices)
    potential = models.PositiveSmallIntegerField(
        _("kan groeien naar"), choices=Rung.choices, null=True, blank=True
    )
    answers = models.JSONField(_("antwoorden"), default=dict, blank=True)
    wellbeing = models.TextField(_("hoe gaat het, in eigen woorden"), max_length=2000, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")

    objects = CandidateRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("meting")
        verbose_name_plural = _("metingen")
        ordering = ["measured_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(rung__gte=1, rung__lte=6), name="measurement_rung"),
            models.CheckConstraint(
                condition=Q(potential__isnull=True) | Q(potential__gte=1, potential__lte=6),
                name="measurement_potential",
            ),
            models.UniqueConstraint(fields=["candidate", "measured_on"], name="measurement_once_a_day"),
        ]
        indexes = [models.Index(fields=["bureau", "measured_on"], name="measurement_bureau")]

    def __str__(self) -> str:
        return f"{self.measured_on}: {self.rung}"
