"""Bureaus, users, and who is what in which of them."""

from __future__ import annotations

from datetime import date, time
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import STAFF, Role
from buurtbaan.bureaus.models.places import Area, Municipality


class Bureau(models.Model):
    """The tenant: one neighbourhood jobs bureau, serving some areas of one municipality."""

    name = models.CharField(_("naam"), max_length=120)
    slug = models.SlugField(_("kort adres"), unique=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="bureaus", verbose_name=_("gemeente")
    )
    areas = models.ManyToManyField(
        Area, blank=True, related_name="bureaus", verbose_name=_("wijken en buurten")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=20, blank=True)
    address = models.CharField(_("inloopadres"), max_length=200, blank=True)
    retention_years = models.PositiveSmallIntegerField(
        _("bewaartermijn in jaren na sluiten"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    purge_by_itself = models.BooleanField(_("wis vanzelf als de termijn voorbij is"), default=False)
    answer_days = models.PositiveSmallIntegerField(
        _("dagen om op een voorstel te antwoorden"),
        default=14,
        validators=[MinValueValidator(3), MaxValueValidator(60)],
    )
    digest_at = models.TimeField(_("hoe laat het overzicht van de dag per e-mail komt"), default=time(7, 30))
    local_words = models.JSONField(_("eigen woorden"), default=dict, blank=True)

    class Meta:
        verbose_name = _("bureau")
        verbose_name_plural = _("bureaus")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Accounts are known by e-mail, in any mix of capitals."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        """A new account; without a password one signs in with a code or a single-use link."""
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        """A platform administrator for Django's own command; the role itself is a membership."""
        user = self.create_user(email, password, **extra)
        Membership.objects.create(user=user, role=Role.PLATFORM)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. What they may do hangs on their memberships, never on the account."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("naam"), max_length=120, blank=True)
    language = models.CharField(
        _("taal"), max_length=5, default="nl", choices=[("nl", "Nederlands"), ("en", "English")]
    )
    large_text = models.BooleanField(_("grote letters"), default=False)
    is_active = models.BooleanField(_("actief"), default=True)
    date_joined = models.DateTimeField(_("sinds"), default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin lets them in: platform administrators only."""
        return Membership.objects.current().filter(user=self, role=Role.PLATFORM).exists()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date | None = None) -> Self:
        """Memberships that hold on a day, today unless told otherwise."""
        day = on or timezone.localdate()
        return self.filter(starts__lte=day).filter(Q(ends__isnull=True) | Q(ends__gte=day))

    def visible_to(self, membership: Membership) -> Self:
        """Colleagues for bureau staff, the own company's for its contact, the own municipality's for its officer."""
        match membership.role:
            case Role.CONNECTOR | Role.COACH | Role.MANAGER:
                return self.filter(bureau=membership.bureau_id)
            case Role.EMPLOYER:
                return self.filter(employer=membership.employer_id)
            case Role.MUNICIPALITY:
                return self.filter(municipality=membership.municipality_id)
            case Role.PLATFORM:
                return self.exclude(role=Role.CANDIDATE)
        return self.filter(user=membership.user_id)

    def staff_of(self, bureau: Bureau | int) -> Self:
        """The bureau's own people today, by name."""
        return (
            self.current()
            .filter(bureau=bureau, role__in=STAFF)
            .select_related("user")
            .order_by("user__name", "pk")
        )


class Membership(models.Model):
    """A person's dated role in one bureau, employer or municipality.

    `bureau` is also set for employer contacts and candidates: it is the bureau that invited them.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("account"))
    role = models.CharField(_("rol"), max_length=12, choices=Role.choices)
    bureau = models.ForeignKey(
        Bureau, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("bureau")
    )
    employer = models.ForeignKey(
        "employers.Employer",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("werkgever"),
    )
    candidate = models.OneToOneField(
        "candidates.Candidate",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="membership",
        verbose_name=_("kandidaat"),
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("gemeente"),
    )
    starts = models.DateField(_("vanaf"), default=timezone.localdate)
    ends = models.DateField(_("tot en met"), null=True, blank=True)
    may_export = models.BooleanField(_("mag gegevens exporteren"), default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("rol")
        verbose_name_plural = _("rollen")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="membership_belongs_somewhere",
                condition=(
                    Q(
                        role__in=sorted(STAFF),
                        bureau__isnull=False,
                        employer=None,
                        candidate=None,
                        municipality=None,
                    )
                    | Q(
                        role=Role.EMPLOYER,
                        bureau__isnull=False,
                        employer__isnull=False,
                        candidate=None,
                        municipality=None,
                    )
                    | Q(
                        role=Role.CANDIDATE,
                        bureau__isnull=False,
                        employer=None,
                        candidate__isnull=False,
                        municipality=None,
                    )
                    | Q(
                        role=Role.MUNICIPALITY,
                        bureau=None,
                        employer=None,
                        candidate=None,
                        municipality__isnull=False,
                    )
                    | Q(role=Role.PLATFORM, bureau=None, employer=None, candidate=None, municipality=None)
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="membership_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "bureau", "employer", "municipality"],
                condition=Q(ends__isnull=True),
                nulls_distinct=False,
                name="membership_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"

    @property
    def place(self) -> str:
        """Where this role is held, in words for the header; reads no person's row."""
        if self.role == Role.MUNICIPALITY and self.municipality:
            return self.municipality.name
        if self.role == Role.EMPLOYER and self.employer:
            return str(self.employer)
        return self.bureau.name if self.bureau else "Buurtbaan"

    @property
    def is_staff_role(self) -> bool:
        return self.role in STAFF

    @property
    def is_current(self) -> bool:
        today = timezone.localdate()
        return self.starts <= today and (self.ends is None or self.ends >= today)
