"""Success sheets: made from a released report and at most one story, and issued."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.errors import NotAllowedNow
from impact.models import Story, StoryPurpose, SuccessSheet
from impact.services.stories import usable, use_on

LONGEST_STORY = 1500
"""Signs that fit on one page beside the figures; the words of a story are never shortened."""


def stories_for(bureau_id: int, language: str) -> list[Story]:
    """Stories with a yes for success sheets that fit, and that are told in the sheet's language."""
    found = usable(bureau_id, StoryPurpose.SHEET)
    fits = [one for one in found if len(one.words(language)[1]) <= LONGEST_STORY]
    return [one for one in fits if one.text_en] if language == "en" else fits


@transaction.atomic
def make(*, bureau: Bureau, values: Mapping[str, Any], by: Membership) -> SuccessSheet:
    """A new sheet, to be read before it is issued."""
    story = values["story"]
    return SuccessSheet.objects.create(
        bureau=bureau, made_by=by, story_version=story.version if story else None, **values
    )


@transaction.atomic
def issue(*, sheet: SuccessSheet, by: Membership) -> SuccessSheet:
    """Let the sheet go out; the person reads where the story went. Twice is once.

    Raises NotAllowedNow when the report was withdrawn, or the story may not be used any more.
    """
    sheet = SuccessSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if sheet.issued_at is not None:
        return sheet
    if sheet.release.withdrawn_at is not None:
        raise NotAllowedNow(
            _("Het rapport onder dit blad is ingetrokken. Maak een blad van een ander rapport.")
        )
    if sheet.story is not None:
        if sheet.story.version != sheet.story_version:
            raise NotAllowedNow(_("Het verhaal is veranderd sinds dit blad is gemaakt. Maak een nieuw blad."))
        day = date_format(timezone.localdate(), "j F Y")
        use_on(sheet.story, StoryPurpose.SHEET, _("Succesblad van %(day)s") % {"day": day}, by=by)
    sheet.issued_at, sheet.issued_by = timezone.now(), by
    sheet.save(update_fields=["issued_at", "issued_by"])
    return sheet


@transaction.atomic
def remove(*, sheet: SuccessSheet, by: Membership) -> None:
    """Throw away a sheet that was not issued. Raises NotAllowedNow for one that was."""
    sheet = SuccessSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if sheet.issued_at is not None:
        raise NotAllowedNow(
            _("Dit blad is uitgegeven en blijft staan. Maak een nieuw blad als er iets anders moet.")
        )
    sheet.delete()


def story_now(sheet: SuccessSheet) -> Story | None:
    """The story as it may stand on the sheet at this moment; None when the yes is gone, or there never was one."""
    if sheet.story_id is None:
        return None
    told = {one.pk: one for one in usable(sheet.bureau_id, StoryPurpose.SHEET)}
    story = told.get(sheet.story_id)
    return story if story and story.version == sheet.story_version else None
