"""What the benchmark compares: the bare query that judges a bureau, and the list that the page shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from buurtbaan.bureaus.models import Membership
from candidates.models import Candidate
from employers.models import Position
from matching.facts import candidate_inputs, position_inputs
from matching.gather import intake_of, with_place
from matching.judge import Show, judge, people_query, work_query
from matching.labels import Words
from matching.suggest import PAGE_SIZE, candidates_for, positions_for

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
