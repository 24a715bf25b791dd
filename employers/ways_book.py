"""The yearly overview as a workbook: the matrix, and beside it what it was counted from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from buurtbaan.workbooks import new_book, write_sheet
from employers.models import Contribution
from employers.relation import Overview
from employers.relation_enums import Way


def write_ways(found: Overview, lines: Iterable[Contribution], file: IO[bytes]) -> int:
    """Write both sheets to `file`; gives how many contributions there were."""
    book = new_book(file)
    ways = [str(way.label) for way in Way]
    header = [_("Werkgever"), *ways, _("Keer in totaal"), _("Euro"), _("Uur"), _("Stuks")]
    write_sheet(book, _("Vijf manieren %(year)s") % {"year": found.year}, header, _matrix(found))
    header = [
        _("Dag"), _("Werkgever"), _("Manier"), _("Wat"), _("Hoeveel"), _("Eenheid"), _("Bron van het getal"),
    ]  # fmt: skip
    written = write_sheet(book, _("Bijdragen"), header, _lines(lines))
    book.close()
    return written


def _matrix(found: Overview) -> Iterator[list[Any]]:
    for row in found.rows:
        yield [row.name, *(one.times for one in row.cells), *_sums(row.total)]
    yield [_("Alle werkgevers"), *(one.times for one in found.totals), *_sums(found.everything)]


def _sums(whole: Any) -> list[Any]:
    """Times and known sums; what nobody wrote down stays empty."""
    return [whole.times, whole.euro, whole.hours, whole.pieces]


def _lines(lines: Iterable[Contribution]) -> Iterator[list[Any]]:
    for one in lines:
        yield [
            one.on, one.employer.name, one.get_way_display(), one.what, one.amount, one.get_unit_display(),
            one.get_source_display(),
        ]  # fmt: skip
