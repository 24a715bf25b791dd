"""When people could meet, and how it was in the words of each of them."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Candidate
from employers.models import Employer
from matching.enums import MissedReason, Onward, Teller, YesNo
from matching.models.matches import Introduction, Match

MOST_OPTIONS = 5


class OptionQuerySet(models.QuerySet["MeetingOption"]):
    def visible_to(self, membership: Membership) -> Self:
        """Whoever may read the match; the employer while they can still be answered."""
        if membership.role == Role.EMPLOYER:
            return self.filter(employer=membership.employer_id, closed_at=None, introduction__open=True)
        return self.filter(introduction__match__in=Match.objects.visible_to(membership).values("pk"))

    def open(self) -> Self:
        """Still to be answered: not settled or dropped, and not past."""
        return self.filter(closed_at=None, starts_at__gt=timezone.now())


class MeetingOption(models.Model):
    """A moment that somebody proposed to meet, and whom it suits. At most five are open at a time."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField(_("nummer"))
    starts_at = models.DateTimeField(_("wanneer"))
    minutes = models.PositiveSmallIntegerField(
        _("minuten"), default=45, validators=[MinValueValidator(10), MaxValueValidator(480)]
    )
    place = models.CharField(_("waar"), max_length=200)
    proposed_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(_("voorgesteld op"), default=timezone.now)
    candidate_says = models.CharField(
        _("past het de kandidaat"), max_length=3, choices=YesNo.choices, blank=True
    )
    employer_says = models.CharField(
        _("past het de werkgever"), max_length=3, choices=YesNo.choices, blank=True
    )
    coach_says = models.CharField(_("past het de coach"), max_length=3, choices=YesNo.choices, blank=True)
    closed_at = models.DateTimeField(_("niet meer te kiezen sinds"), null=True, blank=True)

    objects = OptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("moment voor een kennismaking")
        verbose_name_plural = _("momenten voor een kennismaking")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_OPTIONS), name="meeting_option_at_most_five"
            ),
            models.UniqueConstraint(
                fields=["introduction", "number"],
                condition=Q(closed_at=None),
                name="meeting_option_number_once",
            ),
            models.UniqueConstraint(
                fields=["introduction", "starts_at"],
                condition=Q(closed_at=None),
                name="meeting_option_moment_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.introduction_id}: {self.starts_at:%Y-%m-%d %H:%M}"

    def says(self, side: str) -> str:
        """Whether it suits one side: yes, no, or nothing said yet."""
        return str(getattr(self, f"{side}_says"))

    @property
    def suits_all(self) -> bool:
        return all(self.says(side) == YesNo.YES for side in Teller.values)

    @property
    def suits_both(self) -> bool:
        """The candidate and the employer can, and the coach did not say no: the coach can settle it."""
        both = self.says(Teller.CANDIDATE) == self.says(Teller.EMPLOYER) == YesNo.YES
        return both and not self.is_refused

    @property
    def is_refused(self) -> bool:
        """Whether it cannot be, because it does not suit somebody."""
        return any(self.says(side) == YesNo.NO for side in Teller.values)


class AccountQuerySet(models.QuerySet["MeetingAccount"]):
    def visible_to(self, membership: Membership) -> Self:
        """Whoever may read the match; the employer the own words alone."""
        if membership.role == Role.EMPLOYER:
            return self.filter(employer=membership.employer_id, teller=Teller.EMPLOYER)
        return self.filter(introduction__match__in=Match.objects.visible_to(membership).values("pk"))

    def of_now(self, introduction: Introduction) -> Self:
        """About the appointment as it stands; none where nothing is planned."""
        if introduction.starts_at is None:
            return self.none()
        return self.filter(introduction=introduction, meeting_at=introduction.starts_at)


class MeetingAccount(models.Model):
    """How one meeting was for one of the three, in the own words; or that it did not come about, and why.

    No list, rule or figure reads the reason: it serves to plan again, nothing else.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="accounts")
    meeting_at = models.DateTimeField(_("kennismaking van"))
    teller = models.CharField(_("wie vertelt"), max_length=10, choices=Teller.choices)
    happened = models.BooleanField(_("ging door"), default=True)
    reason = models.CharField(_("waarom niet"), max_length=8, choices=MissedReason.choices, blank=True)
    words = models.CharField(_("in eigen woorden"), max_length=1000, blank=True)
    next_step = models.CharField(_("verder"), max_length=5, choices=Onward.choices, blank=True)
    told_at = models.DateTimeField(_("verteld op"), default=timezone.now)
    told_by = models.ForeignKey(
        Membership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("opgeschreven door"),
    )
    told_name = models.CharField(_("naam"), max_length=120, blank=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("verhaal over een kennismaking")
        verbose_name_plural = _("verhalen over een kennismaking")
        ordering = ["meeting_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "meeting_at", "teller"], name="meeting_account_once_each"
            ),
            models.CheckConstraint(
                condition=Q(happened=True, reason="") | (Q(happened=False) & ~Q(reason="")),
                name="meeting_account_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.introduction_id}: {self.teller}"

    @property
    def own(self) -> bool:
        """Whether they typed it themselves; else a colleague wrote it down for them."""
        return self.told_by is None or not self.told_by.is_staff_role or self.teller == Teller.COACH
