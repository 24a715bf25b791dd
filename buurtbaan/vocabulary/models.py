"""The short curated word lists that candidates and positions share."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class TermKind(models.TextChoices):
    TALENT = "talent", _("Talent")
    TASK = "task", _("Taak")
    CONDITION = "condition", _("Werkomstandigheid")


class TermQuerySet(models.QuerySet["Term"]):
    def of(self, kind: TermKind | str) -> Self:
        """The active words of one list, in its order."""
        return self.filter(kind=kind, active=True).order_by("position", "pk")


class Term(models.Model):
    """One word with a stable code; a word that is no longer used stays readable and is no longer offered."""

    id = models.AutoField(primary_key=True)
    kind = models.CharField(_("lijst"), max_length=10, choices=TermKind.choices)
    code = models.SlugField(_("code"), max_length=60)
    group = models.CharField(_("groep"), max_length=60, blank=True)
    label_nl = models.CharField(_("Nederlands"), max_length=80)
    label_en = models.CharField(_("Engels"), max_length=80)
    clashes_with = ArrayField(
        models.CharField(max_length=60), verbose_name=_("botst met"), default=list, blank=True
    )
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    active = models.BooleanField(_("in gebruik"), default=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("termen")
        ordering = ["kind", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="term_code_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The word in the reader's language."""
        return self.label_en if (get_language() or "nl").startswith("en") else self.label_nl
