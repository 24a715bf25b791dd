"""Rule cards: a question that people in the field ask, answered in plain words with the article it rests on."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, TrigramWordSimilarity
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership, Municipality
from buurtbaan.rules.enums import Topic

ALIKE = 0.5
"""How much of a typed word must be found in a card's words before a spelling mistake still counts as a hit."""
WORDS = SearchVector("question", "short", weight="A", config="dutch") + SearchVector(
    "answer", "law", "article", weight="B", config="dutch"
)


def municipality_of(membership: Membership) -> int | None:
    """Whose local rules somebody reads: the own municipality's, or that of the own bureau."""
    if membership.municipality_id:
        return membership.municipality_id
    return membership.bureau.municipality_id if membership.bureau else None


class RuleCardQuerySet(models.QuerySet["RuleCard"]):
    def visible_to(self, membership: Membership) -> Self:
        """Cards with at least one version that this role may read."""
        return self.filter(pk__in=RuleVersion.objects.visible_to(membership).order_by().values("card"))


class RuleCard(models.Model):
    """What stays the same when a rule changes: its short name, in addresses and beside form fields, and its shelf."""

    code = models.SlugField(_("kort adres"), unique=True)
    topic = models.CharField(_("onderwerp"), max_length=12, choices=Topic.choices)

    objects = RuleCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("regelkaart")
        verbose_name_plural = _("regelkaarten")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("rules:card", args=[self.code])


class RuleVersionQuerySet(models.QuerySet["RuleVersion"]):
    def visible_to(self, membership: Membership) -> Self:
        """What holds in the country and in the own municipality; the platform administrator reads every place."""
        if membership.role == Role.PLATFORM:
            return self
        return self.filter(Q(municipality=None) | Q(municipality=municipality_of(membership)))

    def current(self, on: date | None = None) -> Self:
        """Of each card the newest version per place that holds on a day."""
        day = on or timezone.localdate()
        newest = (
            self.filter(Q(valid_from=None) | Q(valid_from__lte=day))
            .filter(Q(valid_until=None) | Q(valid_until__gte=day))
            .order_by("card_id", "municipality_id", "-pk")
            .distinct("card_id", "municipality_id")
        )
        return self.model._default_manager.filter(pk__in=newest.values("pk"))  # type: ignore[return-value]

    def search(self, text: str) -> Self:
        """Dutch words in any form, or a word that looks like what was typed; the best first."""
        asked = SearchQuery(text, config="dutch", search_type="websearch")
        return (
            self.annotate(words=WORDS, alike=TrigramWordSimilarity(text, "question"))
            .filter(Q(words=asked) | Q(alike__gte=ALIKE))
            .annotate(rank=SearchRank(F("words"), asked) + F("alike"))
            .order_by("-rank", "pk")
        )


class RuleVersion(models.Model):
    """What a card says from a moment on, for the country or for one municipality. Never changed: a new one follows."""

    card = models.ForeignKey(RuleCard, models.CASCADE, related_name="versions", verbose_name=_("kaart"))
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gemeente"),
    )
    question = models.CharField(_("vraag"), max_length=160)
    short = models.CharField(_("kort antwoord"), max_length=300)
    answer = models.TextField(_("antwoord in gewone woorden"), max_length=5000)
    law = models.CharField(_("wet of regeling"), max_length=160)
    article = models.CharField(_("artikel"), max_length=160, blank=True)
    link = models.URLField(_("waar het te lezen is"), blank=True)
    source = models.CharField(_("bron"), max_length=200)
    valid_from = models.DateField(_("geldig vanaf"), null=True, blank=True)
    valid_until = models.DateField(_("geldig tot en met"), null=True, blank=True)
    reviewed_on = models.DateField(_("nagekeken op"))
    reviewed_by = models.CharField(_("nagekeken door"), max_length=120)
    by_lawyer = models.BooleanField(_("een jurist keek het na"), default=False)
    created_at = models.DateTimeField(_("geschreven op"), default=timezone.now)

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versie van een regelkaart")
        verbose_name_plural = _("versies van regelkaarten")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gte=F("valid_from")),
                name="rule_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["card", "municipality", "-id"], name="rule_newest")]

    def __str__(self) -> str:
        return self.question
