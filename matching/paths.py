"""When work counts as one path, across forms and employers: the one place where the permitted gap stands.

The reports count retention by the same rule (`impact/sql/people.sql` takes both figures from here).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from employers.enums import WorkForm
from matching.models import Placement, check_in_dates

PAUSE_DAYS = 28
"""Between two jobs, work counts as going on when the gap is no longer than this."""
SOFT_FORMS = (WorkForm.VOLUNTEERING.value, WorkForm.ACTIVATION.value)
"""Forms that are counted apart: they neither begin nor lengthen a stretch of work."""


def is_soft(placement: Placement) -> bool:
    """Whether the work is volunteering or activation."""
    return placement.form in SOFT_FORMS


def goes_on(last_day: date | None, starts_on: date) -> bool:
    """Whether work that begins on a day goes on from work that lasted until `last_day` (None: it still lasts)."""
    return last_day is None or starts_on <= last_day + timedelta(days=PAUSE_DAYS)


@dataclass(frozen=True)
class Stretch:
    """Work without a gap that counts, in order; `last` is None while it goes on."""

    placements: tuple[Placement, ...]

    @property
    def first(self) -> date:
        return self.placements[0].starts_on

    @property
    def last(self) -> date | None:
        days = [one.ended_on for one in self.placements]
        return None if None in days else max(day for day in days if day)

    @property
    def employers(self) -> int:
        return len({one.employer_id for one in self.placements})

    def weeks(self, on: date) -> int:
        """Whole weeks of work up to a day."""
        return max(0, (min(self.last or on, on) - self.first).days // 7)


def stretches(placements: Iterable[Placement]) -> list[Stretch]:
    """The placements of one person, grouped where the work goes on; soft forms apart from the others."""
    found: list[Stretch] = []
    for soft in (False, True):
        group: list[Placement] = []
        kept: date | None = None
        for one in sorted(placements, key=lambda one: (one.starts_on, one.pk)):
            if is_soft(one) != soft:
                continue
            if group and not goes_on(kept, one.starts_on):
                found.append(Stretch(tuple(group)))
                group = []
            kept = one.ended_on if not group else _later(kept, one.ended_on)
            group.append(one)
        if group:
            found.append(Stretch(tuple(group)))
    return sorted(found, key=lambda one: one.first)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def stretch_of(placement: Placement, among: Iterable[Placement]) -> Stretch:
    """The stretch in which a placement lies, among all of the person's."""
    return next(one for one in stretches(among) if any(p.pk == placement.pk for p in one.placements))


def threads(placements: Sequence[Placement]) -> list[list[Placement]]:
    """Placements of one person by thread: what went on into what, in order; the newest thread first."""
    by_previous = {one.previous_id: one for one in placements if one.previous_id}
    known = {one.pk for one in placements}
    found = []
    for first in placements:
        if first.previous_id in known:
            continue
        thread = [first]
        while (following := by_previous.get(thread[-1].pk)) is not None:
            thread.append(following)
        found.append(thread)
    return sorted(found, key=lambda thread: (thread[-1].starts_on, thread[-1].pk), reverse=True)


def thread_of(placement: Placement, among: Sequence[Placement]) -> list[Placement]:
    """The thread in which a placement stands."""
    return next(thread for thread in threads(among) if any(one.pk == placement.pk for one in thread))


def begun_on(placement: Placement) -> date:
    """The first day of the thread, back to where it was interrupted for too long or was of the other kind."""
    one = placement
    while (before := one.previous) is not None:
        if is_soft(before) != is_soft(placement) or not goes_on(before.ended_on, one.starts_on):
            break
        one = before
    return one.starts_on


def weeks_to_talk(placement: Placement) -> dict[int, date]:
    """When the conversations after the start are due: the weeks go on across a move.

    At another employer weeks 1 and 4 are counted anew from the first day there, and what falls in those weeks is one
    talk, not two.
    """
    days = check_in_dates(begun_on(placement))
    moved = placement.previous is not None and placement.previous.employer_id != placement.employer_id
    since = placement.starts_on + timedelta(weeks=5) if moved else placement.starts_on
    days = {week: day for week, day in days.items() if day >= since}
    if moved:
        days |= {week: day for week, day in check_in_dates(placement.starts_on).items() if week in (1, 4)}
    return dict(sorted(days.items(), key=lambda pair: pair[1]))
