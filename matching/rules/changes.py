"""Which single change on the candidate's side would open most positions?

A change is something to talk about, never something to push. Nothing here touches safety.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from buurtbaan.vocabulary import dayparts
from matching.rules.criteria import RULES, plain
from matching.rules.explain import explain, near_miss
from matching.rules.inputs import CandidateInputs, Criterion, PositionInputs
from matching.rules.results import Answer, Text, say
from matching.rules.travel import Means

HOURS_STEP = 4
HOURS_STEPS = range(HOURS_STEP, 41, HOURS_STEP)
"""Up to what somebody wishes, and one step where nobody asked for the wish."""
EXTRA_MINUTES = 15


Blocked: TypeAlias = tuple[Criterion, PositionInputs]


@dataclass(frozen=True, slots=True)
class Change:
    """One change in words, and the keys of the positions that it opens."""

    text: Text
    opens: tuple[int, ...]


def single_changes(candidate: CandidateInputs, positions: Sequence[PositionInputs]) -> list[Change]:
    """Every single change that opens a position, the one that opens most first."""
    return openings(candidate, _blocked_by_one(candidate, positions))


def openings(candidate: CandidateInputs, blocked: Mapping[int, Blocked]) -> list[Change]:
    """The same for positions of which is known already that exactly one must stands in the way, and which."""
    changes = []
    for criterion, text, changed in _options(candidate, [position for _by, position in blocked.values()]):
        rule = RULES[criterion]
        opens = tuple(
            key
            for key, (by, position) in blocked.items()
            if by is criterion and rule(changed, position).answer is not Answer.CLASHES
        )
        if opens:
            changes.append(Change(text, opens))
    return sorted(changes, key=lambda change: -len(change.opens))


def single_change(candidate: CandidateInputs, positions: Sequence[PositionInputs]) -> Change | None:
    """The change that opens most positions, if one opens any."""
    changes = single_changes(candidate, positions)
    return changes[0] if changes else None


def _blocked_by_one(candidate: CandidateInputs, positions: Sequence[PositionInputs]) -> dict[int, Blocked]:
    """Positions where exactly one must stands in the way, and which."""
    missed = ((number, near_miss(explain(candidate, one))) for number, one in enumerate(positions))
    return {number: (result.criterion, positions[number]) for number, result in missed if result}


Option: TypeAlias = tuple[Criterion, Text, CandidateInputs]


def _options(candidate: CandidateInputs, positions: Sequence[PositionInputs]) -> Iterator[Option]:
    yield from _hours(candidate)
    yield from _dayparts(candidate)
    yield from _travel(candidate)
    if candidate.wants_own_neighbourhood:
        yield Criterion.AREA, say("change.anywhere"), replace(candidate, wants_own_neighbourhood=False)
    for need in sorted(candidate.conditions_needed or ()):
        left = (candidate.conditions_needed or frozenset()) - {need}
        yield (
            Criterion.CONDITIONS,
            say("change.without", term=need),
            replace(candidate, conditions_needed=left),
        )
    for task in sorted(candidate.tasks_rather_not or ()):
        others = (candidate.tasks_rather_not or frozenset()) - {task}
        yield Criterion.TASKS, say("change.task", term=task), replace(candidate, tasks_rather_not=others)
    yield from _support(candidate)
    yield from _forms(candidate, positions)


def _hours(candidate: CandidateInputs) -> Iterator[Option]:
    now, wished = candidate.hours_now, candidate.hours_wished
    for step in HOURS_STEPS:
        if now is not None and now < step <= (now + HOURS_STEP if wished is None else wished):
            more = replace(candidate, hours_now=Decimal(step))
            yield Criterion.HOURS, say("change.hours", hours=plain(Decimal(step))), more


def _dayparts(candidate: CandidateInputs) -> Iterator[Option]:
    can = candidate.dayparts
    if can is None:
        return
    wider = [("change.mornings", dayparts.every_week(dayparts.MORNING))]
    wider += [("change.afternoons", dayparts.every_week(dayparts.AFTERNOON))]
    wider += [("change.evenings", dayparts.every_week(dayparts.EVENING))]
    wider += [("change.weekend", dayparts.whole_day(5) | dayparts.whole_day(6))]
    for code, extra in wider:
        if can | extra != can:
            yield Criterion.DAYPARTS, say(code), replace(candidate, dayparts=can | extra)
    for day in range(dayparts.WEEKEND_FROM):
        extra = dayparts.whole_day(day)
        if can | extra != can:
            yield Criterion.DAYPARTS, say("change.day", day=day), replace(candidate, dayparts=can | extra)


def _travel(candidate: CandidateInputs) -> Iterator[Option]:
    means, most = candidate.travel_means, candidate.travel_minutes_max
    if not means or most is None:
        return
    longer = replace(candidate, travel_minutes_max=most + EXTRA_MINUTES)
    yield Criterion.TRAVEL, say("change.travel_longer", minutes=EXTRA_MINUTES), longer
    for one in (Means.BIKE, Means.TRANSIT):
        if one not in means:
            wider = replace(candidate, travel_means=means | {one})
            yield Criterion.TRAVEL, say("change.travel_with", mean=str(one)), wider


def _support(candidate: CandidateInputs) -> Iterator[Option]:
    if candidate.dutch_level is not None:
        level = candidate.dutch_level + 1
        yield Criterion.LANGUAGE, say("change.dutch"), replace(candidate, dutch_level=level)
    if candidate.guidance_needed:
        less = candidate.guidance_needed - 1
        yield (
            Criterion.GUIDANCE,
            say("change.guidance", guidance=less),
            replace(candidate, guidance_needed=less),
        )


def _forms(candidate: CandidateInputs, positions: Sequence[PositionInputs]) -> Iterator[Option]:
    accepted = candidate.forms_accepted
    if accepted is None:
        return
    for form in sorted({position.form for position in positions if position.form} - accepted):
        yield (
            Criterion.FORM,
            say("change.form", form=form),
            replace(candidate, forms_accepted=accepted | {form}),
        )
