"""Many at once: the database decides, one gets it and all others get a clear message."""

import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from matching import services
from matching.enums import OPEN_STATES, MatchState
from matching.models import CheckIn, Match, MatchEvent, Placement
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import (
    IntroductionFactory,
    MatchFactory,
    PersonFactory,
    WorkFactory,
    WorkingFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 10


def at_once(count, act, threads=THREADS):
    """Run act(0) … act(count - 1) spread over threads that start together, each on a connection of its own."""
    outcomes = []
    gate = threading.Barrier(threads)

    def run(first):
        gate.wait()
        for number in range(first, count, threads):
            try:
                outcomes.append(act(number))
            except Exception as error:
                outcomes.append(error)
        connection.close()

    workers = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return outcomes


def refusals(outcomes):
    """The messages of those who were refused; anything else that went wrong fails the test."""
    wrong = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, NotAllowedNow)]
    assert not wrong, wrong[:3]
    return [str(one) for one in outcomes if isinstance(one, NotAllowedNow)]


def place(match, coach):
    with scoped(Scope.for_membership(coach)):
        return services.place(
            match=match, form="work_experience", starts_on=timezone.localdate(), hours=Decimal(8), by=coach
        )


def propose(person, work, coach):
    with scoped(Scope.for_membership(coach)):
        return services.propose(candidate=person, position=work, by=coach)


def test_two_hundred_clicks_on_the_last_place_end_in_one_placement():
    work = WorkFactory(places=1)
    coach = MembershipFactory(bureau=work.bureau)
    matches = [
        IntroductionFactory(
            match__bureau=work.bureau, match__position=work, match__state=MatchState.MET
        ).match
        for _ in range(20)
    ]
    outcomes = at_once(200, lambda n: place(matches[n % 20], coach))
    said = refusals(outcomes)
    assert Placement.objects.filter(position=work).count() == 1
    assert len(said) == 199
    assert all("bezet" in one or "Aan het werk" in one for one in said)
    assert CheckIn.objects.count() == 5
    assert MatchEvent.objects.filter(to_state=MatchState.PLACED).count() == 1
    work.refresh_from_db()
    assert work.status == "filled"


def test_past_the_service_the_database_still_gives_the_last_place_once():
    work = WorkFactory(places=1)
    people = [PersonFactory(bureau=work.bureau) for _ in range(THREADS)]
    outcomes = at_once(
        THREADS, lambda n: WorkingFactory(bureau=work.bureau, position=work, candidate=people[n])
    )
    assert Placement.objects.filter(position=work).count() == 1
    assert sum("every place" in str(one) for one in outcomes) == THREADS - 1


def test_two_coaches_at_once_get_one_proposal_and_one_clear_message():
    person = PersonFactory()
    work = WorkFactory(bureau=person.bureau)
    coaches = [MembershipFactory(bureau=person.bureau) for _ in range(2)]
    outcomes = at_once(2, lambda n: propose(person, work, coaches[n]), threads=2)
    assert len(refusals(outcomes)) == 1
    match = Match.objects.get(state__in=OPEN_STATES)
    assert next(one for one in outcomes if isinstance(one, services.AlreadyProposed)).match_id == match.pk


def test_twenty_yeses_on_one_proposal_leave_one_step():
    match = MatchFactory()
    coach = match.candidate.coach

    def agree(_number):
        with scoped(Scope.for_membership(coach)):
            return services.candidate_answers(match=match, agrees=True, share=["hours"], by=coach)

    assert len(refusals(at_once(20, agree))) == 19
    assert MatchEvent.objects.filter(to_state=MatchState.CANDIDATE_AGREED).count() == 1


def test_of_ten_who_undo_at_once_one_does():
    match = propose(person := PersonFactory(), WorkFactory(bureau=person.bureau), person.coach)

    def undo(_number):
        with scoped(Scope.for_membership(person.coach)):
            return services.undo(match=match, by=person.coach)

    assert len(refusals(at_once(10, undo))) == 9
    assert MatchEvent.objects.exclude(undoes=None).count() == 1
