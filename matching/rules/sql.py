"""The same rules as SQL, to judge and order thousands of pairs in one query.

Each expression reads one row `c` (a candidate) and one row `p` (a position); vocabularies are int arrays. The
answers of a pair go into one integer, two bits per criterion, so that counting is cheap. A test holds every
answer and the order to `criteria`, which then explains what a page shows. Values go in as parameters only.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matching.rules import travel
from matching.rules.inputs import ALWAYS_MUST, Criterion
from matching.rules.results import Answer

ANSWERS = tuple(Answer)
"""0 fits, 1 unknown, 2 clashes, 3 not applicable."""


def _bit(criterion: Criterion) -> int:
    """The low one of the two bits that hold a criterion's answer."""
    return 1 << 2 * tuple(Criterion).index(criterion)


LOW_BITS = sum(map(_bit, Criterion))
_SINE_LAT = "sin(radians(p.lat - c.lat) / 2)"
_SINE_LON = "sin(radians(p.lon - c.lon) / 2)"
_CHORD = f"{_SINE_LAT} ^ 2 + cos(radians(c.lat)) * cos(radians(p.lat)) * {_SINE_LON} ^ 2"
_STRAIGHT = f"{2 * travel.EARTH_RADIUS_KM} * asin(sqrt(least(1, {_CHORD})))"
_REACH = ", ".join(
    f"CASE WHEN '{means}' = ANY(c.means) "
    f"THEN (c.minutes_max - {travel.EXTRA_MINUTES[means]}) * {speed}::float8 / 60 / {travel.DETOUR} END"
    for means, speed in travel.SPEED_KM_H.items()
)
_CLOSE = "c.postcode4 = p.postcode4 OR c.area_code = p.area_code"
_ASKED = "bit_count(p.dayparts_asked::bit(21))"
_SHARED = "bit_count((c.dayparts & p.dayparts_asked)::bit(21))"
_HAS_TALENTS = "(coalesce(c.shown, '{}') + coalesce(c.claimed, '{}'))"

EXPRESSIONS: dict[Criterion, str] = {
    Criterion.HOURS: """CASE
        WHEN c.hours_now IS NULL THEN 1
        WHEN c.hours_now < p.hours_min THEN 2
        WHEN c.hours_now > p.hours_max AND p.growth IS FALSE THEN 2
        WHEN p.hours_min IS NULL OR p.hours_max IS NULL THEN 1
        WHEN c.hours_now > p.hours_max AND p.growth IS NULL THEN 1
        ELSE 0 END""",
    Criterion.DAYPARTS: f"""CASE
        WHEN p.dayparts_asked IS NULL THEN 1
        WHEN p.dayparts_asked = 0 THEN 3
        WHEN c.dayparts IS NULL THEN 1
        WHEN {_SHARED} >= greatest(1, least(p.dayparts_enough, {_ASKED})) THEN 0
        ELSE 2 END""",
    Criterion.TRAVEL: f"""CASE
        WHEN c.minutes_max IS NULL OR coalesce(cardinality(c.means), 0) = 0 THEN 1
        WHEN c.lat IS NOT NULL AND p.lat IS NOT NULL
            THEN CASE WHEN greatest({travel.NEARBY_KM}, {_STRAIGHT}) <= greatest({_REACH}) THEN 0 ELSE 2 END
        WHEN {_CLOSE} THEN CASE WHEN {travel.NEARBY_KM} <= greatest({_REACH}) THEN 0 ELSE 2 END
        ELSE 1 END""",
    Criterion.AREA: """CASE
        WHEN c.wants_own_area IS NULL THEN 1
        WHEN NOT c.wants_own_area THEN 3
        WHEN c.area_code IS NULL OR p.area_code IS NULL THEN 1
        WHEN substr(c.area_code, 3, 6) = p.district THEN 0
        ELSE 2 END""",
    Criterion.CONDITIONS: """CASE
        WHEN c.needs IS NULL THEN 1
        WHEN c.needs = '{}' THEN 0
        WHEN {refused} THEN 2
        WHEN p.offered IS NULL THEN 1
        WHEN c.needs <@ p.offered THEN 0
        ELSE 2 END""",
    Criterion.TASKS: """CASE
        WHEN p.tasks IS NULL THEN 1
        WHEN p.tasks = '{}' THEN 3
        WHEN p.tasks && c.rather_not THEN 2
        WHEN p.tasks && c.liked OR p.tasks && c.to_learn THEN 0
        ELSE 1 END""",
    Criterion.TALENTS: f"""CASE
        WHEN p.talents IS NULL THEN 1
        WHEN p.talents = '{{}}' THEN 3
        WHEN p.must_mask & {_bit(Criterion.TALENTS)} > 0
            THEN CASE WHEN p.talents <@ {_HAS_TALENTS} THEN 0 ELSE 1 END
        WHEN p.talents && c.shown OR p.talents && c.claimed THEN 0
        ELSE 1 END""",
    Criterion.LANGUAGE: """CASE
        WHEN p.dutch = 0 THEN 3
        WHEN c.dutch >= p.dutch THEN 0
        WHEN c.languages::text[] && p.guidance_languages::text[] THEN 0
        WHEN c.dutch IS NULL OR p.dutch IS NULL THEN 1
        WHEN c.languages IS NULL AND cardinality(p.guidance_languages) > 0 THEN 1
        ELSE 2 END""",
    Criterion.GUIDANCE: """CASE
        WHEN c.guidance IS NULL THEN 1
        WHEN c.guidance = 0 THEN 0
        WHEN c.guidance > p.guidance THEN 2
        WHEN p.guidance_free IS FALSE THEN 2
        WHEN p.guidance IS NULL OR p.guidance_free IS NULL THEN 1
        ELSE 0 END""",
    Criterion.FORM: """CASE
        WHEN p.form IS NULL OR c.forms IS NULL THEN 1
        WHEN p.form = ANY(c.forms) THEN 0
        ELSE 2 END""",
    Criterion.SAFETY: "CASE WHEN {unsafe} THEN 2 ELSE 3 END",
}


class Side(NamedTuple):
    """What is told differently when there are many candidates for one position, and the other way round.

    refused: does the work make a need impossible? unsafe: is somebody there whom the candidate avoids?
    """

    refused: str
    unsafe: str


MANY_CANDIDATES = Side("c.needs && p.refused", "c.unsafe")
MANY_POSITIONS = Side("p.demanded && c.refusing", "p.unsafe")


def code(side: Side) -> str:
    """All answers of a pair as one integer."""
    told = [
        expression.replace("{refused}", side.refused).replace("{unsafe}", side.unsafe)
        for expression in EXPRESSIONS.values()
    ]
    return " + ".join(f"(({expression}) << {2 * number})" for number, expression in enumerate(told))


def answers(code: int) -> list[tuple[Criterion, Answer]]:
    """Each criterion with its answer, from the integer that `code` computes."""
    return [(criterion, ANSWERS[code >> 2 * number & 3]) for number, criterion in enumerate(Criterion)]


def clashes(criterion: Criterion) -> str:
    """SQL: this criterion clashes, in a row of `judged`."""
    return f"code >> {2 * tuple(Criterion).index(criterion)} & 3 = {ANSWERS.index(Answer.CLASHES)}"


def must_bit(criterion: Criterion) -> int:
    """The bit of a criterion in a mask of musts."""
    return _bit(criterion)


def must_mask(musts: frozenset[Criterion]) -> int:
    """The musts as bits, beside the answers' low bits."""
    return sum(_bit(criterion) for criterion in Criterion if criterion in musts | ALWAYS_MUST)


@cache
def musts_from(mask: int) -> frozenset[Criterion]:
    """The musts back from their bits."""
    return frozenset(criterion for criterion in Criterion if mask & _bit(criterion))


def must_mask_of(column: str, usual: frozenset[Criterion]) -> str:
    """SQL: the musts of a position from its column of names; `usual` where it names none."""
    named = " + ".join(
        f"CASE WHEN '{criterion}' = ANY({column}) THEN {_bit(criterion)} ELSE 0 END"
        for criterion in Criterion
        if criterion not in ALWAYS_MUST
    )
    return f"CASE WHEN {column} = '{{}}' THEN {must_mask(usual)} ELSE {must_mask(frozenset())} + {named} END"


MUST_CLASHES = "rank / 1024"
"""`rank` holds the must-clashes, then 5 bits of must-unknowns, then 5 bits for the lack of evidenced pluses."""
ORDER = "rank, last_on NULLS FIRST, id"


def rank(code: str, said: str, mask: str) -> str:
    """SQL: the first three keys of `sort_key` as one integer, from a pair's answers."""
    low, high = f"({code} & {LOW_BITS})", f"(({code} >> 1) & {LOW_BITS})"
    clashes, unknowns = f"{high} & ~{low} & {mask}", f"{low} & ~{high} & {mask}"
    fits = f"~({low} | {high}) & ~{mask} & {LOW_BITS}"
    return (
        f"1024 * bit_count(({clashes})::bit(32)) + 32 * bit_count(({unknowns})::bit(32)) "
        f"+ 31 - CASE WHEN {said} THEN bit_count(({fits})::bit(32)) ELSE 0 END"
    )


def judged(candidates: str, positions: str, side: Side, *, key: str, last: str) -> str:
    """SQL for the WITH list: `judged` holds id, last_on, code, must_mask and rank of every pair.

    candidates, positions: SELECTs with the columns of `sql_rows`. key, last: the columns that tell pairs apart and
    that break a draw.
    """
    return (
        f"WITH p AS ({positions}), c AS ({candidates}), judged AS MATERIALIZED ("  # noqa: S608
        f"SELECT id, last_on, code, must_mask, {rank('code', 'said', 'must_mask')} AS rank FROM ("
        f"SELECT {key} AS id, {last} AS last_on, c.said, p.must_mask, {code(side)} AS code "
        f"FROM c CROSS JOIN p OFFSET 0) answered) "
    )
