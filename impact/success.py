"""What stands on a success sheet: released figures, a story with a yes, and a call to act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from buurtbaan.ui.charts import Chart
from buurtbaan.ui.pdf import document_pdf
from impact.documents import report_document, shown
from impact.models import SuccessSheet
from impact.services.success import story_now

STORY_SIZES = ((520, "roomy"), (950, "close"))
"""Signs up to which a story is set large, or somewhat smaller."""


@dataclass(frozen=True)
class Sheet:
    """One page. tiles: number, what, beside what. lost: there was a story, and it may not be told any more."""

    bureau: str
    municipality: str
    since: date
    until: date
    headline: str
    call: str
    contact: str
    language: str
    tiles: tuple[tuple[str, str, str], ...]
    people: Chart | None
    savings: str
    sha256: str
    story: tuple[str, str, str] | None = None
    story_size: str = "roomy"
    lost: bool = False


def sheet_of(sheet: SuccessSheet) -> Sheet:
    """Everything on the page, in the sheet's language; the story only while it may be told."""
    published, told = sheet.release.published, story_now(sheet)
    with translation.override(sheet.language):
        document = report_document(published)
        words = told.words(sheet.language) if told else ("", "")
        return Sheet(
            bureau=document.bureau,
            municipality=document.municipality,
            since=document.since,
            until=document.until,
            headline=sheet.headline,
            call=sheet.call,
            contact=sheet.contact,
            language=sheet.language,
            tiles=tuple((number, what, beside) for number, what, beside, *_more in document.tiles[:3]),
            people=document.people,
            savings=_savings(published["figures"]),
            sha256=document.sha256,
            story=(told.pseudonym, *words) if told else None,
            story_size=next((name for most, name in STORY_SIZES if len(words[1]) <= most), "dense"),
            lost=sheet.story_version is not None and told is None,
        )


def _savings(figures: dict[str, Any]) -> str:
    low, high = figures.get("saved:low"), figures.get("saved:high")
    if not low or not high or low["status"] != "shown" or high["status"] != "shown" or not high["value"]:
        return ""
    amounts = {"low": shown(low), "high": shown(high)}
    return (
        _(
            "Naar schatting %(low)s tot %(high)s minder uitgaven aan uitkeringen. De berekening staat in het rapport."
        )
        % amounts
    )


def sheet_pdf(sheet: SuccessSheet) -> bytes:
    """The page as PDF; the same sheet with the same story gives the same bytes."""
    with translation.override(sheet.language):
        context = {"sheet": sheet_of(sheet), "language": sheet.language}
        return document_pdf("documents/impact/success.html", context, moment=sheet.issued_at or sheet.made_at)
