"""What the benchmark compares: the bare query that judges, and the list with its reasons.

No page asks for the best of a whole municipality: a bureau sees its own people and nobody else's. That measurement says
how far the rules reach, in a scope of all its bureaus.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from buurtbaan.bureaus.models import Membership
from candidates.models import Candidate, Intake
from employers.models import Position
from matching.facts import candidate_inputs, note_homes, position_inputs
from matching.gather import SAID, intake_of, with_place
from matching.judge import Judged, Show, judge, people_query, work_query
from matching.labels import Words
from matching.rules import Explanation, PositionInputs, explain
from matching.suggest import CARD, PAGE_SIZE, candidates_for, positions_for

Act = Callable[[], Any]


def people_acts(position_id: int, membership: Membership) -> tuple[Act, Act]:
    """Position → candidates inside a scope: the bare SQL, and the explained page; the goal is at most three times."""
    position = with_place(Position.objects.filter(pk=position_id)).get()
    words = Words.load()
    query, params = people_query(position, position_inputs(position, words), words, membership)
    return (
        lambda: judge(query, params, show=Show.OPEN, limit=PAGE_SIZE),
        lambda: candidates_for(position, membership),
    )


def work_acts(candidate_id: int, membership: Membership) -> tuple[Act, Act]:
    """Candidate → positions inside a scope: the bare SQL, and the explained page."""
    candidate = Candidate.objects.select_related("area").get(pk=candidate_id)
    words = Words.load()
    inputs = candidate_inputs(candidate, intake_of(candidate), words, has_safety_clash=False)
    query, params = work_query(candidate, inputs, words)
    return (
        lambda: judge(query, params, show=Show.OPEN, limit=PAGE_SIZE),
        lambda: positions_for(candidate, membership),
    )


TOP = 50


def top_acts(position_id: int, membership: Membership, bureaus: list[int]) -> tuple[Act, Act]:
    """The fifty who fit a position best among all people of these bureaus: the bare SQL, and with every reason."""
    position = with_place(Position.objects.filter(pk=position_id)).get()
    words = Words.load()
    inputs = position_inputs(position, words)
    query, params = people_query(position, inputs, words, membership, everybody=True)
    query, params = query.replace("= %(bureau)s", "= ANY(%(bureau)s)"), params | {"bureau": bureaus}

    def bare() -> list[Judged]:
        return judge(query, params, show=Show.OPEN, limit=TOP)[1]

    return bare, lambda: _reasons(bare(), inputs, words)


def _reasons(rows: list[Judged], inputs: PositionInputs, words: Words) -> list[Explanation]:
    pks = [row.pk for row in rows]
    people = Candidate.objects.select_related("area").only(*CARD).in_bulk(pks)
    intakes = {one.candidate_id: one for one in Intake.objects.filter(candidate__in=pks).only(*SAID)}
    note_homes(people.values())
    words = words.with_areas(one.area for one in people.values())
    return [
        explain(
            candidate_inputs(people[row.pk], intakes.get(row.pk), words, has_safety_clash=row.is_unsafe),
            inputs,
        )
        for row in rows
    ]
