"""People who take part, the organisations around them, and who may open a file."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area, Bureau, Membership
from candidates.enums import (
    BenefitStatus,
    OrganisationKind,
    ResidentKind,
    Source,
    Stage,
)

ADULT_AGE = 18


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

        A colleague's candidate opens for 24 hours after "open with a reason". Who is leaving is the coach's alone.
        """
        match membership.role:
            case Role.MANAGER:
                return self.filter(bureau=membership.bureau_id).unless_leaving(membership)
            case Role.CONNECTOR | Role.COACH:
                opened = FileOpening.objects.filter(membership=membership, until__gt=timezone.now())
                return (
                    self.filter(bureau=membership.bureau_id)
                    .filter(
                        Q(connector=membership) | Q(coach=membership) | Q(pk__in=opened.values("candidate"))
                    )
                    .unless_leaving(membership)
                )
            case Role.CANDIDATE:
                return self.filter(pk=membership.candidate_id)
        return self.none()

    def listed_to(self, membership: Membership) -> Self:
        """People whose name, and who holds them, this role may see: all of the bureau for its staff."""
        if not membership.is_staff_role:
            return self.none()
        return self.filter(bureau=membership.bureau_id).unless_leaving(membership)

    def held_by(self, membership: Membership) -> Self:
        """The own caseload."""
        mine = self.filter(bureau=membership.bureau_id)
        return mine.filter(Q(connector=membership) | Q(coach=membership)).unless_leaving(membership)

    def unless_leaving(self, membership: Membership) -> Self:
        """Who asked to be erased is out of everybody's sight but the coach's; without a coach, the others'."""
        return self.filter(Q(leaving_on=None) | Q(coach=membership) | Q(coach=None))

    def untaken(self) -> Self:
        """Signed up alone, and nobody took them on yet."""
        return self.filter(source=Source.ONLINE, stage=Stage.MET, coach=None, connector=None)

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
    birth_spread = models.PositiveSmallIntegerField(_("hoeveel jaar meer of minder"), default=0, db_default=0)
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
    leaving_on = models.DateField(_("stopt op"), null=True, blank=True)
    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
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
            GinIndex(
                fields=["bureau", "search_name"],
                opclasses=["int8_ops", "gin_trgm_ops"],
                name="candidate_looks_alike",
            ),
            GinIndex(
                F("bureau"), Func(F("search_name"), function="name_sounds"), name="candidate_sounds_alike"
            ),
            models.Index(fields=["bureau", "phone"], condition=~Q(phone=""), name="candidate_by_phone"),
            models.Index(F("bureau"), Upper("email"), condition=~Q(email=""), name="candidate_by_email"),
            models.Index(
                fields=["bureau", "leaving_on"],
                condition=Q(leaving_on__isnull=False),
                name="candidate_leaving",
            ),
            models.Index(
                fields=["bureau", "retain_until"],
                condition=Q(retain_until__isnull=False),
                name="candidate_retained",
            ),
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

    @property
    def is_leaving(self) -> bool:
        """Asked to be erased, and may still come back on it."""
        return self.leaving_on is not None

    def born_in(self) -> int | None:
        """The year of birth, from whichever of the two is known."""
        return self.birth_date.year if self.birth_date else self.birth_year

    @property
    def born(self) -> str:
        """The year of birth as far as it is known: 1985, or 1975–1985 where it was guessed."""
        if not self.birth_year:
            return ""
        low, high = self.birth_year - self.birth_spread, self.birth_year + self.birth_spread
        return f"{low}–{high}" if self.birth_spread else str(low)

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
        verbose_name = _("inzage met een reden")
        verbose_name_plural = _("inzagen met een reden")
        ordering = ["-opened_at"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="opening_has_reason")]

    def __str__(self) -> str:
        return self.reason
