"""What is no page: suggestions beside their bare SQL, a year's snapshot, a report on paper, a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from buurtbaan.bureaus.models import Bureau
from buurtbaan.scope import Scope, scoped
from candidates.models import Candidate
from impact import snapshots
from impact.bench.clock import Clock, Times
from impact.bench.data import Stage
from impact.bench.measure import Reading, reading
from impact.bench.paper import papers
from impact.bench.typing import autosave
from matching.bench import TOP, people_acts, top_acts, work_acts
from matching.workbook.importing import ImportResult, take_over

BESIDE_SQL, A_SECOND, ROWS_A_SECOND = 3.0, 1000.0, 1000
GROWTH = 1.3
WORKBOOK_ROWS = 10_000


def acts(stage: Stage, small: Stage, clock: Clock, rounds: int) -> Iterator[Reading]:
    """Each act with the goal of its own."""
    yield autosave(stage, clock, rounds)
    yield from _suggestions(stage, clock, rounds)
    yield _top(stage, clock)
    yield from _year(stage, small, clock)
    yield from papers(stage, clock)
    yield _workbook(stage, clock)


def _suggestions(stage: Stage, clock: Clock, rounds: int) -> Iterator[Reading]:
    goal = f"≤ {BESIDE_SQL:g} × the bare SQL"
    with scoped(Scope.for_membership(stage.coach)):
        pairs = {
            "suggested people, explained": people_acts(stage.position_id, stage.coach),
            "suggested work, explained": work_acts(stage.candidate_id, stage.coach),
        }
        for name, pair in pairs.items():
            bare, page = clock.turns(pair, rounds)
            times = page.median / bare.median
            yield reading(name, page, times, "SQL", goal, times <= BESIDE_SQL)


def _top(stage: Stage, clock: Clock) -> Reading:
    """The best of everybody in the municipality, in a scope of all its bureaus."""
    bureaus = list(Bureau.objects.order_by("pk").values_list("pk", flat=True))
    with scoped(Scope.for_bureaus(bureaus, reason="bench")):
        people = Candidate.objects.count()
        bare, told = clock.turns(top_acts(stage.position_id, stage.coach, bureaus), 5, warm=1)
    times = told.median / bare.median
    goal = f"≤ {BESIDE_SQL:g} × the bare SQL"
    return reading(f"top {TOP} of {people:,}, explained", told, times, "SQL", goal, times <= BESIDE_SQL)


def _year(stage: Stage, small: Stage, clock: Clock) -> Iterator[Reading]:
    few, many = (_measured(one.bureau, clock) for one in (small, stage))
    goal = f"≤ {A_SECOND / 1000:g} s"
    yield reading(f"snapshot of {small.people:,} people", few, 1, "itself", goal, few.median <= A_SECOND)
    times, most = many.median / few.median, GROWTH * stage.people / small.people
    name, goal = f"snapshot of {stage.people:,} people", f"≤ {most:g} × the snapshot of {small.people:,}"
    yield reading(name, many, times, "small", goal, times <= most)


def _measured(bureau: Bureau, clock: Clock) -> Times:
    until = timezone.localdate()

    def measure() -> None:
        with snapshots.one_moment(bureau, reason="bench"):
            snapshots.measure(bureau, since=until - timedelta(days=364), until=until)

    return clock.turns([measure], 3, warm=1)[0]


def _workbook(stage: Stage, clock: Clock) -> Reading:
    """Once, into a bureau of its own: reading, checking, finding doubles and writing."""
    bureau = Bureau.objects.create(name="Inlezen", slug="inlezen", municipality=stage.bureau.municipality)
    workbook = _book(WORKBOOK_ROWS)
    results: list[ImportResult] = []
    took = Times.of([clock.time(lambda: results.append(take_over(workbook, bureau=bureau)))])
    if not results[0].committed:
        raise RuntimeError(f"The workbook was refused: {results[0].problems[:3]}")
    rows = WORKBOOK_ROWS / took.median * 1000
    goal = f"≥ {ROWS_A_SECOND:,} rows/s"
    return reading(f"workbook of {WORKBOOK_ROWS:,} rows", took, rows, "rows/s", goal, rows >= ROWS_A_SECOND)


def _book(rows: int) -> io.BytesIO:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Kandidaten")
    sheet.write_row(
        0, 0, ("Voornaam", "Achternaam", "Geboortedatum", "Telefoon", "E-mail", "Postcode", "Droom")
    )
    for row in range(1, rows + 1):
        born = f"{1 + row % 28:02}-{1 + row % 12:02}-{1960 + row % 45}"
        reach = (f"06{12_000_000 + row}", f"iemand{row}@voorbeeld.example", "2531")
        sheet.write_row(
            row, 0, (f"Voornaam{row}", f"Achternaam{row % 997}", born, *reach, "Weer aan de slag")
        )
    book.close()
    buffer.seek(0)
    return buffer
