"""The staircase of hours of many placements at once: steps that never overlap, each up to the next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from matching.models import HoursStep, Placement
from matching.workbook.columns import Sheet
from matching.workbook.importing import bulk
from matching.workbook.importing.employers import plain_name
from matching.workbook.importing.ground import Ground
from matching.workbook.importing.persons import find_people
from matching.workbook.rows import HoursStepRow
from matching.workbook.values import fold

SHEET = Sheet.HOURS_STEPS
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """Hours a week from a day on; `last_day` only where the workbook says it."""

    starts: date
    hours: Decimal
    last_day: date | None
    reason: str


class Stairs:
    """Puts steps into staircases and writes what changed."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    def take(self, rows: list[HoursStepRow]) -> None:
        """One chunk of the sheet."""
        pairs = find_people(rows, SHEET, self.ground)
        places: dict[int, list[Placement]] = defaultdict(list)
        of_these = Placement.objects.filter(candidate__in={person.pk for _row, person in pairs})
        for work in of_these.select_related("employer", "position").order_by("starts_on", "pk"):
            places[work.candidate_id].append(work)
        steps: dict[int, list[Step]] = defaultdict(list)
        placements: dict[int, Placement] = {}
        chosen: list[tuple[HoursStepRow, Placement]] = []
        for row, person in pairs:
            if (placement := self._placement(row, places[person.pk])) is not None:
                steps[placement.pk].append(Step(row.starts, row.hours, row.ends, row.reason))
                placements[placement.pk] = placement
                chosen.append((row, placement))
                self.ground.work.add(person.pk)
        self._count(chosen, steps, placements)

    def _count(
        self,
        chosen: list[tuple[HoursStepRow, Placement]],
        steps: dict[int, list[Step]],
        placements: dict[int, Placement],
    ) -> None:
        there = {(s.placement_id, s.during.lower) for s in _steps(placements)}
        changed = self._climb(steps, placements)
        count = self.ground.count(SHEET)
        for row, placement in chosen:
            key = (placement.pk, row.starts)
            count.created += key not in there
            count.updated += key in there and key in changed
            count.unchanged += key in there and key not in changed

    def _placement(self, row: HoursStepRow, placements: list[Placement]) -> Placement | None:
        """The work that the hours belong to: of this employer, going on that day; the latest begun."""
        fitting = [
            placement
            for placement in placements
            if (not row.employer or plain_name(placement.employer.name) == plain_name(row.employer))
            and (
                not row.title
                or placement.position is None
                or fold(placement.position.title) == fold(row.title)
            )
        ]
        on_day = [
            placement
            for placement in fitting
            if placement.starts_on <= row.starts
            and (placement.ended_on is None or row.starts <= placement.ended_on)
        ]
        if on_day:
            return on_day[-1]
        if fitting:
            reason = _(
                "Op deze dag was deze persoon daar niet aan het werk. Kijk naar Start en Eind op Plaatsingen."
            )
            self.ground.fault(row, SHEET, "starts", row.starts, reason)
        else:
            reason = _("Bij deze urenstap hoort geen plaatsing. Zet het werk op Plaatsingen.")
            self.ground.fault(row, SHEET, "employer", row.employer or row.person.name.full, reason)
        return None

    def begin(self, steps: dict[int, list[Step]], placements: Iterable[Placement]) -> set[int]:
        """The hours of the first day, where no step begins on it; gives the placements that got them."""
        there = {(step.placement_id, step.during.lower) for step in _steps(steps)}
        new = {
            pk: [step for step in coming if (pk, step.starts) not in there] for pk, coming in steps.items()
        }
        return {pk for pk, _starts in self._climb(new, {placement.pk: placement for placement in placements})}

    def _climb(self, steps: dict[int, list[Step]], placements: dict[int, Placement]) -> set[tuple[int, date]]:
        """Put steps into the staircases of these placements; gives those that are new or not as they were."""
        stairs: dict[int, dict[date, HoursStep]] = {pk: {} for pk in steps}
        for known in _steps(steps):
            stairs[known.placement_id][known.during.lower] = known
        changed: dict[tuple[int, date], HoursStep] = {}
        for pk, coming in steps.items():
            for step in coming:
                if (put := self._put(step, stairs[pk], placements[pk])) is not None:
                    changed[(pk, step.starts)] = put
        _write(stairs, placements, list(changed.values()))
        return set(changed)

    def _put(self, step: Step, stair: dict[date, HoursStep], placement: Placement) -> HoursStep | None:
        """Put one step in its place; None when it stood there already."""
        known = stair.get(step.starts)
        if known is None:
            until = step.last_day + DAY if step.last_day else None
            stair[step.starts] = HoursStep(
                bureau_id=placement.bureau_id,
                placement=placement,
                candidate_id=placement.candidate_id,
                employer_id=placement.employer_id,
                hours=step.hours,
                during=DateRange(step.starts, until),
                reason=step.reason,
                by=self.ground.by,
            )
            return stair[step.starts]
        if known.hours == step.hours and (not step.reason or known.reason == step.reason):
            return None
        known.hours, known.reason = step.hours, step.reason or known.reason
        known.by, known.confirmed_at = self.ground.by, None
        return known

    def cut(self, placements: list[Placement]) -> None:
        """The staircase stops where the work stopped."""
        ends = {placement.pk: placement.ended_on for placement in placements if placement.ended_on}
        late, cut = [], []
        for step in _steps(ends):
            after = ends[step.placement_id] + DAY
            if step.during.lower >= after:
                late.append(step.pk)
            elif step.during.upper is None or step.during.upper > after:
                step.during = DateRange(step.during.lower, after)
                cut.append(step)
        HoursStep.objects.filter(pk__in=late).delete()
        bulk.update(cut, ["during"])


def _steps(placements: Iterable[int]) -> list[HoursStep]:
    return list(HoursStep.objects.filter(placement__in=list(placements)).order_by("placement", "during"))


def _write(
    stairs: dict[int, dict[date, HoursStep]], placements: dict[int, Placement], changed: list[HoursStep]
) -> None:
    """End each step where the next begins; what stands gets shorter before anything new comes, so nothing overlaps."""
    shorter = []
    for pk, stair in stairs.items():
        before = {starts: step.during for starts, step in stair.items()}
        _close(sorted(stair.values(), key=lambda step: step.during.lower), placements[pk])
        shorter += [step for starts, step in stair.items() if step.pk and step.during != before[starts]]
    bulk.update(shorter, ["during"])
    known = [step for step in changed if step.pk]
    bulk.update(known, ["hours", "reason", "by", "confirmed_at"])
    bulk.insert([step for step in changed if not step.pk])


def _close(stair: list[HoursStep], placement: Placement) -> None:
    end = placement.ended_on + DAY if placement.ended_on else None
    for step, following in zip(stair, [*stair[1:], None], strict=True):
        limits = [step.during.upper, following.during.lower if following else None, end]
        upper = min((limit for limit in limits if limit is not None), default=None)
        step.during = DateRange(step.during.lower, upper)
