"""One taking over from beginning to end: all of it, or nothing at all.

A preview is the same work, undone at the end: it tells exactly what taking over would do.
"""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO, TypeVar

from django.db import connection
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.scope import Scope, scoped
from matching.workbook.columns import Sheet
from matching.workbook.importing import aftermath, candidates, contacts
from matching.workbook.importing.employers import Employers
from matching.workbook.importing.ground import Ground
from matching.workbook.importing.of_employers import Colleagues, Places
from matching.workbook.importing.placements import Placements
from matching.workbook.importing.positions import Positions
from matching.workbook.importing.result import ImportResult, SheetCount
from matching.workbook.importing.stairs import Stairs
from matching.workbook.parsing import WorkbookStream, stream_workbook
from matching.workbook.rows import Row

CHUNK = 1000  # rows
LOCK = 0x6275  # of taking over, beside the bureau's number

Source = str | Path | IO[bytes]
Progress = Callable[[int], None]
Item = TypeVar("Item")


class _Undone(Exception):
    """Takes everything back, on purpose."""


def preview(
    source: Source,
    *,
    bureau: Bureau,
    by: Membership | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """What taking over would do, bad rows left out. Writes nothing. Raises WorkbookRefused."""
    return _run(source, bureau, by, today, progress, keep=lambda result: False)


def take_over(
    source: Source,
    *,
    bureau: Bureau,
    by: Membership | None = None,
    today: date | None = None,
    skip_bad_rows: bool = False,
    progress: Progress | None = None,
    finish: Callable[[ImportResult], None] | None = None,
) -> ImportResult:
    """Take the workbook over in one transaction; with bad rows only when they may be skipped.

    finish: called in that transaction once all is written. Tells in `committed` whether it was kept. The same
    workbook twice makes nothing twice. Raises WorkbookRefused.
    """
    return _run(
        source,
        bureau,
        by,
        today,
        progress,
        keep=lambda result: skip_bad_rows or not result.bad,
        finish=finish,
    )


def _run(
    source: Source,
    bureau: Bureau,
    by: Membership | None,
    today: date | None,
    progress: Progress | None,
    *,
    keep: Callable[[ImportResult], bool],
    finish: Callable[[ImportResult], None] | None = None,
) -> ImportResult:
    result = ImportResult()
    reason = "import"
    scope = Scope.for_membership(by, reason=reason) if by else Scope.for_bureau(bureau, reason=reason)
    try:
        with scoped(scope), stream_workbook(source, today=today or timezone.localdate()) as stream:
            _one_at_a_time(bureau)
            ground = Ground(bureau, by, stream.today, timezone.now(), stream)
            _write(stream, ground, progress)
            result = _result(stream, ground)
            connection.check_constraints()
            if not keep(result):
                raise _Undone
            result.committed = True
            if finish:
                finish(result)
    except _Undone:
        pass
    return result


def _one_at_a_time(bureau: Bureau) -> None:
    """A second taking over in the same bureau waits for the first, and then sees what it made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, bureau.pk])


def _write(stream: WorkbookStream, ground: Ground, progress: Progress | None) -> None:
    stairs, employers = Stairs(ground), Employers(ground)
    positions = Positions(ground, employers)
    writers: dict[Sheet, Callable[[list], None]] = {
        Sheet.CANDIDATES: lambda rows: candidates.take(rows, ground),
        Sheet.EMPLOYERS: employers.take,
        Sheet.CONTACTS: Colleagues(ground, employers).take,
        Sheet.LOCATIONS: Places(ground, employers).take,
        Sheet.POSITIONS: positions.take,
        Sheet.PLACEMENTS: Placements(ground, employers, positions, stairs).take,
        Sheet.HOURS_STEPS: stairs.take,
        Sheet.CONVERSATIONS: lambda rows: contacts.take_conversations(rows, ground),
        Sheet.MEASUREMENTS: lambda rows: contacts.take_measurements(rows, ground),
    }
    for sheet in stream.sheets:
        for rows in _chunks(stream.rows(sheet)):
            writers[sheet](rows)
            if progress:
                progress(_percent(stream))
    aftermath.stages_follow(ground)
    aftermath.date_the_undated(ground)


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _percent(stream: WorkbookStream) -> int:
    done = sum(tally.read for tally in stream.tallies.values())
    return min(99, 100 * done // max(stream.expected_rows, done, 1))


def _result(stream: WorkbookStream, ground: Ground) -> ImportResult:
    result = ImportResult(
        problems=sorted(stream.problems, key=lambda problem: (problem.sheet, problem.row)),
        notes=stream.notes,
        doubles=stream.doubles,
        left_out_columns=stream.left_out,
        ignored_sheets=stream.ignored_sheets,
    )
    for sheet in stream.sheets:
        tally, count = stream.tallies[sheet], ground.counts.get(sheet, SheetCount())
        result.sheets[sheet.value] = SheetCount(
            read=tally.read,
            created=count.created,
            updated=count.updated,
            unchanged=count.unchanged + tally.same + tally.held,
            bad=count.bad + tally.bad,
            doubles=count.doubles + tally.doubles,
        )
    return result
