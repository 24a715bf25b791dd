"""What every writer needs to know of the bureau, looked up once, and where writers leave their remarks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import STAFF, AreaKind, Role
from buurtbaan.bureaus.models import Area, Bureau, Membership
from candidates.models import Candidate
from matching.workbook.cells import Problem, shown
from matching.workbook.columns import Sheet
from matching.workbook.doubles import Double
from matching.workbook.importing.result import SheetCount
from matching.workbook.parsing import WorkbookStream
from matching.workbook.rows import HEAD, Row
from matching.workbook.values import Cell, fold

Known = TypeVar("Known", bound=Model)


@dataclass(slots=True)
class Ground:
    """One taking over: the bureau, who does it, and what was found on the way.

    started: rows of this run are those made after it. empty: the bureau had nobody on file before.
    claimed: candidates that a row already speaks of. undated: candidates of whom no row said when they came.
    work: candidates whose work changed, so that their stage may follow.
    """

    bureau: Bureau
    by: Membership | None
    today: date
    started: datetime
    stream: WorkbookStream
    empty: bool = False
    counts: dict[Sheet, SheetCount] = field(default_factory=dict)
    claimed: set[int] = field(default_factory=set)
    undated: set[int] = field(default_factory=set)
    work: set[int] = field(default_factory=set)
    _colleagues: dict[tuple[str, str], int | None] = field(default_factory=dict)
    _areas: dict[str, int | None] = field(default_factory=dict)
    _postcodes: dict[str, int | None] = field(default_factory=dict)
    _said: set[tuple[str, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.empty = not Candidate.objects.filter(bureau=self.bureau).exists()
        self._look_up_colleagues()
        self._look_up_areas()

    def _look_up_colleagues(self) -> None:
        staff = Membership.objects.current().filter(bureau=self.bureau, role__in=STAFF)
        for pk, role, name, email in staff.values_list("pk", "role", "user__name", "user__email"):
            for key in {fold(name), fold(name).partition(" ")[0], fold(email), fold(email.partition("@")[0])}:
                for place in (role, ""):
                    known = self._colleagues.setdefault((place, key), pk)
                    if known != pk:
                        self._colleagues[(place, key)] = None  # two colleagues: nobody is guessed

    def _look_up_areas(self) -> None:
        kinds = {AreaKind.DISTRICT: 0, AreaKind.NEIGHBOURHOOD: 1}
        areas = sorted(
            Area.objects.filter(municipality=self.bureau.municipality_id), key=lambda a: kinds[a.kind]
        )
        by_kind: dict[tuple[str, AreaKind], list[int]] = {}
        for area in areas:
            self._areas[fold(area.name)] = area.pk
            for postcode in area.postcodes:
                by_kind.setdefault((postcode, area.kind), []).append(area.pk)
        for kind in (
            AreaKind.DISTRICT,
            AreaKind.NEIGHBOURHOOD,
        ):  # the neighbourhood, where it is the only one
            for (postcode, of_kind), found in by_kind.items():
                if of_kind == kind and len(found) == 1:
                    self._postcodes[postcode] = found[0]

    def colleague(self, row: Row, column: str, name: str, role: Role | None) -> int | None:
        """The membership behind a name; unknown ones are said once and the field stays empty."""
        if not name:
            return None
        found = self._colleagues.get((role or "", fold(name)))
        if found is None:
            reason = _("Geen collega met deze naam en rol gevonden. Het veld blijft leeg.")
            self.note(row, column, name, reason, once=True)
        return found

    def area(self, row: Row, name: str, postcode: str) -> int | None:
        """The neighbourhood by its name, or else by the postcode."""
        found = self._areas.get(fold(name)) if name else None
        if name and found is None:
            reason = _("Deze buurt staat niet in de lijst van de gemeente. We kijken naar de postcode.")
            self.note(row, "area", name, reason, once=True)
        return found or self._postcodes.get(postcode[:4])

    def known(self, model: type[Known], rows: Sequence[Row]) -> tuple[dict[str, int], dict[str, Known]]:
        """What came with these rows before, by the head of their key.

        First the keys of records of which the row says nothing new, then the other records.
        """
        tails = {row.head: row.key for row in rows}
        found = model._default_manager.annotate(head=Left("import_key", HEAD)).filter(
            bureau=self.bureau,
            head__in=list(tails),
        )
        same: dict[str, int] = {}
        other: dict[str, int] = {}
        for pk, head, key in found.values_list("pk", "head", "import_key"):
            (same if tails[head] == key else other)[head] = pk
        records = model._default_manager.in_bulk(list(other.values()))
        return same, {head: records[pk] for head, pk in other.items()}

    def count(self, sheet: Sheet) -> SheetCount:
        """The counts of a sheet, to add to."""
        return self.counts.setdefault(sheet, SheetCount())

    def fault(self, row: Row, sheet: Sheet, column: str, value: Cell, reason: str) -> None:
        """The row cannot go in, for a reason that only the bureau's own data could tell."""
        self.count(sheet).bad += 1
        self.stream.problems.append(self._problem(row, sheet, column, value, reason))

    def note(self, row: Row, column: str, value: Cell, reason: str, *, once: bool = False) -> None:
        """Say how something was read; with `once` not again for the same value on the same sheet."""
        key = (row.sheet, column, str(value), reason)
        if once and key in self._said:
            return
        self._said.add(key)
        self.stream.notes.append(self._problem(row, _SHEET_OF[type(row).__name__], column, value, reason))

    def double(self, row: Row, sheet: Sheet, other: str, reason: str) -> None:
        """Somebody the bureau knows may be the same; both stay."""
        self.count(sheet).doubles += 1
        self.stream.doubles.append(Double(row.sheet, row.row, row.label(), None, other, reason))

    def _problem(self, row: Row, sheet: Sheet, column: str, value: Cell, reason: str) -> Problem:
        label = self.stream.label(sheet, row.sheet, column)
        return Problem(row.sheet, row.row, label, shown(value), reason)


_SHEET_OF = {
    "CandidateRow": Sheet.CANDIDATES,
    "EmployerRow": Sheet.EMPLOYERS,
    "ContactRow": Sheet.CONTACTS,
    "LocationRow": Sheet.LOCATIONS,
    "PositionRow": Sheet.POSITIONS,
    "PlacementRow": Sheet.PLACEMENTS,
    "HoursStepRow": Sheet.HOURS_STEPS,
    "ConversationRow": Sheet.CONVERSATIONS,
    "MeasurementRow": Sheet.MEASUREMENTS,
}


def set_changed(record: Any, values: Iterable[tuple[str, Any]]) -> set[str]:
    """Put what the workbook says into a record; an empty cell never erases. Gives the names of what changed."""
    changed = set()
    for name, value in values:
        if value in (None, "") or getattr(record, name) == value:
            continue
        setattr(record, name, value)
        changed.add(name)
    return changed
