"""The plan: who writes, who ticks, and what stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from buurtbaan.audit.models import Change, Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.errors import NotAllowedNow
from candidates import services
from candidates.models import Goal, Step
from candidates.plan import plan_of
from candidates.services.plan import MOST_GOALS
from tests.candidates.factories import CandidateFactory


def _url(name: str, *args: Any) -> str:
    return reverse(f"candidates:{name}", args=args)


@pytest.fixture
def candidate(coach: Any, connector: Any) -> Any:
    return CandidateFactory(bureau=coach.bureau, coach=coach, connector=connector)


@pytest.fixture
def goal(candidate: Any, coach: Any) -> Goal:
    return services.add_goal(candidate=candidate, title="Weer fietsen", by=coach)


def test_goals_and_steps_keep_the_order_in_which_they_were_put(candidate: Any, coach: Any) -> None:
    goals = [services.add_goal(candidate=candidate, title=f"doel {n}", by=coach) for n in range(3)]
    services.move_goal(goal=goals[2], up=True, by=coach)
    services.move_goal(goal=goals[0], up=True, by=coach)
    assert [one.title for one in candidate.goals.all()] == ["doel 0", "doel 2", "doel 1"]
    steps = [services.add_step(goal=goals[0], what=f"stap {n}", by=coach) for n in range(3)]
    services.move_step(step=steps[0], up=False, by=coach)
    services.move_step(step=steps[0], up=False, by=coach)
    services.move_step(step=steps[0], up=False, by=coach)
    assert [one.what for one in goals[0].steps.all()] == ["stap 1", "stap 2", "stap 0"]


def test_a_goal_moves_among_the_open_ones_alone(candidate: Any, coach: Any) -> None:
    first, second, third = (services.add_goal(candidate=candidate, title=t, by=coach) for t in "abc")
    services.end_goal(goal=second, state="dropped", by=coach)
    services.move_goal(goal=third, up=True, by=coach)
    assert [line.goal.title for line in plan_of(candidate.goals.all()).open] == ["c", "a"]
    assert [line.goal.title for line in plan_of(candidate.goals.all()).ended] == ["b"]
    assert first.is_open


def test_a_tick_says_when_and_who_and_can_be_undone(goal: Goal, coach: Any, connector: Any) -> None:
    step = services.add_step(goal=goal, what="Band plakken", by=coach)
    services.tick_step(step=step, by=coach)
    again = services.tick_step(step=step, by=connector)
    assert (again.done_on, again.done_by) == (timezone.localdate(), coach)
    assert services.untick_step(step=step, by=coach).done_on is None


def test_what_is_done_cannot_be_thrown_away(goal: Goal, coach: Any) -> None:
    step = services.add_step(goal=goal, what="Band plakken", by=coach)
    services.tick_step(step=step, by=coach)
    with pytest.raises(NotAllowedNow):
        services.remove_step(step=step, by=coach)
    services.untick_step(step=step, by=coach)
    services.remove_step(step=step, by=coach)
    assert not Step.objects.exists()


def test_no_step_for_a_goal_that_ended_until_it_is_taken_up_again(goal: Goal, coach: Any) -> None:
    services.end_goal(goal=goal, state="reached", by=coach)
    with pytest.raises(NotAllowedNow):
        services.add_step(goal=goal, what="Nog iets", by=coach)
    assert services.end_goal(goal=goal, state="open", by=coach).ended_on is None
    services.add_step(goal=goal, what="Nog iets", by=coach)


def test_a_tick_lies_not_in_the_future_and_a_plan_has_an_end(goal: Goal, candidate: Any, coach: Any) -> None:
    step = services.add_step(goal=goal, what="Band plakken", by=coach)
    with pytest.raises(NotAllowedNow):
        services.tick_step(step=step, by=coach, on=timezone.localdate() + timedelta(days=1))
    for n in range(MOST_GOALS - 1):
        services.add_goal(candidate=candidate, title=f"{n}", by=coach)
    with pytest.raises(NotAllowedNow):
        services.add_goal(candidate=candidate, title="te veel", by=coach)


def test_late_is_after_the_day_and_only_while_to_do(goal: Goal, coach: Any) -> None:
    today = timezone.localdate()
    step = services.add_step(goal=goal, what="Bellen", due_on=today, by=coach)
    assert not step.is_late()
    step.due_on = today - timedelta(days=1)
    assert step.is_late()
    step.done_on = today
    assert not step.is_late()


def test_the_database_keeps_a_step_with_its_goals_person(goal: Goal, coach: Any) -> None:
    other = CandidateFactory(bureau=coach.bureau)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(bureau=coach.bureau, candidate=other, goal=goal, what="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(bureau=coach.bureau, candidate=goal.candidate, goal=goal, what="x", owner="other")


# pages of staff


def test_a_coach_writes_a_plan_and_it_is_read_in_the_file(candidate: Any, coach: Any, sign_in: Any) -> None:
    client = sign_in(coach)
    client.post(
        _url("goal_add", candidate.pk), {"title": "Onder de mensen", "why": "Alleen is ook maar alleen"}
    )
    goal = Goal.objects.get()
    late = timezone.localdate() - timedelta(days=3)
    post = {"what": "Naar het buurthuis", "owner": "other", "owner_name": "mijn zus", "due_on": late}
    client.post(_url("step_add", candidate.pk, goal.pk), post)
    page = client.get(_url("plan", candidate.pk)).content.decode()
    assert "Onder de mensen" in page
    assert "mijn zus" in page
    assert "was voor" in page
    assert "Naar het buurthuis" in client.get(_url("file", candidate.pk)).content.decode()
    assert Reading.objects.filter(what="plan").count() == 1
    assert Change.objects.filter(table="candidates_step", candidate_id=candidate.pk).count() == 1


def test_somebody_else_needs_a_name_and_a_day_within_reach(goal: Goal, sign_in: Any, coach: Any) -> None:
    client = sign_in(coach)
    url = _url("step_add", goal.candidate_id, goal.pk)
    page = client.post(url, {"what": "Bellen", "owner": "other"}).content.decode()
    assert "Schrijf op wie de stap doet." in page
    page = client.post(url, {"what": "Bellen", "owner": "coach", "due_on": "2096-01-01"}).content.decode()
    assert "Kijk het jaar na." in page
    assert not Step.objects.exists()


def test_ticking_in_the_file_goes_back_to_the_file_and_offers_undo(
    goal: Goal, sign_in: Any, coach: Any
) -> None:
    step = services.add_step(goal=goal, what="Bellen", by=coach)
    client = sign_in(coach)
    pk = goal.candidate_id
    response = client.post(_url("step_tick", pk, step.pk), {"terug": "dossier"})
    assert response.url == _url("file", pk) + "#kop-plan"
    assert _url("step_untick", pk, step.pk) in client.get(response.url).content.decode()
    client.post(_url("step_untick", pk, step.pk))
    step.refresh_from_db()
    assert step.done_on is None


def test_a_connector_writes_for_own_people_and_not_in_a_file_opened_with_a_reason(
    goal: Goal, connector: Any, member: Any, sign_in: Any
) -> None:
    pk = goal.candidate_id
    assert sign_in(connector).post(_url("goal_add", pk), {"title": "Meer"}).status_code == 302
    other = member(Role.CONNECTOR)
    services.open_with_reason(candidate=goal.candidate, reason="Zij belde mij", by=other)
    client = sign_in(other)
    assert client.get(_url("plan", pk)).status_code == 200
    assert client.post(_url("goal_add", pk), {"title": "Meer"}).status_code == 403
    assert sign_in(member(Role.CONNECTOR)).get(_url("plan", pk)).status_code == 404


def test_a_plan_costs_the_same_however_long(goal: Goal, coach: Any, sign_in: Any, count_queries: Any) -> None:
    client, url = sign_in(coach), _url("plan", goal.candidate_id)
    services.add_step(goal=goal, what="0", by=coach)
    few = count_queries(lambda: client.get(url))
    for n in range(8):
        more = services.add_goal(candidate=goal.candidate, title=f"{n}", by=coach)
        for m in range(4):
            services.add_step(goal=more, what=f"{m}", by=coach)
    assert count_queries(lambda: client.get(url)) == few <= 12
    assert len(client.get(url).content) < 60 * 1024


def test_the_plan_comes_on_paper(goal: Goal, coach: Any, sign_in: Any) -> None:
    services.add_step(goal=goal, what="Bellen", by=coach)
    response = sign_in(coach).get(_url("plan_pdf", goal.candidate_id))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


# the candidate's own


def test_a_candidate_adds_and_ticks_on_the_own_page(world: Any, sign_in: Any) -> None:
    me = sign_in(world.members[Role.CANDIDATE])
    assert me.post(_url("my_goal_add"), {"title": "Een eigen winkel"}).url == _url("my_plan")
    mine = Goal.objects.get(title="Een eigen winkel")
    me.post(_url("my_step_add", mine.pk), {"what": "Gaan kijken"})
    step = Step.objects.get(what="Gaan kijken")
    assert step.owner == "candidate"
    me.post(_url("my_step_tick", step.pk))
    step.refresh_from_db()
    assert (step.done_on, step.done_by) == (timezone.localdate(), world.members[Role.CANDIDATE])
    page = me.get(_url("my_plan")).content.decode()
    assert "Maak ongedaan" in page
    assert "Gaan kijken" in page
    me.post(_url("my_step_untick", step.pk))
    step.refresh_from_db()
    assert step.done_on is None


def test_a_candidate_does_not_tick_the_coachs_step(world: Any, sign_in: Any) -> None:
    coach = world.members[Role.COACH]
    step = services.add_step(goal=world.goal, what="Werkgever bellen", owner="coach", by=coach)
    me = sign_in(world.members[Role.CANDIDATE])
    assert me.post(_url("my_step_tick", step.pk)).status_code == 404
    page = me.get(_url("my_plan")).content.decode()
    assert "mijn coach" in page
    assert _url("my_step_tick", step.pk) not in page


def test_the_own_plan_is_in_the_way_round(world: Any, sign_in: Any) -> None:
    page = sign_in(world.members[Role.CANDIDATE]).get(_url("my_file")).content.decode()
    assert f'href="{_url("my_plan")}"' in page
