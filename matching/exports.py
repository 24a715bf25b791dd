"""The list of proposals as a workbook: what the list shows, and how far each came; no reasons and nobody's words."""

from __future__ import annotations

from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.workbooks import new_book, write_sheet
from matching.models import Match

MOST_ROWS = 2000
CHUNK = 500


def header() -> list[str]:
    """The names of the columns."""
    return [
        _("Kandidaat"), _("Werkplek"), _("Werkgever"), _("Stand"), _("Sinds"), _("Voorgesteld op"),
        _("Voorgesteld door"), _("Antwoord voor"), _("Kennismaking op"), _("Wie zei nee"), _("Reden"), _("Coach"),
    ]  # fmt: skip


def write_matches(matches: QuerySet[Match], file: IO[bytes]) -> list[int]:
    """One row per proposal; gives whom they are about, for the trail."""
    rows = matches.select_related(
        "candidate__coach__user", "proposed_by__user", "position", "employer", "introduction"
    ).defer("frozen")
    people: list[int] = []

    def lines() -> Any:
        for one in rows.iterator(chunk_size=CHUNK):
            people.append(one.candidate_id)
            yield _values(one)

    book = new_book(file)
    write_sheet(book, _("Voorstellen"), header(), lines())
    book.close()
    return people


def _values(one: Match) -> list[Any]:
    meeting = getattr(one, "introduction", None)
    meets = timezone.localdate(meeting.starts_at) if meeting and meeting.starts_at else None
    coach, by = one.candidate.coach, one.proposed_by
    return [
        one.candidate.full_name, one.position.title, one.employer.name, one.get_state_display(),
        timezone.localdate(one.since), timezone.localdate(one.proposed_at), str(by.user) if by else "",
        one.answer_by if one.is_open else None, meets, one.get_declined_by_display(), one.get_decline_reason_display(),
        str(coach.user) if coach else "",
    ]  # fmt: skip
