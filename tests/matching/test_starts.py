"""What was begun by mistake, or moved on to other work, can be taken back while nothing followed; else not offered."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from buurtbaan.errors import NotAllowedNow
from matching import services
from matching.enums import MatchState
from matching.models import HoursStep, Introduction, Placement, PlacementChange
from matching.services.starts import take_back_start, undoable
from tests.matching.factories import CompanyFactory, MatchFactory, PersonFactory, WorkFactory, WorkingFactory
from tests.matching.test_paths import shared


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def working(bureau, coach):
    """Somebody at work with a shared name, hours and conversations to come."""
    placement = shared(bureau, coach)
    services.plan_check_ins(placement=placement)
    return placement


def move(act, placement, *, same=False, **more):
    employer = placement.employer if same else CompanyFactory(bureau=placement.bureau)
    return act(
        services.go_on, previous=placement, employer=employer, position=placement.position if same else None,
        form="work_experience", starts_on=days(0), hours=Decimal(12), **more,
    )  # fmt: skip


def look(placement):
    """All that a move could touch."""
    placement = Placement.objects.get(pk=placement.pk)
    return (
        placement.ended_on, placement.end_reason, placement.destination, placement.match_id, placement.shared_name,
        list(placement.hours_steps.values_list("hours", "during")),
        list(placement.check_ins.values_list("week", "due_on")),
        Introduction.objects.get(candidate=placement.candidate).open, placement.candidate.stage,
    )  # fmt: skip


@pytest.mark.parametrize("same", [False, True])
def test_a_move_that_was_a_mistake_leaves_the_work_before_as_it_was(working, act, sign_in, coach, same):
    was = look(working)
    after = move(act, working, same=same)
    assert look(working) != was
    page = sign_in(coach).get(reverse("matching:placement", args=[after.pk])).content.decode()
    change = undoable(after)
    assert reverse("matching:change_undo", args=[change.pk]) in page
    assert undoable(Placement.objects.get(pk=working.pk)) is None, (
        "taken back at the new work, not at the old"
    )
    answer = sign_in(coach).post(reverse("matching:change_undo", args=[change.pk]))
    assert answer.url == reverse("matching:placement", args=[working.pk])
    assert look(working) == was
    assert not Placement.objects.filter(pk=after.pk).exists()
    assert PlacementChange.objects.get(placement=working).undone_at is not None
    assert move(act, Placement.objects.get(pk=working.pk), same=same).previous_id == working.pk


def undo_of(change):
    return f'action="{reverse("matching:change_undo", args=[change.pk])}"'


def test_a_move_is_taken_back_from_the_message_after_it_and_from_the_work_that_was_left(
    working, coach, sign_in
):
    was, there, client = look(working), CompanyFactory(bureau=working.bureau), sign_in(coach)
    said = {"form": "work_experience", "starts_on": days(0), "hours": "12"}
    move_there = f"{reverse('matching:placement_move', args=[working.pk])}?werkgever={there.pk}"
    page = client.post(move_there, said, follow=True).content.decode()
    change = PlacementChange.objects.get(kind="started", placement__previous=working)
    assert page.count(undo_of(change)) == 2, "in the message and on the page of the new work"
    left = client.get(reverse("matching:placement", args=[working.pk])).content.decode()
    assert undo_of(change) in left
    assert f"Ging verder bij {there.name}" in left
    client.post(reverse("matching:change_undo", args=[change.pk]))
    assert look(working) == was
    again = client.post(reverse("matching:change_undo", args=[change.pk]))
    assert again.status_code == 404
    assert look(working) == was


def test_the_work_that_was_left_offers_nothing_once_something_followed(working, act, coach, sign_in):
    after = move(act, working)
    touched(after, coach)
    page = sign_in(coach).get(reverse("matching:placement", args=[working.pk])).content.decode()
    assert "Ging verder bij" not in page


def test_a_move_by_a_proposal_goes_back_to_where_they_had_met(working, act, bureau, coach):
    was = look(working)
    match = MatchFactory(
        bureau=bureau, candidate=working.candidate, position=WorkFactory(bureau=bureau), state=MatchState.MET
    )
    after = act(
        services.place,
        match=match,
        form="work_experience",
        starts_on=days(0),
        hours=Decimal(16),
        previous=working,
    )
    act(take_back_start, placement=after)
    match.refresh_from_db()
    assert match.state == MatchState.MET
    assert look(working)[:7] == was[:7]


def touched(after, coach):
    HoursStep.objects.filter(placement=after).update(confirmed_at=timezone.now())


def closed(after, coach):
    type(after.candidate).objects.filter(pk=after.candidate_id).update(stage="closed", closed_on=days(0))


def late(after, coach):
    PlacementChange.objects.update(at=timezone.now() - timedelta(hours=25))


@pytest.mark.parametrize("happened", [touched, closed, late])
def test_what_would_be_refused_is_not_offered(working, act, coach, sign_in, happened):
    after = move(act, working)
    change = undoable(after)
    happened(after, coach)
    after = Placement.objects.get(pk=after.pk)
    assert undoable(after) is None
    page = sign_in(coach).get(reverse("matching:placement", args=[after.pk])).content.decode()
    assert reverse("matching:change_undo", args=[change.pk]) not in page
    with pytest.raises(NotAllowedNow):
        act(take_back_start, placement=after)
    assert Placement.objects.filter(pk=after.pk).exists()


def test_work_about_which_a_proposal_goes_on_begins_from_that_proposal(working, act, bureau):
    match = MatchFactory(bureau=bureau, candidate=working.candidate, position=WorkFactory(bureau=bureau))
    said = {"previous": working, "employer": match.employer, "position": match.position}
    with pytest.raises(NotAllowedNow, match="vanuit dat voorstel"):
        act(services.go_on, **said, form="work_experience", starts_on=days(0), hours=Decimal(12))
    assert Placement.objects.get() == working


def test_an_ending_is_not_taken_back_over_a_new_proposal_for_the_same_work(working, act, bureau):
    over = {"reason": "agreed_end", "destination": "searching", "last_day": days(-1)}
    act(services.end_placement, placement=working, **over)
    again = act(services.propose, candidate=working.candidate, position=working.position)
    assert undoable(Placement.objects.get(pk=working.pk)) is None
    with pytest.raises(NotAllowedNow, match="nieuw voorstel"):
        act(services.take_back, change=working.changes.first())
    act(services.withdraw, match=again)
    act(services.take_back, change=working.changes.first())
    assert Placement.objects.get(pk=working.pk).ended_on is None


def test_somebody_else_took_the_place_meanwhile(working, act, bureau):
    working.position.places = 1
    working.position.save()
    after = move(act, working)
    WorkingFactory(bureau=bureau, position=working.position)
    assert undoable(after) is None
    with pytest.raises(NotAllowedNow):
        act(take_back_start, placement=after)


def test_an_ordinary_start_is_offered_and_taken_back_until_something_follows(bureau, coach, act):
    match = MatchFactory(
        bureau=bureau,
        candidate=PersonFactory(bureau=bureau, coach=coach),
        position=WorkFactory(bureau=bureau),
        state=MatchState.MET,
    )
    made = act(services.place, match=match, form="work_experience", starts_on=days(0), hours=Decimal(8))
    assert undoable(made) is not None
    HoursStep.objects.filter(placement=made).update(confirmed_at=timezone.now())
    assert undoable(made) is None
