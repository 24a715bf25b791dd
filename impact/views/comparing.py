"""Two released reports side by side."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.ui.forms import form_helper
from impact.comparing import compare as side_by_side
from impact.models import Release
from impact.views.released import READERS

MOST = 100


class CompareForm(forms.Form):
    """Which two."""

    a = forms.ChoiceField(label=_("Dit rapport"))
    b = forms.ChoiceField(label=_("Naast dit rapport"))

    def __init__(self, *args: Any, releases: list[Release], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("a", "b"):
            box: Any = self.fields[name]
            box.choices = [(str(one.pk), in_words(one)) for one in releases]
        form_helper(self, submit=_("Vergelijk")).form_method = "get"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("a") and cleaned.get("a") == cleaned.get("b"):
            self.add_error("b", _("Dit is twee keer hetzelfde rapport. Kies een ander."))
        return cleaned


def in_words(release: Release) -> str:
    """A report in a list to choose from."""
    days = f"{date_format(release.since, 'j b Y')} – {date_format(release.until, 'j b Y')}"
    version = f" (v{release.version})" if release.version > 1 else ""
    return f"{release.bureau_name}, {days}{version}"


@allow(*READERS)
@require_GET
def compare(request: Request) -> HttpResponse:
    """Every number that both published, and the difference; the newest beside the one before it unless asked."""
    rows = Release.objects.visible_to(request.membership).filter(withdrawn_at=None)
    releases = list(rows.defer("published").order_by("-until", "-released_at", "-pk")[:MOST])
    before, after = _chosen(request, releases)
    form = CompareForm({"a": before.pk, "b": after.pk} if before and after else None, releases=releases)
    context = {
        "form": form,
        "before": before,
        "after": after,
        "found": side_by_side(before, after) if before and after and form.is_valid() else None,
    }
    return render(request, "impact/compare.html", context)


def _chosen(request: Request, releases: list[Release]) -> tuple[Release | None, Release | None]:
    """Earlier and later report. Raises Http404 for one that is not to be read, or is no number."""
    by_key = {str(one.pk): one for one in releases}
    asked = [request.GET[name] for name in ("a", "b") if request.GET.get(name)]
    if any(name not in by_key for name in asked):
        raise Http404
    if not releases:
        return None, None
    later = by_key[asked[1]] if len(asked) == 2 else by_key[asked[0]] if asked else releases[0]
    if len(asked) == 2:
        return by_key[asked[0]], later
    return _before(later, releases), later


def _before(later: Release, releases: list[Release]) -> Release | None:
    """The report of the same bureau that ended before this one began; else another one of it."""
    same = [one for one in releases if one.bureau_id == later.bureau_id and one.pk != later.pk]
    ended = [one for one in same if one.until < later.since]
    return next(iter(ended or same), None)
