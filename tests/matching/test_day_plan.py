"""What a plan and the measurements ask of the day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.scope import Scope, scoped
from candidates import services
from matching.day import day_list
from tests.candidates.factories import CandidateFactory


def _texts(membership: Any, *, own: bool = True) -> dict[str, list[str]]:
    with scoped(Scope.for_membership(membership)):
        return {
            str(group.title): [one.text for one in group.matters] for group in day_list(membership, own=own)
        }


@pytest.fixture
def candidate(coach: Any) -> Any:
    long_ago = timezone.localdate() - timedelta(days=300)
    return CandidateFactory(bureau=coach.bureau, coach=coach, stage="working", entered_on=long_ago)


def test_a_step_that_was_left_lying_stands_on_the_day_of_who_holds_the_file(
    candidate: Any, coach: Any, member: Any, manager: Any
) -> None:
    today = timezone.localdate()
    goal = services.add_goal(candidate=candidate, title="Fietsen", by=coach)
    services.add_step(goal=goal, what="Vandaag mag nog", due_on=today, by=coach)
    late = services.add_step(goal=goal, what="Band plakken", due_on=today - timedelta(days=1), by=coach)
    title = "Stap in een plan bleef liggen"
    assert _texts(coach)[title] == ["Band plakken"]
    assert _texts(manager, own=False)[title] == ["Band plakken"]
    assert title not in _texts(member(Role.COACH), own=False)
    services.tick_step(step=late, by=coach)
    assert title not in _texts(coach)


def test_a_step_of_a_goal_that_ended_asks_nothing(candidate: Any, coach: Any) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    goal = services.add_goal(candidate=candidate, title="Fietsen", by=coach)
    services.add_step(goal=goal, what="Band plakken", due_on=yesterday, by=coach)
    services.end_goal(goal=goal, state="dropped", by=coach)
    assert "Stap in een plan bleef liggen" not in _texts(coach)


def test_half_a_year_without_a_measurement_asks_for_one(candidate: Any, coach: Any) -> None:
    today, title = timezone.localdate(), "Al een half jaar geen meting"
    assert _texts(coach)[title] == ["Nog geen meting."]
    services.add_measurement(candidate=candidate, rung=3, by=coach, on=today - timedelta(days=183))
    assert "Laatste meting op" in _texts(coach)[title][0]
    services.add_measurement(candidate=candidate, rung=3, by=coach, on=today - timedelta(days=182))
    assert title not in _texts(coach)
