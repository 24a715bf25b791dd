"""What came of reading and taking over a workbook, for the screen, the command and its JSON."""

from dataclasses import asdict, dataclass, field
from typing import Any

from matching.workbook.cells import Problem
from matching.workbook.doubles import Double
from matching.workbook.headers import LeftOut


@dataclass(slots=True)
class SheetCount:
    """Rows of one sheet. read = created + updated + skipped; skipped = bad + unchanged.

    unchanged: the bureau knew all of it, or an earlier row said the same. doubles: may be somebody else's row.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    bad: int = 0
    doubles: int = 0

    @property
    def skipped(self) -> int:
        return self.bad + self.unchanged

    def as_dict(self) -> dict[str, int]:
        """With the sum of what was skipped."""
        return {**asdict(self), "skipped": self.skipped}


@dataclass(slots=True)
class ImportResult:
    """Counts per sheet and everything that has to be said; `committed` tells whether anything was written."""

    committed: bool = False
    sheets: dict[str, SheetCount] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)
    left_out_columns: list[LeftOut] = field(default_factory=list)
    ignored_sheets: list[str] = field(default_factory=list)

    @property
    def bad(self) -> int:
        """Rows that cannot go in, and sheets that could not be read at all."""
        return sum(count.bad for count in self.sheets.values()) or len(self.problems)

    @property
    def created(self) -> int:
        return sum(count.created for count in self.sheets.values())

    @property
    def updated(self) -> int:
        return sum(count.updated for count in self.sheets.values())

    def as_dict(self, *, most: int | None = None) -> dict[str, Any]:
        """Plain data; of each list at most `most` entries, with the full numbers beside them."""
        return {
            "committed": self.committed,
            "sheets": {name: count.as_dict() for name, count in self.sheets.items()},
            "bad_rows": self.bad,
            "totals": {
                "problems": len(self.problems),
                "notes": len(self.notes),
                "doubles": len(self.doubles),
            },
            "problems": [asdict(problem) for problem in self.problems[:most]],
            "notes": [asdict(note) for note in self.notes[:most]],
            "doubles": [asdict(double) for double in self.doubles[:most]],
            "left_out_columns": [asdict(left) for left in self.left_out_columns[:most]],
            "ignored_sheets": self.ignored_sheets,
        }
