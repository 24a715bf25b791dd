"""What an employer is asked about one person, and the link in an e-mail with which they answer."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership, hash_token
from candidates.models import Candidate
from employers.models import Contact, Employer
from matching.enums import ABOUT_INTRODUCTION, CheckInMood, QuestionKind, YesNo
from matching.models.along import CHECK_IN_WEEKS, HoursStep
from matching.models.job_coaching import CoachPeriod
from matching.models.matches import Introduction
from matching.models.placements import Placement


class QuestionQuerySet(models.QuerySet["EmployerQuestion"]):
    def visible_to(self, membership: Membership) -> Self:
        """The bureau's for coach and manager, own people's for a connector, the own ones for the two sides."""
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

    def unanswered(self) -> Self:
        """Nobody said anything, and no colleague has settled it."""
        return self.filter(answered_at=None, settled_at=None)


class EmployerQuestion(models.Model):
    """One matter an employer is asked about, once: an introduction, when to meet and how that was, a week after the
    start, a step in hours, or to sign the hours of a job coach.

    What they say about somebody's work stands here, apart from what the candidate says. The answer to an
    introduction itself is in the introduction.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="questions")
    kind = models.CharField(_("waarover"), max_length=12, choices=QuestionKind.choices)
    introduction = models.ForeignKey(
        Introduction, models.CASCADE, null=True, blank=True, related_name="questions"
    )
    placement = models.ForeignKey(
        Placement, models.CASCADE, null=True, blank=True, related_name="employer_questions"
    )
    week = models.PositiveSmallIntegerField(_("week"), null=True, blank=True)
    step = models.ForeignKey(HoursStep, models.CASCADE, null=True, blank=True, related_name="questions")
    period = models.ForeignKey(CoachPeriod, models.CASCADE, null=True, blank=True, related_name="questions")
    asked_at = models.DateTimeField(_("gevraagd op"), default=timezone.now)
    reminded_at = models.DateTimeField(_("herinnerd op"), null=True, blank=True)
    told_at = models.DateTimeField(_("verteld aan de kandidaat op"), null=True, blank=True)
    going = models.CharField(_("hoe gaat het"), max_length=6, choices=CheckInMood.choices, blank=True)
    hours_right = models.CharField(_("kloppen de uren"), max_length=3, choices=YesNo.choices, blank=True)
    help_wanted = models.CharField(_("hulp nodig"), max_length=3, choices=YesNo.choices, blank=True)
    version = models.CharField(_("versie van de vragen"), max_length=8, blank=True)
    answers = models.JSONField(_("antwoorden van de werkgever"), default=dict, blank=True)
    words = models.TextField(_("in woorden van de werkgever"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("beantwoord op"), null=True, blank=True)
    answered_by = models.CharField(_("beantwoord door"), max_length=120, blank=True)
    settled_at = models.DateTimeField(_("opgepakt op"), null=True, blank=True)
    settled_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("opgepakt door")
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vraag aan de werkgever")
        verbose_name_plural = _("vragen aan de werkgever")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="employer_question_about_one",
                condition=(
                    Q(
                        kind__in=ABOUT_INTRODUCTION, introduction__isnull=False, placement=None, step=None,
                        week=None, period=None,
                    )
                    | Q(
                        kind=QuestionKind.CHECK_IN, placement__isnull=False, week__in=CHECK_IN_WEEKS,
                        introduction=None, step=None, period=None,
                    )
                    | Q(
                        kind=QuestionKind.HOURS, placement__isnull=False, step__isnull=False,
                        introduction=None, week=None, period=None,
                    )
                    | Q(
                        kind=QuestionKind.COACH_PERIOD, placement__isnull=False, period__isnull=False,
                        introduction=None, week=None, step=None,
                    )
                ),
            ),
            models.UniqueConstraint(
                fields=["introduction"], condition=Q(kind=QuestionKind.INTRODUCTION),
                name="employer_question_introduction_once",
            ),
            models.UniqueConstraint(
                fields=["introduction", "kind"],
                condition=Q(kind__in=ABOUT_INTRODUCTION, answered_at=None, settled_at=None),
                name="employer_question_meeting_once",
            ),
            models.UniqueConstraint(
                fields=["placement", "week"], condition=Q(kind=QuestionKind.CHECK_IN),
                name="employer_question_week_once",
            ),
            models.UniqueConstraint(
                fields=["step"], condition=Q(kind=QuestionKind.HOURS), name="employer_question_step_once"
            ),
            models.UniqueConstraint(
                fields=["period"], condition=Q(kind=QuestionKind.COACH_PERIOD),
                name="employer_question_period_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["bureau", "asked_at"], condition=Q(settled_at=None), name="employer_question_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def calls(self) -> bool:
        """Whether the answer asks a colleague to do something."""
        return self.help_wanted == YesNo.YES or self.hours_right == YesNo.NO


class EmployerLink(models.Model):
    """A link in an e-mail that shows one question to whoever holds it and takes one answer; no sign-in.

    Only the hash of its secret is kept. Looking spends nothing: mail programs look ahead.
    """

    VALID = timedelta(days=14)

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    question = models.ForeignKey(EmployerQuestion, models.CASCADE, related_name="links")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("verstuurd op"), default=timezone.now)
    expires_at = models.DateTimeField(_("werkt tot"))
    used_at = models.DateTimeField(_("gebruikt op"), null=True, blank=True)

    class LinkQuerySet(models.QuerySet["EmployerLink"]):
        def visible_to(self, membership: Membership) -> Self:
            """Staff who may read the question; the link itself is for its holder alone."""
            if not membership.is_staff_role:
                return self.none()
            return self.filter(question__in=EmployerQuestion.objects.visible_to(membership).values("pk"))

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link voor de werkgever")
        verbose_name_plural = _("links voor de werkgever")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.contact_id}"

    @classmethod
    def issue(cls, *, question: EmployerQuestion, contact: Contact) -> tuple[EmployerLink, str]:
        """A new link and its path; the secret in the path is not kept anywhere."""
        token = secrets.token_urlsafe(24)
        link = cls.objects.create(
            bureau_id=question.bureau_id,
            candidate_id=question.candidate_id,
            employer_id=question.employer_id,
            question=question,
            contact=contact,
            token_hash=hash_token(token),
            expires_at=timezone.now() + cls.VALID,
        )
        return link, reverse("matching:employer_link", args=[token])

    @property
    def is_fresh(self) -> bool:
        """Not used and not too old."""
        return self.used_at is None and self.expires_at > timezone.now()
