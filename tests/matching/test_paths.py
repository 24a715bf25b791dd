"""Hours, agreements, threads across employers, endings and what can be taken back."""

import threading
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtbaan.audit.models import Change
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.models import Measurement
from impact import snapshots
from impact.snapshots import one_moment
from matching import services
from matching.enums import MatchState
from matching.history import tell_changes
from matching.models import CheckIn, HoursStep, Introduction, Placement, PlacementChange
from matching.paths import PAUSE_DAYS, goes_on, stretches, thread_of
from matching.services.sharing import give_consent
from tests.bureaus.factories import MembershipFactory
from tests.employers.factories import SubscriptionFactory
from tests.matching.factories import (
    CompanyFactory,
    IntroductionFactory,
    PersonFactory,
    StepFactory,
    WorkFactory,
    WorkingFactory,
)

TODAY = timezone.localdate


def days(n):
    return TODAY() + timedelta(days=n)


@pytest.fixture
def working(bureau, coach):
    """Somebody at work for twenty weeks, eight hours a week."""
    person = PersonFactory(bureau=bureau, coach=coach, stage="working")
    return StepFactory(
        placement__bureau=bureau, placement__candidate=person, placement__starts_on=days(-140)
    ).placement


def add(act, placement, hours, ago, reason=""):
    return act(
        services.add_hours_step, placement=placement, hours=Decimal(hours), starts=days(-ago), reason=reason
    )


def steps_of(placement):
    return [
        (int(one.hours), one.during.lower, one.during.upper)
        for one in placement.hours_steps.order_by("during")
    ]


def move_to(
    act, placement, employer=None, position=None, starts=None, hours=8, form="work_experience", **more
):
    return act(
        services.go_on, previous=placement, employer=employer or placement.employer, position=position, form=form,
        starts_on=starts or TODAY(), hours=Decimal(hours), **more,
    )  # fmt: skip


def end(act, placement, last=0, reason="agreed_end", destination="searching", **more):
    return act(
        services.end_placement,
        placement=placement,
        reason=reason,
        destination=destination,
        last_day=days(last),
        **more,
    )


# the staircase


def test_a_step_may_be_level_and_may_be_planned_ahead(working, act):
    add(act, working, 8, 30, "Zo is het goed")
    add(act, working, 12, -20, "Na de vakantie")
    assert [hours for hours, *_ in steps_of(working)] == [8, 8, 12]


def test_a_corrected_step_moves_its_neighbour_and_asks_for_a_new_confirmation(working, act):
    wrong = add(act, working, 16, 30)
    HoursStep.objects.update(confirmed_at=timezone.now())
    act(services.correct_step, step=wrong, hours=Decimal(12), starts=days(-40), note="Verkeerde week")
    assert steps_of(working) == [(8, days(-140), days(-40)), (12, days(-40), None)]
    assert list(working.hours_steps.order_by("during").values_list("confirmed_at", flat=True))[1] is None
    change = working.changes.get(kind="corrected")
    assert change.note == "Verkeerde week"
    assert "Van 16 uur per week" in tell_changes([change])[0].lines[0]


def test_a_corrected_step_stays_between_its_neighbours_and_the_first_keeps_its_day(working, act):
    middle = add(act, working, 12, 60)
    add(act, working, 16, 30)
    with pytest.raises(NotAllowedNow, match="tussen"):
        act(services.correct_step, step=middle, hours=Decimal(12), starts=days(-20), note="x")
    first = working.hours_steps.order_by("during").first()
    with pytest.raises(NotAllowedNow, match="eerste werkdag"):
        act(services.correct_step, step=first, hours=Decimal(9), starts=days(-100), note="x")


def test_a_step_that_never_was_goes_with_a_reason(working, act):
    wrong = add(act, working, 16, 30)
    act(services.remove_step, step=wrong, note="Andere Fatima")
    assert steps_of(working) == [(8, days(-140), None)]
    assert working.changes.first().note == "Andere Fatima"


def test_taking_back_restores_hours_words_and_confirmation(working, act):
    HoursStep.objects.update(confirmed_at=timezone.now(), reason="Rustig beginnen")
    before = list(working.hours_steps.values_list("pk", "hours", "during", "reason", "confirmed_at"))
    add(act, working, 10, 140, "Toch meer")
    act(services.take_back, change=working.changes.first())
    assert list(working.hours_steps.values_list("pk", "hours", "during", "reason", "confirmed_at")) == before
    undone = Change.objects.filter(table="matching_placementchange", action="UPDATE")
    assert undone.count() == 1, "the trail knows that it was taken back"


def test_only_the_newest_act_of_the_last_day_can_be_taken_back(working, act):
    add(act, working, 12, 30)
    first = working.changes.first()
    add(act, working, 16, 10)
    with pytest.raises(NotAllowedNow, match="daarna"):
        act(services.take_back, change=first)
    newest = working.changes.first()
    act(services.take_back, change=newest)
    with pytest.raises(NotAllowedNow, match="al teruggedraaid"):
        act(services.take_back, change=newest)
    PlacementChange.objects.update(at=timezone.now() - timedelta(hours=25))
    with pytest.raises(NotAllowedNow, match="een dag lang"):
        act(services.take_back, change=first)


def test_hours_that_the_employer_confirmed_are_not_taken_back(working, act):
    add(act, working, 12, 30)
    HoursStep.objects.update(confirmed_at=timezone.now())
    with pytest.raises(NotAllowedNow, match="bevestigd"):
        act(services.take_back, change=working.changes.first())


acts = st.lists(
    st.tuples(
        st.sampled_from(["add", "correct", "remove", "undo", "end", "move", "same"]),
        st.integers(-30, 139), st.integers(1, 40),
    ),
    max_size=9,
)  # fmt: skip


def covered(placement):
    """Steps without gap or overlap from the first day to the last."""
    periods = [one.during for one in placement.hours_steps.order_by("during")]
    assert periods[0].lower == placement.starts_on
    assert all(one.upper == following.lower for one, following in pairwise(periods))
    assert periods[-1].upper == (placement.ended_on + timedelta(days=1) if placement.ended_on else None)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=acts)
def test_whatever_is_done_the_steps_cover_the_work_and_never_overlap(working, bureau, coach, act, sequence):
    with transaction.atomic():
        for what, ago, hours in sequence:
            newest = Placement.objects.filter(candidate=working.candidate, following=None).get()
            try:
                with transaction.atomic():
                    _do(act, newest, what, ago, hours, bureau)
            except NotAllowedNow:
                pass
            for one in Placement.objects.filter(candidate=working.candidate):
                covered(one)
        path = list(Placement.objects.filter(candidate=working.candidate))
        assert len(thread_of(path[0], path)) == len(path)
        transaction.set_rollback(True)


def _do(act, newest, what, ago, hours, bureau):
    step = newest.hours_steps.order_by("during").last()
    match what:
        case "add":
            add(act, newest, hours, ago)
        case "correct":
            act(services.correct_step, step=step, hours=Decimal(hours), starts=days(-ago), note="anders")
        case "remove":
            act(services.remove_step, step=step, note="was er niet")
        case "undo":
            if change := newest.changes.filter(undone_at=None).first():
                act(services.take_back, change=change)
        case "end":
            end(act, newest, last=-ago)
        case "move":
            move_to(act, newest, employer=CompanyFactory(bureau=bureau), starts=days(-ago), hours=hours)
        case "same":
            move_to(act, newest, starts=days(-ago), hours=hours)


@pytest.mark.django_db(transaction=True)
def test_steps_that_come_at_once_all_find_their_place():
    placement = StepFactory(placement__starts_on=days(-140)).placement
    coach = MembershipFactory(bureau=placement.bureau)
    gate, wrong = threading.Barrier(6), []

    def run(number):
        gate.wait()
        try:
            with scoped(Scope.for_membership(coach)):
                services.add_hours_step(
                    placement=placement, hours=Decimal(number + 2), starts=days(-7 * number), by=coach
                )
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not wrong
    assert placement.hours_steps.count() == 7
    covered(placement)


# agreements


def test_another_first_day_moves_the_first_hours_and_the_conversations_along(working, act):
    CheckIn.objects.all().delete()
    services.plan_check_ins(placement=working)
    terms = {"form": "work_experience", "in_neighbourhood": None, "agreed": " Fiets mee naar huis "}
    changed = act(services.change_placement, placement=working, starts_on=days(-147), **terms)
    covered(changed)
    assert changed.agreed == "Fiets mee naar huis"
    assert changed.check_ins.get(week=1).due_on == days(-140)
    act(services.take_back, change=working.changes.first())
    working.refresh_from_db()
    covered(working)
    assert (working.agreed, working.starts_on) == ("", days(-140))
    assert working.check_ins.get(week=1).due_on == days(-133)


def test_history_tells_what_was_agreed_before_in_words(working, coach, act):
    terms = {"form": "trial", "in_neighbourhood": True, "ends_on": days(20), "job_coach": coach}
    act(services.change_placement, placement=working, starts_on=working.starts_on, **terms)
    lines = tell_changes(working.changes.all())[0].lines
    assert "Werkvorm: van Werkervaringsplaats naar Proefplaatsing" in lines
    assert f"Jobcoach: {coach.user}" in lines
    assert "In de eigen wijk: ja" in lines


# threads


def shared(bureau, coach, **more):
    """Somebody at work after a proposal, with what they agreed to share."""
    person = PersonFactory(bureau=bureau, coach=coach, stage="working")
    introduction = IntroductionFactory(
        match__bureau=bureau, match__candidate=person, match__state=MatchState.PLACED, match__share=["hours"]
    )
    match = introduction.match
    give_consent(match, share=match.share, by=coach)
    placement = WorkingFactory(
        bureau=bureau, candidate=person, position=match.position, match=match, starts_on=days(-140), **more
    )
    StepFactory(placement=placement)
    return placement


def test_from_trial_to_contract_keeps_the_place_the_proposal_and_the_name(bureau, coach, act):
    trial = shared(bureau, coach, form="trial", ends_on=days(10))
    trial.position.places = 1
    trial.position.save()
    match = trial.match
    contract = {"form": "supported_job", "employer_of_record": "De Werkplaats", "contract_on": TODAY()}
    job = move_to(act, trial, position=trial.position, **contract)
    trial.refresh_from_db()
    assert (trial.ended_on, trial.end_reason, trial.destination) == (days(-1), "contract", "same_employer")
    assert (job.previous, job.match, trial.match) == (trial, match, None)
    assert Introduction.objects.get(match=match).open
    job.refresh_from_db()
    assert job.shared_name == job.candidate.first_name
    job.candidate.refresh_from_db()
    assert job.candidate.stage == "working"
    assert job.candidate.stage_changes.count() == 0, "nobody was put back to searching in between"


def test_a_later_contract_does_not_ask_for_a_second_place(bureau, coach, act):
    trial = shared(bureau, coach, form="trial", ends_on=days(10))
    trial.position.places = 1
    trial.position.save()
    job = move_to(act, trial, position=trial.position, starts=days(11))
    trial.refresh_from_db()
    assert (trial.ended_on, job.starts_on) == (days(10), days(11))


def test_an_ordinary_contract_after_a_subscription_counts_once(bureau, coach, act):
    paid = shared(bureau, coach)
    subscription = SubscriptionFactory(
        bureau=bureau, employer=paid.employer, starts_on=days(-150), ends_on=days(100)
    )
    subscription.positions.add(paid.position, through_defaults={"bureau": bureau})
    contract = {"form": "regular_job", "employer_of_record": "Zorg", "contract_on": TODAY()}
    job = move_to(act, paid, position=paid.position, **contract)
    assert paid.candidate.conversions.get().contract_on == job.starts_on


def test_another_employer_sees_no_name_before_the_candidate_says_yes(bureau, coach, act):
    before = shared(bureau, coach)
    work = WorkFactory(bureau=bureau)
    after = move_to(act, before, employer=work.employer, position=work)
    assert (after.shared_name, after.match) == ("", None)
    before.refresh_from_db()
    assert (before.end_reason, before.destination) == ("other_work", "other_placement")
    assert not Introduction.objects.get(match=before.match).open, "the first employer's view is closed"


def test_the_weeks_go_on_across_a_move_and_begin_anew_only_at_first(working, bureau, act):
    services.plan_check_ins(placement=working)
    after = move_to(act, working, employer=CompanyFactory(bureau=bureau))
    due = dict(after.check_ins.values_list("week", "due_on"))
    assert due == {1: days(7), 4: days(28), 26: days(-140 + 182), 52: days(-140 + 364)}
    same = move_to(act, after, starts=days(10))
    assert set(same.check_ins.values_list("week", flat=True)) == {26, 52}
    assert not working.check_ins.filter(due_on__gte=TODAY(), done_on=None).exists()


def test_work_goes_on_only_once_and_only_forward(working, bureau, act):
    after = move_to(act, working, employer=CompanyFactory(bureau=bureau), starts=days(-20))
    with pytest.raises(NotAllowedNow, match="al een vervolg"):
        move_to(act, working)
    with pytest.raises(NotAllowedNow, match="na het vorige werk"):
        move_to(act, after, starts=days(-30))


def test_a_thread_never_joins_two_people(working, bureau):
    other = WorkingFactory(bureau=bureau)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic():
            Placement.objects.filter(pk=other.pk).update(previous=working)


@pytest.mark.parametrize(("gap", "still"), [(1, 1), (PAUSE_DAYS, 1), (PAUSE_DAYS + 1, 0)])
def test_retention_goes_on_across_employers_as_the_reports_count_it(bureau, coach, act, gap, still):
    first = StepFactory(placement__bureau=bureau, placement__starts_on=days(-200)).placement
    end(act, first, last=-100)
    second = move_to(act, first, employer=CompanyFactory(bureau=bureau), starts=days(-100 + gap))
    path = list(Placement.objects.filter(candidate=first.candidate))
    assert len(stretches(path)) == (1 if still else 2)
    assert goes_on(first.ended_on or days(-100), second.starts_on) == bool(still)
    with one_moment(bureau, reason="test"):
        figures = snapshots.measure(bureau, since=days(-365), until=TODAY())
    assert (figures.people("kept:26:followed"), figures.people("kept:26:still")) == (1, still)


def test_no_score_moves_when_hours_step_back_or_work_moves(working, bureau, coach, act):
    Measurement.objects.create(
        bureau=bureau, candidate=working.candidate, measured_on=days(-30), rung=4, by=coach
    )
    add(act, working, 16, 60)
    add(act, working, 12, 30, "Even rustiger")
    move_to(act, working, employer=CompanyFactory(bureau=bureau), hours=20)
    assert list(working.candidate.measurements.values_list("rung", flat=True)) == [4]


# endings


def test_an_ending_is_taken_back_with_all_that_it_closed(bureau, coach, act):
    placement = shared(bureau, coach)
    services.plan_check_ins(placement=placement)
    add(act, placement, 12, -30)
    was = steps_of(placement), set(placement.check_ins.values_list("week", flat=True))
    end(act, placement, last=-1, note="Te druk thuis", said_by="candidate")
    placement.refresh_from_db()
    assert (placement.shared_name, placement.end_said_by) == ("", "candidate")
    act(services.take_back, change=placement.changes.first())
    placement.refresh_from_db()
    placement.candidate.refresh_from_db()
    assert (steps_of(placement), set(placement.check_ins.values_list("week", flat=True))) == was
    assert (placement.ended_on, placement.end_reason, placement.end_note) == (None, "", "")
    assert placement.shared_name == placement.candidate.first_name
    assert Introduction.objects.get(match=placement.match).open
    assert placement.candidate.stage == "working"


def test_an_ending_stays_when_somebody_else_took_the_place(bureau, coach, act):
    placement = shared(bureau, coach)
    placement.position.places = 1
    placement.position.save()
    end(act, placement, last=-1)
    WorkingFactory(bureau=bureau, position=placement.position)
    with pytest.raises(NotAllowedNow, match="bezet"):
        act(services.take_back, change=placement.changes.first())


def test_an_end_may_be_agreed_ahead_and_the_work_goes_on_until_then(working, act):
    add(act, working, 12, -40)
    end(act, working, last=20, destination="volunteering")
    working.refresh_from_db()
    working.candidate.refresh_from_db()
    assert working.is_running
    assert working.candidate.stage == "working"
    covered(working)


def test_the_rule_of_a_stretch_is_the_longest_work_so_far(bureau):
    """A short job beside a long one does not break the path."""
    person = PersonFactory(bureau=bureau)

    def at(first, last):
        ended = (
            {"ended_on": date(2025, 1, last), "end_reason": "other", "destination": "unknown"} if last else {}
        )
        return WorkingFactory(bureau=bureau, candidate=person, starts_on=date(2025, 1, first), **ended)

    path = [at(1, 31), at(2, 3), at(31, None)]
    assert [len(one.placements) for one in stretches(path)] == [3]
