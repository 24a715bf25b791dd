"""Placements: work that people have, with what the law asks of paid work and of trials."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from employers.enums import PAID_FORMS, WorkForm
from employers.models import Location, Position
from matching.models import CheckIn, Placement, check_in_dates
from matching.workbook.columns import Sheet
from matching.workbook.forbidden import forbidden_header
from matching.workbook.importing import bulk
from matching.workbook.importing.employers import Employers
from matching.workbook.importing.endings import why_it_ended
from matching.workbook.importing.ground import Ground, set_changed
from matching.workbook.importing.persons import Found, find_people
from matching.workbook.importing.positions import USUAL_FORM, Positions
from matching.workbook.importing.stairs import Stairs, Step
from matching.workbook.rows import PlacementRow

SHEET = Sheet.PLACEMENTS
LONGEST_TRIAL = timedelta(days=184)


@dataclass(frozen=True, slots=True)
class Work:
    """One row with all it points at."""

    row: PlacementRow
    person: Found
    employer: int
    position: Position | None


class Placements:
    """Writes the sheet, chunk by chunk."""

    def __init__(self, ground: Ground, employers: Employers, positions: Positions, stairs: Stairs) -> None:
        self.ground = ground
        self.employers = employers
        self.positions = positions
        self.stairs = stairs
        self.claimed: set[int] = set()

    def take(self, rows: list[PlacementRow]) -> None:
        """One chunk of the sheet; rows that say nothing new are done at once."""
        same, came_before = self.ground.known(Placement, rows)
        self.claimed.update(same.values(), (placement.pk for placement in came_before.values()))
        works = self._works([row for row in rows if row.head not in same])
        known = self._find(works, came_before)
        new = self._possible([work for work in works if work.row.head not in known])
        self._make_room(new)
        near = _near(new)
        created = [(work, self._new(work, near)) for work in new]
        bulk.insert([placement for _work, placement in created])
        self._plan_check_ins([placement for _work, placement in created])
        news = [(work, known[work.row.head]) for work in works if work.row.head in known]
        changed = self._update(news)
        changed |= self._first_steps([*created, *news])
        self.ground.work.update(work.person.pk for work in works)
        count = self.ground.count(SHEET)
        count.created += len(created)
        count.updated += sum(placement.pk in changed for _work, placement in news)
        count.unchanged += len(same) + sum(placement.pk not in changed for _work, placement in news)

    def _works(self, rows: list[PlacementRow]) -> list[Work]:
        pairs = find_people(rows, SHEET, self.ground)
        self.employers.need(row for row, _person in pairs)
        placed = [(row, person, self.employers.find(row.employer) or 0) for row, person in pairs]
        positions = self.positions.for_placements([(row, employer) for row, _person, employer in placed])
        return [Work(row, person, employer, positions.get(row.key)) for row, person, employer in placed]

    def _find(self, works: list[Work], came_before: dict[str, Placement]) -> dict[str, Placement]:
        """Those that came before, and those of the same person, employer and first day."""
        known = dict(came_before)
        there: dict[tuple[int, int, date], list[Placement]] = defaultdict(list)
        if not self.ground.empty:
            people = [work.person.pk for work in works if work.row.head not in known]
            before = Placement.objects.filter(candidate__in=people, created_at__lt=self.ground.started)
            for placement in before.order_by("pk"):
                there[(placement.candidate_id, placement.employer_id, placement.starts_on)].append(placement)
        for work in works:
            key = (work.person.pk, work.employer, work.row.starts)
            for placement in () if work.row.head in known else there[key]:
                if placement.pk not in self.claimed:
                    known[work.row.head] = placement
                    self.claimed.add(placement.pk)
                    break
        return known

    def _possible(self, works: list[Work]) -> list[Work]:
        """Those that can stand: nobody has the same work twice at a time, and a trial ends within six months."""
        running = set(
            Placement.objects.filter(
                candidate__in=[work.person.pk for work in works], ended_on=None, position__isnull=False
            ).values_list("candidate", "position")
        )
        possible = []
        for work in works:
            row = work.row
            pair = (work.person.pk, work.position.pk) if work.position else None
            if self._form(work) == WorkForm.TRIAL and (
                row.ends is None or row.ends - row.starts > LONGEST_TRIAL
            ):
                reason = _("Een proefplaatsing heeft een einddatum binnen zes maanden.")
                self.ground.fault(row, SHEET, "ends", row.ends or "", reason)
            elif pair in running and not self._is_over(row):
                self.ground.fault(
                    row, SHEET, "starts", row.starts, _("Deze persoon werkt hier al, op deze werkplek.")
                )
            else:
                possible.append(work)
                if pair and not self._is_over(row):
                    running.add(pair)
        return possible

    def _is_over(self, row: PlacementRow) -> bool:
        return row.ends is not None and row.ends < self.ground.today

    def _form(self, work: Work) -> str:
        return work.row.form or (work.position.form if work.position else USUAL_FORM)

    def _make_room(self, works: list[Work]) -> None:
        coming = Counter(w.position.pk for w in works if w.position and not self._is_over(w.row))
        still = Q(placements__ended_on=None) | Q(placements__ended_on__gte=self.ground.today)
        there = Position.objects.filter(pk__in=coming).annotate(n=Count("placements", filter=still))
        rows = {work.position.pk: work.row for work in works if work.position}
        self.positions.make_room(coming, Counter(dict(there.values_list("pk", "n"))), rows)

    def _new(self, work: Work, near: dict[str, bool]) -> Placement:
        row, form = work.row, self._form(work)
        if not row.form and work.position is None:
            reason = _(
                "Geen werkvorm ingevuld. We nemen werkervaringsplaats; pas het aan waar het niet klopt."
            )
            self.ground.note(row, "form", "", reason, once=True)
        return Placement(
            bureau=self.ground.bureau,
            candidate_id=work.person.pk,
            employer_id=work.employer,
            position=work.position,
            shared_name=work.person.name.first,
            form=form,
            starts_on=row.starts,
            in_neighbourhood=near.get(work.row.key),
            supervisor=work.position.guide_name if work.position else "",
            import_key=row.key,
            **self._paid(row, form),
            **self._end(row, form),
        )

    def _paid(self, row: PlacementRow, form: str) -> dict[str, Any]:
        """Paid work has a contract: where the workbook does not name it, employer and first day are noted."""
        if form not in PAID_FORMS:
            return {"employer_of_record": row.employer_of_record, "contract_on": row.contract_on}
        if not (row.employer_of_record and row.contract_on):
            reason = _("Bij betaald werk horen een werkgever op papier en een datum van het contract. "
                       "We nemen de werkgever en de startdatum.")  # fmt: skip
            self.ground.note(row, "contract_on", "", reason, once=True)
        return {
            "employer_of_record": row.employer_of_record or row.employer,
            "contract_on": row.contract_on or row.starts,
        }

    def _end(self, row: PlacementRow, form: str) -> dict[str, Any]:
        """An end that has passed is what happened; one that lies ahead is what was agreed."""
        if row.ends is None:
            return {}
        if not self._is_over(row):
            return {"ends_on": row.ends}
        reason, destination = why_it_ended(row.reason)
        private = bool(row.reason) and forbidden_header(row.reason) is not None
        if private:
            said = _("Deze reden gaat over iets wat we niet bewaren. Alleen de soort reden gaat mee.")
            self.ground.note(row, "reason", "•••", said)
        return {
            "ends_on": row.ends if form == WorkForm.TRIAL else None,
            "ended_on": row.ends,
            "end_reason": reason,
            "destination": destination,
            "end_note": "" if private else row.reason,
        }

    def _update(self, pairs: list[tuple[Work, Placement]]) -> set[int]:
        """A placement that runs follows the workbook; one that has ended stays as it is."""
        fields: set[str] = set()
        changed: list[Placement] = []
        told: set[int] = set()
        for work, placement in pairs:
            said: dict[str, Any] = {"import_key": work.row.key}
            if placement.ended_on is None:
                said |= self._end(work.row, placement.form)
                said |= {
                    "employer_of_record": work.row.employer_of_record,
                    "contract_on": work.row.contract_on,
                }
            if names := set_changed(placement, said.items()):
                placement.updated_at = timezone.now()
                fields |= names
                changed.append(placement)
                told |= {placement.pk} if names - {"import_key"} else set()
        if changed:
            bulk.update(changed, [*sorted(fields), "updated_at"])
            ended = [placement for placement in changed if placement.ended_on]
            self._forget_check_ins(ended)
            self.stairs.cut(ended)
        return told

    def _first_steps(self, pairs: list[tuple[Work, Placement]]) -> set[int]:
        """The hours on the row are those of the first day; gives of which known placements they changed."""
        steps = {
            placement.pk: [Step(work.row.starts, work.row.hours, None, self._why(work.row))]
            for work, placement in pairs
            if work.row.hours is not None
        }
        return self.stairs.begin(steps, [placement for _work, placement in pairs])

    def _why(self, row: PlacementRow) -> str:
        return "" if row.ends is not None else row.reason[:300]

    def _plan_check_ins(self, placements: list[Placement]) -> None:
        """The conversations that are still to come; those of the past were held or not, but not here."""
        bulk.insert(
            [
                CheckIn(
                    bureau=self.ground.bureau,
                    placement=placement,
                    candidate_id=placement.candidate_id,
                    employer_id=placement.employer_id,
                    week=week,
                    due_on=day,
                )
                for placement in placements
                for week, day in check_in_dates(placement.starts_on).items()
                if day >= self.ground.today and (placement.ended_on is None or day <= placement.ended_on)
            ]
        )

    def _forget_check_ins(self, placements: list[Placement]) -> None:
        ends = {placement.pk: placement.ended_on for placement in placements}
        late = [
            pk
            for pk, placement, due in CheckIn.objects.filter(placement__in=ends, done_on=None).values_list(
                "pk", "placement", "due_on"
            )
            if due > (ends[placement] or due)
        ]
        CheckIn.objects.filter(pk__in=late).delete()


def _near(works: list[Work]) -> dict[str, bool]:
    """Whether home and work lie in the same district, by the row's key; left out where one is not known."""
    places = {work.position.location_id for work in works if work.position and work.position.location_id}
    codes = dict(Location.objects.filter(pk__in=places, area__isnull=False).values_list("pk", "area__code"))
    return {
        work.row.key: codes[work.position.location_id][2:8] == work.person.district
        for work in works
        if work.person.district and work.position and work.position.location_id in codes
    }
