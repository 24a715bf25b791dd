"""Positions from a workbook begin as drafts: they open only behind a displacement check."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from employers.enums import PositionStatus, WorkForm
from employers.models import Location, Position
from matching.workbook.columns import Sheet
from matching.workbook.importing import bulk
from matching.workbook.importing.employers import Employers
from matching.workbook.importing.ground import Ground, set_changed
from matching.workbook.rows import PlacementRow, PositionRow
from matching.workbook.values import fold

SHEET = Sheet.POSITIONS
USUAL_FORM = WorkForm.WORK_EXPERIENCE  # where the workbook says no form


class Positions:
    """The bureau's positions, findable by employer and title."""

    def __init__(self, ground: Ground, employers: Employers) -> None:
        self.ground = ground
        self.employers = employers
        self.claimed: set[int] = set()

    def take(self, rows: list[PositionRow]) -> None:
        """One chunk of the sheet; rows that say nothing new are done at once."""
        same, came_before = self.ground.known(Position, rows)
        self.claimed.update(same.values(), (position.pk for position in came_before.values()))
        rest = [row for row in rows if row.head not in same]
        self.employers.need(rest)
        pairs = [(row, self.employers.find(row.employer) or 0) for row in rest]
        known = self._find(pairs, came_before)
        new = [(row, employer) for row, employer in pairs if row.head not in known]
        locations = _only_location({employer for _row, employer in new})
        named = _by_words({employer for row, employer in new if row.location})
        places = {row.key: named.get((employer, fold(row.location))) for row, employer in new}
        bulk.insert(
            [self._new(row, employer, places[row.key] or locations.get(employer)) for row, employer in new]
        )
        changed = self._update([(row, known[row.head]) for row in rest if row.head in known])
        count = self.ground.count(SHEET)
        count.created += len(new)
        count.updated += len(changed)
        count.unchanged += len(same) + len(known) - len(changed)

    def _find(
        self, pairs: list[tuple[PositionRow, int]], came_before: dict[str, Position]
    ) -> dict[str, Position]:
        """Those that came before, and those of the same employer, title and form that nobody else claimed."""
        known = dict(came_before)
        titles: dict[tuple[int, str], list[Position]] = defaultdict(list)
        before = Position.objects.filter(bureau=self.ground.bureau, created_at__lt=self.ground.started)
        for position in before.filter(employer__in={employer for _row, employer in pairs}).order_by("pk"):
            titles[(position.employer_id, fold(position.title))].append(position)
        for row, employer in pairs:
            for position in () if row.head in known else titles[(employer, fold(row.title))]:
                if position.pk not in self.claimed and row.form in ("", position.form):
                    known[row.head] = position
                    self.claimed.add(position.pk)
                    break
        return known

    def _new(self, row: PositionRow, employer: int, location: int | None) -> Position:
        if not row.form:
            self._say_usual_form(row)
        return Position(
            bureau=self.ground.bureau,
            employer_id=employer,
            location_id=location,
            title=row.title,
            form=row.form or USUAL_FORM,
            import_key=row.key,
            **{name: value for name, value in _said(row).items() if value is not None},
        )

    def _say_usual_form(self, row: PositionRow | PlacementRow) -> None:
        reason = _(
            "Geen werkvorm ingevuld. We nemen werkervaringsplaats; pas het daarna aan waar het niet klopt."
        )
        self.ground.note(row, "form", "", reason, once=True)

    def _update(self, pairs: list[tuple[PositionRow, Position]]) -> set[int]:
        """Only drafts follow the workbook; what has been checked or opened is changed by hand."""
        fields: set[str] = set()
        changed: list[Position] = []
        told: set[int] = set()
        for row, position in pairs:
            if position.status != PositionStatus.DRAFT:
                continue
            if names := set_changed(position, [*_said(row).items(), ("import_key", row.key)]):
                position.updated_at = timezone.now()
                fields |= names
                changed.append(position)
                told |= {position.pk} if names - {"import_key"} else set()
        if changed:
            bulk.update(changed, [*sorted(fields), "updated_at"])
        return told

    def for_placements(self, pairs: list[tuple[PlacementRow, int]]) -> dict[str, Position]:
        """The position of each placement that says what the work is; made where the employer has no such work."""
        titles = self._by_title({employer for _row, employer in pairs})
        new: dict[tuple[int, str], Position] = {}
        for row, employer in pairs:
            key = (employer, fold(row.title))
            if row.title and key not in titles and key not in new:
                reason = _("Deze werkplek stond er nog niet in. We maken hem aan als concept.")
                self.ground.note(row, "title", row.title, reason, once=True)
                if not row.form:
                    self._say_usual_form(row)
                new[key] = Position(
                    bureau=self.ground.bureau,
                    employer_id=employer,
                    title=row.title,
                    form=row.form or USUAL_FORM,
                )
        locations = _only_location({employer for employer, _title in new})
        for (employer, _title), position in new.items():
            position.location_id = locations.get(employer)
        bulk.insert(new.values())
        titles |= new
        return {row.key: titles[(employer, fold(row.title))] for row, employer in pairs if row.title}

    def _by_title(self, employers: set[int]) -> dict[tuple[int, str], Position]:
        titles: dict[tuple[int, str], Position] = {}
        for position in Position.objects.filter(bureau=self.ground.bureau, employer__in=employers).order_by(
            "pk"
        ):
            titles.setdefault((position.employer_id, fold(position.title)), position)
        return titles

    def make_room(self, running: Counter[int], taken: Counter[int], rows: dict[int, PlacementRow]) -> None:
        """More people than places: the bureau's own list is right, so the number of places follows.

        running: people who come, per position. taken: people who are there.
        """
        full = []
        for position in Position.objects.filter(pk__in=running):
            needed = running[position.pk] + taken[position.pk]
            if needed > position.places:
                reason = _("Hier werken meer mensen dan er plekken zijn. We maken er %(n)s plekken van.")
                self.ground.note(
                    rows[position.pk], "title", position.title, reason % {"n": needed}, once=True
                )
                position.places, position.updated_at = needed, timezone.now()
                full.append(position)
        bulk.update(full, ["places", "updated_at"])


def _said(row: PositionRow) -> dict[str, Any]:
    return {
        "hours_min": row.hours_min,
        "hours_max": row.hours_max,
        "places": row.places,
        "growth_possible": row.growth,
        "starts_from": row.starts,
        "ends_on": row.ends,
        "description": row.description or None,
        "guide_name": row.guide or None,
    }


def _by_words(employers: Iterable[int]) -> dict[tuple[int, str], int]:
    """The places of employers by all that somebody may call them: the whole of it, the name, the address."""
    found: dict[tuple[int, str], int] = {}
    for one in Location.objects.filter(employer__in=employers).order_by("pk"):
        for words in (str(one), one.name, one.address):
            if words:
                found.setdefault((one.employer_id, fold(words)), one.pk)
    return found


def _only_location(employers: Iterable[int]) -> dict[int, int]:
    """The place of employers that have just one."""
    places: dict[int, list[int]] = defaultdict(list)
    for employer, pk in Location.objects.filter(employer__in=employers).values_list("employer", "pk"):
        places[employer].append(pk)
    return {employer: found[0] for employer, found in places.items() if len(found) == 1}
