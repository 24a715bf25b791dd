"""All of a bureau's people judged for one position, or all its work for one person, in one query each.

Written as SQL: these two queries decide how fast the busiest pages are. Both read tables under row-level security
and name the bureau beside it; tests hold their columns to `facts` and their order to `rules.sort_key`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db import connection
from django.utils import timezone

from buurtbaan.bureaus.models import Membership
from candidates.caseload import UNPROPOSED_DAYS
from candidates.enums import Stage
from candidates.models import Candidate
from employers.enums import PositionStatus
from employers.models import Position
from matching.enums import OPEN_STATES
from matching.labels import Words
from matching.rules import DEFAULT_MUSTS, Answer, CandidateInputs, Criterion, PositionInputs, sql
from matching.rules import sql_rows as rows

TAKEN = [state.value for state in OPEN_STATES]
AT_WORK = "ended_on IS NULL OR ended_on >= %(today)s"
SEARCHING = [Stage.SEARCHING.value]
EVERYBODY = [stage.value for stage in Stage if stage not in (Stage.CLOSED, Stage.PAUSED)]


class Show(StrEnum):
    """Which part of a list: nothing stands in the way, one thing does, or everything."""

    OPEN = "past"
    NEAR = "net-niet"
    ALL = "alles"


CONDITIONS = {Show.OPEN: f"{sql.MUST_CLASHES} = 0", Show.NEAR: f"{sql.MUST_CLASHES} = 1", Show.ALL: "true"}

PEOPLE = f"""
SELECT person.id, person.last_proposed_on, told.hours_now, told.dayparts,
    nullif(left(person.postcode, 4), '') AS postcode4,
    CASE WHEN area.latitude IS NULL OR area.longitude IS NULL THEN post.latitude ELSE area.latitude END AS lat,
    CASE WHEN area.latitude IS NULL OR area.longitude IS NULL THEN post.longitude ELSE area.longitude END AS lon,
    area.code AS area_code, told.means, told.travel_minutes AS minutes_max, told.wants_own_area,
    told.conditions_needed AS needs, told.tasks_liked AS liked, told.tasks_to_learn AS to_learn,
    told.tasks_rather_not AS rather_not, told.talents_claimed AS claimed, told.talents_shown AS shown,
    told.dutch_level AS dutch, told.languages, told.guidance_needed AS guidance, told.forms_accepted AS forms,
    person.id = ANY(%(unsafe)s) AS unsafe, told.id IS NOT NULL AS said
FROM candidates_candidate person
LEFT JOIN candidates_intake told ON told.candidate_id = person.id AND told.bureau_id = %(bureau)s
LEFT JOIN bureaus_area area ON area.id = person.area_id
LEFT JOIN bureaus_postcode post ON post.digits = left(person.postcode, 4)
WHERE person.bureau_id = %(bureau)s AND person.stage = ANY(%(stages)s) AND person.id <> ALL(%(hidden)s)
    AND (NOT %(mine)s OR %(me)s IN (person.coach_id, person.connector_id))
    AND (%(before)s::date IS NULL OR coalesce(person.last_proposed_on, person.entered_on) < %(before)s)
    AND person.id NOT IN (
        SELECT candidate_id FROM matching_match WHERE position_id = %(position)s AND state = ANY(%(taken)s)
        UNION ALL SELECT candidate_id FROM matching_placement WHERE position_id = %(position)s AND ({AT_WORK}))
OFFSET 0
"""  # noqa: S608
WORK = f"""
SELECT work.id, work.published_on, work.hours_min, work.hours_max, work.growth_possible AS growth,
    work.dayparts_asked, work.dayparts_enough, nullif(left(place.postcode, 4), '') AS postcode4,
    CASE WHEN place.longitude IS NULL THEN area.latitude ELSE coalesce(place.latitude, area.latitude) END AS lat,
    CASE WHEN place.latitude IS NULL THEN area.longitude ELSE coalesce(place.longitude, area.longitude) END AS lon,
    area.code AS area_code, substr(area.code, 3, 6) AS district,
    CASE WHEN work.conditions_offered IS NULL AND boss.environment IS NULL THEN NULL ELSE
        coalesce(work.conditions_offered, '{{}}') + coalesce(boss.environment, '{{}}') - %(demands)s::int[]
        END AS offered,
    work.conditions_demanded AS demanded, NULL::int[] AS refused, work.tasks, work.talents,
    work.dutch_level AS dutch, work.guidance_languages, work.guidance_offered AS guidance,
    work.guidance_capacity > coalesce(busy.people, 0) AS guidance_free, work.form,
    {sql.must_mask_of("work.musts", DEFAULT_MUSTS)} AS must_mask, avoids.employer_id IS NOT NULL AS unsafe
FROM employers_position work
JOIN employers_employer boss ON boss.id = work.employer_id
LEFT JOIN employers_location place ON place.id = work.location_id
LEFT JOIN bureaus_area area ON area.id = place.area_id
LEFT JOIN (SELECT employer_id FROM safety_pairs() WHERE candidate_id = %(candidate)s) avoids
    ON avoids.employer_id = work.employer_id
LEFT JOIN (
    SELECT position_id, count(*) AS people FROM matching_placement
    WHERE bureau_id = %(bureau)s AND (ended_on IS NULL OR ended_on >= %(today)s) GROUP BY position_id
) busy ON busy.position_id = work.id
WHERE work.bureau_id = %(bureau)s AND work.status = %(published)s AND work.employer_id IS DISTINCT FROM %(besides)s
    AND (boss.paused_until IS NULL OR boss.paused_until < %(today)s) AND coalesce(busy.people, 0) < work.places
    AND work.id NOT IN (
        SELECT position_id FROM matching_match WHERE candidate_id = %(candidate)s AND state = ANY(%(taken)s)
        UNION ALL SELECT position_id FROM matching_placement
        WHERE candidate_id = %(candidate)s AND position_id IS NOT NULL AND ({AT_WORK}))
OFFSET 0
"""  # noqa: S608
# OFFSET 0 in both: work out once per row what is composed, and not once for every criterion that reads it.


@dataclass(frozen=True, slots=True)
class Judged:
    """The answers of one pair; `pk` is the candidate's or the position's."""

    pk: int
    code: int

    @property
    def answers(self) -> list[tuple[Criterion, Answer]]:
        return sql.answers(self.code)

    @property
    def is_unsafe(self) -> bool:
        return (Criterion.SAFETY, Answer.CLASHES) in self.answers


def people_query(
    position: Position,
    inputs: PositionInputs,
    words: Words,
    membership: Membership,
    *,
    mine: bool = False,
    everybody: bool = False,
    waiting: bool = False,
) -> tuple[str, dict[str, Any]]:
    """The WITH list that judges the bureau's people for one position, and its parameters.

    waiting: only whom nobody proposed for `UNPROPOSED_DAYS`. Who is in talks about this position is left out; and
    so is a colleague's candidate for whom the place is unsafe, so that nobody learns more than their role may.
    """
    unsafe: list[int] = position.avoided_by  # type: ignore[attr-defined]
    constants, values = rows.constants(rows.POSITION_COLUMNS, rows.position_values(inputs, words.ids), "p_")
    query = sql.judged(PEOPLE, constants, sql.MANY_CANDIDATES, key="c.id", last="c.last_proposed_on")
    return query, values | {
        "bureau": membership.bureau_id,
        "stages": EVERYBODY if everybody else SEARCHING,
        "unsafe": unsafe,
        "hidden": _not_mine(unsafe, membership),
        "me": membership.pk,
        "mine": mine,
        "before": timezone.localdate() - timedelta(days=UNPROPOSED_DAYS) if waiting else None,
        "position": position.pk,
        "taken": TAKEN,
        "today": timezone.localdate(),
    }


def work_query(
    candidate: Candidate, inputs: CandidateInputs, words: Words, *, besides: int | None = None
) -> tuple[str, dict[str, Any]]:
    """The WITH list that judges the bureau's open work with a free place for one person, and its parameters.

    besides: the employer whose work is left out. Among equals what has been open longest comes first; what the person
    is in talks about already is left out.
    """
    theirs = rows.candidate_values(inputs, words.clashes, words.ids)
    constants, values = rows.constants(rows.CANDIDATE_COLUMNS, theirs, "c_")
    query = sql.judged(constants, WORK, sql.MANY_POSITIONS, key="p.id", last="p.published_on")
    return query, values | {
        "bureau": candidate.bureau_id,
        "candidate": candidate.pk,
        "demands": words.ids(demand for demand, _refused in words.clashes),
        "today": timezone.localdate(),
        "published": PositionStatus.PUBLISHED.value,
        "taken": TAKEN,
        "besides": besides,
    }


def judge(
    query: str,
    params: dict[str, Any],
    *,
    show: Show,
    limit: int,
    offset: int = 0,
    only: Criterion | None = None,
) -> tuple[dict[Show, int], list[Judged]]:
    """How many pairs there are of each kind, and one page of the chosen kind in the stated order.

    only: of the near misses, those where this must is the one that clashes.
    """
    kinds = CONDITIONS if only is None else CONDITIONS | {Show.NEAR: near_by(only)}
    counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in kinds.values())
    query += (
        f"SELECT t.*, x.id, x.code FROM (SELECT {counts} FROM judged) t LEFT JOIN (SELECT * FROM judged "  # noqa: S608
        f"WHERE {kinds[show]} ORDER BY {sql.ORDER} LIMIT %(limit)s OFFSET %(offset)s) x ON true "
        f"ORDER BY {sql.ORDER}"
    )
    found = _rows(query, params | {"limit": limit, "offset": offset})
    *counted, _pk, _code = found[0]
    page = [Judged(pk, code) for *_counts, pk, code in found if pk is not None]
    return dict(zip(CONDITIONS, counted, strict=True)), page


def near_by(criterion: Criterion) -> str:
    """SQL: one must clashes, and it is this one."""
    return (
        f"{CONDITIONS[Show.NEAR]} AND {sql.clashes(criterion)} AND must_mask & {sql.must_bit(criterion)} > 0"
    )


def in_the_way(query: str, params: dict[str, Any]) -> dict[Criterion, int]:
    """For how many people each must is the only one that clashes, most first; who is avoided is never counted."""
    told = [one for one in Criterion if one is not Criterion.SAFETY]
    counts = ", ".join(f"count(*) FILTER (WHERE {near_by(one)})" for one in told)
    (row,) = _rows(f"{query} SELECT {counts} FROM judged", params)  # noqa: S608 - made of constants
    found = {criterion: count for criterion, count in zip(told, row, strict=True) if count}
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def nearly(
    query: str, params: dict[str, Any], words: Words, *, most: int
) -> dict[int, tuple[Judged, PositionInputs]]:
    """Work where one must clashes, nearest first, with what it asks and offers; from `work_query`."""
    facts = ", ".join(f"p.{name}" for name in rows.POSITION_COLUMNS)
    query += (
        f"SELECT id, code, {facts} FROM judged JOIN p USING (id) "  # noqa: S608
        f"WHERE {CONDITIONS[Show.NEAR]} ORDER BY {sql.ORDER} LIMIT %(most)s"
    )
    return {
        pk: (Judged(pk, code), rows.position_from(told, words.named, words.clashes))
        for pk, code, *told in _rows(query, params | {"most": most})
    }


def _not_mine(candidates: list[int], membership: Membership) -> list[int]:
    """Those of these candidates whose file is closed to the role."""
    if not candidates:
        return []
    known = Candidate.objects.visible_to(membership).filter(pk__in=candidates).values_list("pk", flat=True)
    return sorted(set(candidates) - set(known))


def _rows(query: str, params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()
