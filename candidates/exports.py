"""The caseload as a workbook. Only what the list shows and how to reach people; nothing of what they told."""

from __future__ import annotations

from typing import IO, Any

from django.utils.translation import gettext as _

from buurtbaan.workbooks import new_book, write_row
from candidates.models import Candidate, CandidateQuerySet

MOST_ROWS = 2000
CHUNK = 500


def header() -> list[str]:
    """The names of the columns."""
    return [
        _("Naam"), _("Fase"), _("Coach"), _("Verbinder"), _("Telefoon"), _("E-mail"), _("Postcode"), _("Buurt"),
        _("Ontmoet via"), _("Sinds"), _("Laatste contact"), _("Laatst voorgesteld"), _("Terugbellen op"),
    ]  # fmt: skip


def write_caseload(people: CandidateQuerySet, file: IO[bytes]) -> list[int]:
    """Write one row per person to `file`, a row at a time; gives whose rows they are, for the trail."""
    book = new_book(file)
    sheet = book.add_worksheet(_("Mensen"))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 12, 18)
    write_row(sheet, 0, header(), book.add_format({"bold": True}))
    written: list[int] = []
    rows = people.select_related("coach__user", "connector__user", "area")
    for number, one in enumerate(rows.iterator(chunk_size=CHUNK), start=1):
        write_row(sheet, number, _values(one))
        written.append(one.pk)
    book.close()
    return written


def _values(one: Candidate) -> list[Any]:
    return [
        one.full_name, one.get_stage_display(), _who(one.coach), _who(one.connector), one.phone, one.email,
        one.postcode, one.area.name if one.area else "", one.get_source_display(), one.entered_on,
        one.last_contact_on, one.last_proposed_on, one.call_back_on,
    ]  # fmt: skip


def _who(holder: Any) -> str:
    return str(holder.user) if holder else ""
