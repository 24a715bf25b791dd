"""The bureau's relation with an employer: what was said, what we remember, what we agreed and how they help."""

from __future__ import annotations

from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Bureau, Membership
from employers.models.companies import Contact, Employer
from employers.relation_enums import AgreementState, TalkKind, Unit, ValueSource, Way


class RelationQuerySet(models.QuerySet):
    """Rows about an employer that the bureau keeps for itself."""

    def visible_to(self, membership: Membership) -> Self:
        """The bureau's for its staff; nobody else's."""
        return self.filter(bureau=membership.bureau_id) if membership.is_staff_role else self.none()

    def kept(self) -> Self:
        """Without what somebody took away."""
        return self.filter(removed_at=None)


class Talk(models.Model):
    """One line of the log: we spoke, and this is what it came to."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="talks")
    kind = models.CharField(_("hoe"), max_length=10, choices=TalkKind.choices)
    on = models.DateField(_("dag"), default=timezone.localdate)
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="talks", verbose_name=_("met wie")
    )
    note = models.TextField(_("waar ging het over"), max_length=4000, blank=True)
    agreed = models.TextField(_("wat spraken jullie af"), max_length=1000, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", verbose_name=_("wie"))
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("gesprek met een werkgever")
        verbose_name_plural = _("gesprekken met werkgevers")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["employer", "-on"], name="talk_of_employer")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class Reminder(models.Model):
    """Something to come back to on a day, for oneself or a colleague."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="reminders")
    text = models.CharField(_("waaraan"), max_length=300)
    due_on = models.DateField(_("op welke dag"))
    for_whom = models.ForeignKey(
        Membership, models.SET_NULL, null=True, related_name="+", verbose_name=_("voor wie")
    )
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(_("gedaan op"), null=True, blank=True)
    done_by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("herinnering")
        verbose_name_plural = _("herinneringen")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["bureau", "due_on"], condition=Q(done_at=None), name="reminder_to_do"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=False) | Q(done_by__isnull=True), name="reminder_done_by"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_due(self) -> bool:
        return self.done_at is None and self.due_on <= timezone.localdate()


class Agreement(models.Model):
    """What the bureau and an employer agreed, in plain words, to print and sign."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="agreements")
    title = models.CharField(_("waar gaat het over"), max_length=120)
    text = models.TextField(_("wat is afgesproken"), max_length=6000)
    starts_on = models.DateField(_("vanaf"))
    ends_on = models.DateField(_("tot en met"), null=True, blank=True)
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="agreements",
        verbose_name=_("wie van de werkgever"),
    )  # fmt: skip
    colleague = models.ForeignKey(
        Membership, models.SET_NULL, null=True, related_name="+", verbose_name=_("wie van het bureau")
    )
    state = models.CharField(
        _("stand"), max_length=8, choices=AgreementState.choices, default=AgreementState.OPEN
    )
    signed_on = models.DateField(_("getekend op"), null=True, blank=True)
    ended_on = models.DateField(_("beëindigd op"), null=True, blank=True)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("overeenkomst")
        verbose_name_plural = _("overeenkomsten")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="agreement_range"
            ),
            models.CheckConstraint(
                condition=Q(state=AgreementState.OPEN, signed_on__isnull=True, ended_on__isnull=True)
                | Q(state=AgreementState.SIGNED, signed_on__isnull=False, ended_on__isnull=True)
                | Q(state=AgreementState.ENDED, ended_on__isnull=False),
                name="agreement_state_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The tone of the badge that tells the state."""
        return {AgreementState.OPEN: "wait", AgreementState.SIGNED: "ok"}.get(
            AgreementState(self.state), "quiet"
        )


class Contribution(models.Model):
    """Once that a company helped, in one of the five ways. A value is optional and says where it comes from."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="contributions")
    way = models.CharField(_("hoe"), max_length=10, choices=Way.choices)
    on = models.DateField(_("dag"), default=timezone.localdate)
    what = models.CharField(_("wat"), max_length=200)
    amount = models.DecimalField(
        _("hoeveel"), max_digits=11, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    unit = models.CharField(_("eenheid"), max_length=6, choices=Unit.choices, blank=True)
    source = models.CharField(
        _("waar komt dat getal vandaan"), max_length=10, choices=ValueSource.choices, blank=True
    )
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("bijdrage")
        verbose_name_plural = _("bijdragen")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["bureau", "on", "employer"], name="contribution_by_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True, unit="", source="")
                | (Q(amount__gt=0) & ~Q(unit="") & ~Q(source="")),
                name="contribution_amount_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.what
