"""What the pages about a workbook show, taken from what the worker kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from matching.enums import ImportState
from matching.models import ImportJob
from matching.workbook.columns import Sheet
from matching.workbook.jobs import WORKING

PER_PAGE = 25
_ORDER = {sheet.value: number for number, sheet in enumerate(Sheet)}  # JSON in the database keeps none
NOTES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Counts of one sheet."""

    name: str
    read: int
    created: int
    updated: int
    unchanged: int
    bad: int
    doubles: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """A workbook that was read or taken over. `totals` are the full numbers where a list was cut short."""

    lines: list[SheetLine]
    bad_rows: int
    totals: dict[str, int]
    problems: Page[Any]
    doubles: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    left_out: list[dict[str, Any]]
    unknown: list[dict[str, Any]]
    ignored_sheets: list[str]

    @property
    def created(self) -> int:
        return sum(line.created for line in self.lines)

    @property
    def updated(self) -> int:
        return sum(line.updated for line in self.lines)

    @property
    def has_news(self) -> bool:
        """Whether taking over would change anything."""
        return bool(self.created or self.updated)


def outcome_of(job: ImportJob, page: str | None) -> Outcome | None:
    """The outcome of a job, with one page of its problems; None while there is none."""
    result = job.result
    if not result:
        return None
    columns = result.get("left_out_columns", [])
    return Outcome(
        lines=[
            SheetLine(name, **{field: count[field] for field in SheetLine.__slots__ if field != "name"})
            for name, count in sorted(result["sheets"].items(), key=lambda item: _ORDER.get(item[0], 0))
        ],
        bad_rows=result["bad_rows"],
        totals=result["totals"],
        problems=Paginator(result.get("problems", []), PER_PAGE).get_page(page),
        doubles=result.get("doubles", [])[:NOTES_SHOWN],
        notes=result.get("notes", [])[:NOTES_SHOWN],
        left_out=[column for column in columns if column["forbidden"]],
        unknown=[column for column in columns if not column["forbidden"]],
        ignored_sheets=result["ignored_sheets"],
    )


def is_working(job: ImportJob) -> bool:
    """Whether the worker has this workbook, or is about to."""
    return job.state in WORKING


def taken_over_before(job: ImportJob) -> ImportJob | None:
    """The same file, taken over earlier."""
    same = ImportJob.objects.filter(bureau=job.bureau_id, sha256=job.sha256, state=ImportState.DONE)
    return same.exclude(pk=job.pk).order_by("-done_at").first()
