"""A report read on a page, one part at a time: no part grows too long or too heavy for a phone."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from impact.documents import Document, Section

PART = "deel"
"""The word in the address that says which part is open; without it the page that says it all."""
ACCOUNT = "verantwoording"


@dataclass(frozen=True)
class Part:
    """One part in the list beside the report. address: as it follows the page's own path."""

    key: str
    title: str
    section: Section | None = None

    @property
    def address(self) -> str:
        return f"?{PART}={self.key}" if self.key else "?"


@dataclass(frozen=True)
class Reading:
    """What is open now, and what lies before and after it."""

    parts: tuple[Part, ...]
    now: Part
    before: Part | None
    after: Part | None


def reading(document: Document, chosen: str) -> Reading:
    """The parts of a report with the chosen one open. Raises Http404 for a part that this report lacks."""
    parts = (
        Part("", _("In het kort")),
        *(Part(one.id, one.title, one) for one in document.sections),
        Part(ACCOUNT, _("Verantwoording")),
    )
    place = next((number for number, part in enumerate(parts) if part.key == chosen), None)
    if place is None:
        raise Http404
    return Reading(
        parts=parts,
        now=parts[place],
        before=parts[place - 1] if place else None,
        after=parts[place + 1] if place + 1 < len(parts) else None,
    )
