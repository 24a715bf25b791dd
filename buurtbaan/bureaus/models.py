"""Municipalities, the bureaus that serve them, and who is what in which of them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import STAFF, AreaKind, RateUnit, Role


class Municipality(models.Model):
    """A municipality as CBS knows it; its threshold decides which small counts stay out of reports."""

    code = models.CharField(
        _("CBS-code"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^GM\d{4}$", _("GM en vier cijfers"))],
    )
    name = models.CharField(_("naam"), max_length=80)
    suppression_threshold = models.PositiveSmallIntegerField(
        _("kleinste aantal in een uitsplitsing"),
        default=5,
        validators=[MinValueValidator(5), MaxValueValidator(10)],
    )

    class Meta:
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^GM\d{4}$"), name="municipality_code"),
            models.CheckConstraint(
                condition=Q(suppression_threshold__gte=5, suppression_threshold__lte=10),
                name="municipality_threshold",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A district (WK) or neighbourhood (BU) of a municipality, with the four-digit postcodes in it."""

    code = models.CharField(
        _("CBS-code"),
        max_length=10,
        unique=True,
        validators=[
            RegexValidator(r"^(WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})$", _("WK of BU met cijfers en letters"))
        ],
    )
    name = models.CharField(_("naam"), max_length=80)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="areas", verbose_name=_("gemeente")
    )
    postcodes = models.JSONField(_("postcodes (vier cijfers)"), default=list, blank=True)
    latitude = models.FloatField(_("breedtegraad"), null=True, blank=True)
    longitude = models.FloatField(_("lengtegraad"), null=True, blank=True)

    class Meta:
        verbose_name = _("wijk of buurt")
        verbose_name_plural = _("wijken en buurten")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^(WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4})$"), name="area_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> AreaKind:
        return AreaKind(self.code[:2])


class Postcode(models.Model):
    """The middle of a four-digit postcode, from the file that an operator gives (`manage.py import_postcodes`)."""

    digits = models.CharField(
        _("postcode (vier cijfers)"),
        max_length=4,
        primary_key=True,
        validators=[RegexValidator(r"^[1-9]\d{3}$", _("Vier cijfers."))],
    )
    place = models.CharField(_("plaats"), max_length=180)
    latitude = models.FloatField(_("breedtegraad"))
    longitude = models.FloatField(_("lengtegraad"))

    class Meta:
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        ordering = ["digits"]
        constraints = [
            models.CheckConstraint(condition=Q(digits__regex=r"^[1-9][0-9]{3}$"), name="postcode_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.digits} {self.place}"


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


def hash_token(token: str) -> str:
    """What is kept of a single-use link's secret: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


class Invitation(models.Model):
    """Somebody is asked by e-mail to take a role; the link works once and for two weeks."""

    VALID = timedelta(days=14)

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("naam"), max_length=120, blank=True)
    role = models.CharField(_("rol"), max_length=12, choices=Role.choices)
    bureau = models.ForeignKey(Bureau, models.CASCADE, null=True, blank=True, related_name="invitations")
    employer = models.ForeignKey(
        "employers.Employer", models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    invited_by = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}"

    @property
    def place(self) -> str:
        """The bureau or municipality that asks."""
        return str(self.bureau or self.municipality or "Buurtbaan")

    @property
    def is_open(self) -> bool:
        return (
            self.accepted_at is None
            and self.withdrawn_at is None
            and self.created_at + self.VALID > timezone.now()
        )


class AccessLink(models.Model):
    """A link that signs one person in once and brings them to one page; only its hash is kept.

    A code to say out loud is such a link, too: `number_hash` finds it, `code_hash` opens it, `tries` counts mistakes.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="access_links")
    target = models.CharField(max_length=200)
    token_hash = models.CharField(max_length=64, unique=True)
    number_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    code_hash = models.CharField(max_length=64, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("eenmalige link")
        verbose_name_plural = _("eenmalige links")

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.target}"

    @classmethod
    def issue(
        cls, *, membership: Membership, target: str, valid: timedelta = timedelta(days=14)
    ) -> tuple[AccessLink, str]:
        """A new link and the path to send; the secret in the path is not kept anywhere."""
        token = secrets.token_urlsafe(24)
        link = cls.objects.create(
            membership=membership,
            target=target,
            token_hash=hash_token(token),
            expires_at=timezone.now() + valid,
        )
        return link, reverse("access_link", args=[token])


class RateQuerySet(models.QuerySet["Rate"]):
    def on(self, day: date) -> Self:
        """Rates that hold on a day; an undated rate holds always."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day)).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )

    def choose(self, kind: str, key: str, *, on: date, places: list[str]) -> Rate | None:
        """The rate for a day and the nearest place in `places` (nearest first); None where nobody knows it."""
        rows = self.on(on).filter(kind=kind, key=key, place__in=places)
        newest = (F("valid_from").asc(nulls_first=True), F("bureau").asc(nulls_first=True), "pk")
        found = {rate.place: rate for rate in rows.order_by(*newest)}
        return next((found[place] for place in places if place in found), None)

    def usable_by(self, bureau: Bureau) -> Self:
        """Figures for everybody, and those that bureaus of the same municipality added."""
        return self.filter(Q(bureau=None) | Q(bureau__municipality=bureau.municipality_id))

    def visible_to(self, membership: Membership) -> Self:
        """The same for staff and for the municipality's officer; the platform administrator sees all."""
        if membership.role == Role.PLATFORM:
            return self
        if membership.role == Role.MUNICIPALITY:
            return self.filter(Q(bureau=None) | Q(bureau__municipality=membership.municipality_id))
        return self.usable_by(membership.bureau) if membership.bureau else self.filter(bureau=None)


class Rate(models.Model):
    """A dated figure with its source: minimum wage, benefit norm, social-return block value."""

    kind = models.SlugField(_("soort"), max_length=60)
    key = models.SlugField(_("onderdeel"), max_length=60)
    value = models.DecimalField(_("waarde"), max_digits=12, decimal_places=4)
    unit = models.CharField(_("eenheid"), max_length=20, choices=RateUnit.choices)
    valid_from = models.DateField(_("geldig vanaf"), null=True, blank=True)
    valid_until = models.DateField(_("geldig tot en met"), null=True, blank=True)
    place = models.CharField(_("geldt in"), max_length=60, default="NL")
    source = models.CharField(_("bron"), max_length=200)
    source_date = models.DateField(_("datum van de bron"), null=True, blank=True)
    note = models.CharField(_("opmerking"), max_length=300, blank=True)
    bureau = models.ForeignKey(
        Bureau,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("toegevoegd door bureau"),
    )

    objects = RateQuerySet.as_manager()

    class Meta:
        verbose_name = _("tarief")
        verbose_name_plural = _("tarieven")
        ordering = ["kind", "key", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="rate_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["kind", "key", "place", "valid_from", "bureau"],
                nulls_distinct=False,
                name="rate_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}.{self.key} = {self.amount} ({self.valid_from})"

    @property
    def amount(self) -> Decimal:
        return self.value.normalize()
