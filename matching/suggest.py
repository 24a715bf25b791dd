"""Who fits a position, and which position fits somebody.

Position → candidates: the whole bureau is judged in one query (`judge`), one page is explained by the rules.
Candidate → positions: a short list, explained outright. The order is always the one that the screen states.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from candidates.models import Candidate
from employers.models import Position
from matching.facts import candidate_inputs, note_homes, position_inputs
from matching.gather import TOLD, intake_of, intakes_of, with_guides
from matching.judge import Judged, Show, in_the_way, judge, nearly, people_query, work_query
from matching.labels import Words
from matching.rules import (
    Answer,
    CandidateInputs,
    Change,
    Criterion,
    CriterionResult,
    Explanation,
    PositionInputs,
    explain,
    near_miss,
    openings,
)
from matching.rules.results import Texts

PAGE_SIZE = 15
MOST_PAGES = 10_000
CHANGES_SHOWN = 5
OPENED_SHOWN = 5
MOST_NEAR = 1_000
"""How much nearly fitting work is looked at to find what one change would open."""
CARD = (
    "first_name",
    "infix",
    "last_name",
    "postcode",
    "stage",
    "last_proposed_on",
    "area__code",
    "area__name",
    "area__latitude",
    "area__longitude",
    "bureau_id",
    "coach_id",
    "connector_id",
)
SHOW_LABELS = {Show.OPEN: _("Kan"), Show.NEAR: _("Net niet"), Show.ALL: _("Alles")}


@dataclass(frozen=True)
class PersonLine:
    """One candidate for a position; of a colleague's candidate the answers without the words."""

    candidate: Candidate
    answers: list[tuple[Criterion, Answer]]
    explanation: Explanation | None

    @property
    def missed(self) -> CriterionResult | None:
        return near_miss(self.explanation) if self.explanation else None


@dataclass(frozen=True)
class WorkLine:
    """One position for a candidate."""

    position: Position
    explanation: Explanation

    @property
    def missed(self) -> CriterionResult | None:
        return near_miss(self.explanation)


@dataclass(frozen=True)
class People:
    """A page of candidates for a position."""

    lines: list[PersonLine]
    counts: dict[Show, int]
    page: Page[Any]
    words: Words
    inputs: PositionInputs


@dataclass(frozen=True)
class Work:
    """A page of positions for a candidate, and what would open more of them; `asked`: is there an intake?"""

    asked: bool
    lines: list[WorkLine]
    counts: dict[Show, int]
    page: Page[Any]
    words: Words
    changes: list[Change]
    opened: dict[int, Position]
    """The first positions that each change opens, with their employers."""


def candidates_for(
    position: Position,
    membership: Membership,
    *,
    show: Show = Show.OPEN,
    page: str | int = 1,
    only: Criterion | None = None,
    **whom: bool,
) -> People:
    """The bureau's people for one position (from `gather.with_place`), in the stated order.

    only: of the near misses, those whom this must keeps out. whom: mine, everybody, waiting of `people_query`.
    """
    words = Words.load([position.location.area if position.location else None])
    inputs = position_inputs(position, words)
    query, params = people_query(position, inputs, words, membership, **whom)
    counts, rows, shown = _page_of(query, params, show, page, only)
    lines, words = _explained(rows, inputs, words, membership)
    return People(lines, counts, shown, words, inputs)


@dataclass(frozen=True)
class Hindrance:
    """One must of a position, and how many people it alone keeps out."""

    criterion: Criterion
    count: int
    asked: Texts


def hindrances(position: Position, membership: Membership, words: Words, **whom: bool) -> list[Hindrance]:
    """Which one term of a position keeps out most of these people, most first; whom: as for `candidates_for`."""
    inputs = position_inputs(position, words)
    asked = explain(CandidateInputs(), inputs)
    found = in_the_way(*people_query(position, inputs, words, membership, **whom))
    return [Hindrance(criterion, count, asked[criterion].position) for criterion, count in found.items()]


def _page_of(
    query: str, params: dict[str, Any], show: Show, page: str | int, only: Criterion | None = None
) -> tuple[dict[Show, int], list[Judged], Page[Any]]:
    """The counts and one page; a page beyond the last is the last."""
    number = int(page) if str(page).isdecimal() and 0 < int(page) < MOST_PAGES else 1
    ask = partial(judge, query, params, show=show, limit=PAGE_SIZE, only=only)
    counts, rows = ask(offset=(number - 1) * PAGE_SIZE)
    shown = Paginator(range(counts[show]), PAGE_SIZE).get_page(number)
    if shown.number != number:
        counts, rows = ask(offset=(shown.number - 1) * PAGE_SIZE)
    return counts, rows, shown


def _explained(
    rows: list[Judged], inputs: PositionInputs, words: Words, membership: Membership
) -> tuple[list[PersonLine], Words]:
    """The page's people in their order, with the reasons where the role may read them; and the words for it."""
    pks = [row.pk for row in rows]
    people = Candidate.objects.listed_to(membership).select_related("area").only(*CARD).in_bulk(pks)
    intakes = intakes_of(pks, membership)
    note_homes(people.values())
    words = words.with_areas(people[pk].area for pk in intakes)
    lines = []
    for row in rows:
        candidate, intake, explanation = people[row.pk], intakes.get(row.pk), None
        if intake or _may_read(membership, candidate):
            theirs = candidate_inputs(candidate, intake, words, has_safety_clash=row.is_unsafe)
            explanation = explain(theirs, inputs)
        lines.append(PersonLine(candidate, row.answers, explanation))
    return lines, words


def _may_read(membership: Membership, candidate: Candidate) -> bool:
    """Whether a person without an intake is somebody whose file the role may open."""
    return membership.role == Role.MANAGER or candidate.held_by(membership)


def positions_for(
    candidate: Candidate,
    membership: Membership,
    *,
    show: Show = Show.OPEN,
    page: str | int = 1,
    changes: bool = False,
    besides: int | None = None,
) -> Work:
    """The bureau's open work for one candidate (with `area` joined), in the stated order.

    changes: also find out which single change would open more of it. besides: the employer whose work is left out.
    """
    words = Words.load([candidate.area])
    intake = intake_of(candidate)
    theirs = candidate_inputs(candidate, intake, words, has_safety_clash=False)
    query, params = work_query(candidate, theirs, words, besides=besides)
    counts, rows, shown = _page_of(query, params, show, page)
    seen = with_guides(Position.objects.visible_to(membership)).only(*TOLD)
    found = seen.in_bulk([row.pk for row in rows])
    words = words.with_areas(one.location.area for one in found.values() if one.location)
    near = nearly(query, params, words, most=MOST_NEAR) if changes else {}
    opening = openings(theirs, {pk: (_must_of(*pair), pair[1]) for pk, pair in near.items()})[:CHANGES_SHOWN]
    return Work(
        asked=intake is not None,
        lines=[_work_line(row, found[row.pk], theirs, words) for row in rows],
        counts=counts,
        page=shown,
        words=words,
        changes=opening,
        opened=_opened(opening, membership),
    )


def _opened(changes: list[Change], membership: Membership) -> dict[int, Position]:
    pks = {pk for change in changes for pk in change.opens[:OPENED_SHOWN]}
    if not pks:
        return {}
    found = Position.objects.visible_to(membership).select_related("employer")
    return found.only("title", "employer__name").in_bulk(pks)


def _work_line(row: Judged, position: Position, theirs: CandidateInputs, words: Words) -> WorkLine:
    told = replace(theirs, has_safety_clash=row.is_unsafe)
    return WorkLine(position, explain(told, position_inputs(position, words)))


def _must_of(row: Judged, inputs: PositionInputs) -> Criterion:
    """The one must that clashes."""
    return next(one for one, answer in row.answers if answer is Answer.CLASHES and one in inputs.musts)
