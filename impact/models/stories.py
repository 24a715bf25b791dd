"""Stories that people tell together with the bureau, what they may be used for, and where they were used."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from candidates.models import Candidate
from impact.models.reports import Release


class StoryPurpose(models.TextChoices):
    """What a story is used for; each wants a yes of its own."""

    REPORT = "report", _("In één impactrapport")
    SHEET = "sheet", _("Op succesbladen")
    PUBLIC = "public", _("Overal, ook op internet")


class StoryAnswer(models.TextChoices):
    OPEN = "", _("Nog geen antwoord")
    YES = "yes", _("Ja")
    NO = "no", _("Nee")


class StoryQuerySet(models.QuerySet["Story"]):
    def visible_to(self, membership: Membership) -> Self:
        """The bureau's, for coach and manager: a second person reads along. The own people's, for a connector.

        One's own, for a candidate. Who is leaving is the coach's alone, here too.
        """
        people = Candidate.objects.filter(bureau=membership.bureau_id).unless_leaving(membership)
        match membership.role:
            case Role.MANAGER | Role.COACH:
                return self.filter(candidate__in=people.values("pk"))
            case Role.CONNECTOR:
                return self.filter(candidate__in=Candidate.objects.visible_to(membership).values("pk"))
            case Role.CANDIDATE:
                return self.filter(candidate=membership.candidate_id)
        return self.none()


class Story(models.Model):
    """A story in the third person under another name, written down together with whom it is about.

    version: goes up by itself when a word of it changes (a trigger); a yes and a check hold for one version.
    said: what the person wants different. checked_version: the version that a second person found safe.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="stories")
    pseudonym = models.CharField(_("naam in het verhaal"), max_length=40)
    title = models.CharField(_("titel"), max_length=100)
    text = models.TextField(_("verhaal"), max_length=2500)
    title_en = models.CharField(_("titel in het Engels"), max_length=100, blank=True)
    text_en = models.TextField(_("verhaal in het Engels"), max_length=2500, blank=True)
    version = models.PositiveSmallIntegerField(_("versie"), default=1)
    said = models.TextField(_("wat er anders moet"), max_length=1000, blank=True)
    written_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, related_name="+", verbose_name=_("opgeschreven door")
    )
    written_at = models.DateTimeField(_("opgeschreven op"), default=timezone.now)
    checked_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("nagelezen door")
    )
    checked_at = models.DateTimeField(_("nagelezen op"), null=True, blank=True)
    checked_version = models.PositiveSmallIntegerField(_("nagelezen versie"), null=True, blank=True)
    check_note = models.CharField(_("uitleg bij het nalezen"), max_length=500, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("verhaal")
        verbose_name_plural = _("verhalen")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True)
                | Q(written_by__isnull=True)
                | ~Q(checked_by=F("written_by")),
                name="story_second_person",
            ),
            models.CheckConstraint(
                condition=Q(title_en="", text_en="") | (~Q(title_en="") & ~Q(text_en="")),
                name="story_english_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["bureau", "-written_at"], name="story_by_bureau")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_checked(self) -> bool:
        """Whether a second person read the words that stand there now."""
        return self.checked_version == self.version

    def words(self, language: str) -> tuple[str, str]:
        """Title and text; in English where there is English."""
        english = language.startswith("en") and bool(self.text_en)
        return (self.title_en, self.text_en) if english else (self.title, self.text)


class OwnStoryRowQuerySet(models.QuerySet):
    """Rows that hang on a story: whoever may read the story may read them."""

    def visible_to(self, membership: Membership) -> Self:
        """With the story."""
        return self.filter(story__in=Story.objects.visible_to(membership).values("pk"))


class StoryConsentQuerySet(OwnStoryRowQuerySet):
    def in_force(self, on: date | None = None) -> Self:
        """A yes to the words as they are now, not taken back and not over."""
        day = on or timezone.localdate()
        return self.filter(
            answer=StoryAnswer.YES, withdrawn_at=None, ends_on__gte=day, version=F("story__version")
        )


class StoryConsent(models.Model):
    """A question to use one version of a story for one purpose until a day, and what the person answered.

    since, until: the period of the report, for a report. words: what was asked, word for word.
    """

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    story = models.ForeignKey(Story, models.CASCADE, related_name="consents")
    version = models.PositiveSmallIntegerField(_("versie"))
    purpose = models.CharField(_("waarvoor"), max_length=6, choices=StoryPurpose.choices)
    since = models.DateField(_("rapport van"), null=True, blank=True)
    until = models.DateField(_("rapport tot en met"), null=True, blank=True)
    ends_on = models.DateField(_("tot en met"))
    words = models.TextField(_("wat er is gevraagd"))
    asked_at = models.DateTimeField(_("gevraagd op"), default=timezone.now)
    asked_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, related_name="+", verbose_name=_("gevraagd door")
    )
    answer = models.CharField(
        _("antwoord"), max_length=3, choices=StoryAnswer.choices, blank=True, default=""
    )
    answered_at = models.DateTimeField(_("beantwoord op"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    objects = StoryConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("toestemming voor een verhaal")
        verbose_name_plural = _("toestemmingen voor een verhaal")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "version", "purpose", "since", "until"],
                condition=Q(withdrawn_at=None) & ~Q(answer=StoryAnswer.NO),
                nulls_distinct=False,
                name="story_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(purpose=StoryPurpose.REPORT, since__isnull=False, until__gte=F("since"))
                | (~Q(purpose=StoryPurpose.REPORT) & Q(since__isnull=True, until__isnull=True)),
                name="story_consent_names_its_report",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="story_answer_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(answer=StoryAnswer.YES),
                name="story_only_a_yes_is_taken_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.version}"

    @property
    def what(self) -> str:
        """In one report over a period, on success sheets, or anywhere."""
        if self.purpose != StoryPurpose.REPORT or not (self.since and self.until):
            return str(self.get_purpose_display())
        period = {"since": date_format(self.since, "j F Y"), "until": date_format(self.until, "j F Y")}
        return gettext("In het impactrapport van %(since)s tot en met %(until)s") % period

    @property
    def state(self) -> str:
        """old, open, yes, over, withdrawn or no."""
        if self.withdrawn_at:
            return "withdrawn"
        if self.answer == StoryAnswer.NO:
            return "no"
        if self.version != self.story.version:
            return "old"
        if self.answer == StoryAnswer.YES:
            return "yes" if self.ends_on >= timezone.localdate() else "over"
        return "open"


class StoryUse(models.Model):
    """Where a story went out into the world; a trigger refuses one without a yes. What went out is not taken back."""

    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    story = models.ForeignKey(Story, models.CASCADE, related_name="uses")
    version = models.PositiveSmallIntegerField(_("versie"))
    purpose = models.CharField(_("waarvoor"), max_length=6, choices=StoryPurpose.choices)
    since = models.DateField(_("rapport van"), null=True, blank=True)
    until = models.DateField(_("rapport tot en met"), null=True, blank=True)
    where = models.CharField(_("waar"), max_length=200)
    release = models.ForeignKey(
        Release, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("vrijgave")
    )
    at = models.DateTimeField(_("wanneer"), default=timezone.now)
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", verbose_name=_("door"))

    objects = OwnStoryRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("gebruik van een verhaal")
        verbose_name_plural = _("gebruik van verhalen")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.where
