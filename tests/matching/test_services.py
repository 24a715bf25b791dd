"""What the acts on matches, meetings, placements and hours do, refuse, and leave behind."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtbaan.bureaus.enums import Role
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.models import Consent, StageChange
from candidates.services import withdraw_consent
from matching import services
from matching.enums import (
    MATCH_MOVES,
    DeclinedBy,
    DeclineReason,
    Destination,
    EndReason,
    MatchState,
)
from matching.models import CheckIn, HoursStep, Introduction, Match, MatchEvent, Message
from matching.services import moves
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import (
    CheckInFactory,
    ContactFactory,
    IntakeFactory,
    IntroductionFactory,
    MatchFactory,
    MeetingFactory,
    PersonFactory,
    StepFactory,
    WorkFactory,
    WorkingFactory,
    agree,
)

TODAY = timezone.localdate


@pytest.fixture
def person(bureau, coach):
    return PersonFactory(bureau=bureau, coach=coach)


@pytest.fixture
def work(bureau):
    return WorkFactory(bureau=bureau)


def propose(person, work, by, **more):
    with scoped(Scope.for_membership(by)):
        return services.propose(candidate=person, position=work, by=by, **more)


# proposing


def test_a_proposal_keeps_the_reasons_and_a_later_intake_changes_nothing(person, work, coach):
    intake = IntakeFactory(candidate=person, hours_now=8)
    match = propose(person, work, coach, note="Past goed")
    before = Match.objects.get(pk=match.pk).frozen
    intake.hours_now = 40
    intake.save()
    assert Match.objects.get(pk=match.pk).frozen == before
    assert before["candidate"]["hours_now"] == "8"


def test_a_proposal_sets_a_last_day_leaves_an_event_and_counts_as_proposed(person, work, coach):
    match = propose(person, work, coach)
    person.refresh_from_db()
    assert match.answer_by == TODAY() + timedelta(days=person.bureau.answer_days)
    assert list(match.events.values_list("from_state", "to_state", "by")) == [("", "proposed", coach.pk)]
    assert person.last_proposed_on == TODAY()


def test_the_first_proposal_gives_the_candidate_an_account_and_a_message(person, work, coach):
    match = propose(person, work, coach)
    message = Message.objects.get(match=match)
    assert (message.kind, message.recipient, message.state) == ("candidate.proposal", person.email, "waiting")
    assert person.membership.role == Role.CANDIDATE


def test_a_candidate_without_an_address_gets_no_message(work, coach, bureau):
    match = propose(PersonFactory(bureau=bureau, coach=coach, email=""), work, coach)
    assert not Message.objects.filter(match=match).exists()


def test_the_same_pair_twice_is_refused_and_leads_to_the_first(person, work, coach):
    first = propose(person, work, coach)
    with pytest.raises(services.AlreadyProposed, match="al voorgesteld") as refused:
        propose(person, work, coach)
    assert refused.value.match_id == first.pk


def test_the_database_refuses_a_second_open_match_of_a_pair(person, work):
    MatchFactory(bureau=person.bureau, candidate=person, position=work)
    with pytest.raises(IntegrityError, match="match_pair_once_while_open"), transaction.atomic():
        MatchFactory(bureau=person.bureau, candidate=person, position=work)


def test_a_pair_that_ended_can_be_proposed_again(person, work, coach):
    MatchFactory(bureau=person.bureau, candidate=person, position=work, state=MatchState.WITHDRAWN)
    assert propose(person, work, coach).state == MatchState.PROPOSED


@pytest.mark.parametrize("status", ["draft", "checked", "paused", "filled", "closed"])
def test_work_that_is_not_open_is_refused(person, coach, bureau, status):
    with pytest.raises(NotAllowedNow, match="als de werkplek open is"):
        propose(person, WorkFactory(bureau=bureau, status=status), coach)


def test_an_employer_who_takes_a_break_gets_no_proposals(person, work, coach):
    work.employer.paused_until = TODAY()
    work.employer.save()
    with pytest.raises(NotAllowedNow, match="geen voorstellen"):
        propose(person, work, coach)


def test_a_closed_file_and_a_pause_are_refused(bureau, work, coach):
    closed = PersonFactory(bureau=bureau, stage="closed", closed_on=TODAY())
    with pytest.raises(NotAllowedNow, match="afgesloten"):
        propose(closed, work, coach)
    with pytest.raises(NotAllowedNow, match="pauze"):
        propose(PersonFactory(bureau=bureau, stage="paused"), work, coach)


def test_work_without_a_free_place_is_refused(person, coach, bureau):
    work = WorkFactory(bureau=bureau, places=1)
    WorkingFactory(bureau=bureau, position=work)
    with pytest.raises(NotAllowedNow, match="bezet"):
        propose(person, work, coach)


def test_a_clash_with_a_must_needs_a_reason_which_is_kept(person, bureau, coach):
    IntakeFactory(candidate=person, hours_now=2, hours_wished=2)
    work = WorkFactory(bureau=bureau, hours_min=16, hours_max=24)
    with pytest.raises(NotAllowedNow, match="Uren"):
        propose(person, work, coach)
    match = propose(person, work, coach, overrules={"hours": "De werkgever begint graag klein"})
    assert match.overrules == {"hours": "De werkgever begint graag klein"}


def test_what_keeps_somebody_safe_cannot_be_overruled(person, work, coach):
    person.safety_remarks.create(bureau=person.bureau, text="liever niet", employer=work.employer)
    with pytest.raises(NotAllowedNow, match="veiligheid"):
        propose(person, work, coach, overrules={"safety": "toch maar"})


# the candidate's answer, and what is shared


def as_candidate(match):
    return MembershipFactory(role=Role.CANDIDATE, bureau=match.bureau, candidate=match.candidate)


def test_yes_becomes_a_consent_that_names_employer_and_fields(bureau):
    match = MatchFactory(bureau=bureau)
    me = as_candidate(match)
    with scoped(Scope.for_membership(me)):
        services.candidate_answers(match=match, agrees=True, share=["hours", "phone", "diploma"], by=me)
    consent = Consent.objects.get(candidate=match.candidate, purpose="share_with_employer")
    assert consent.purpose == "share_with_employer"
    assert match.employer.name in consent.text
    assert "telefoonnummer" in consent.text
    assert "achternaam" not in consent.text
    assert Match.objects.get(pk=match.pk).share == ["phone", "hours"]
    assert Message.objects.filter(match=match, kind="coach.agreed").exists()


def test_no_ends_the_match_with_the_candidates_reason(bureau):
    match = MatchFactory(bureau=bureau)
    me = as_candidate(match)
    with scoped(Scope.for_membership(me)):
        services.candidate_answers(match=match, agrees=False, reason="travel", note="Te ver fietsen", by=me)
    match.refresh_from_db()
    assert (match.state, match.declined_by, match.decline_reason) == ("declined", "candidate", "travel")
    assert match.events.last().note == "Te ver fietsen"


def test_two_yeses_in_the_same_words_hold_apart(bureau, coach):
    first = agree(MatchFactory(bureau=bureau), share=["phone"])
    twin = WorkFactory(bureau=bureau, employer=first.employer, title=first.position.title)
    second = agree(MatchFactory(bureau=bureau, candidate=first.candidate, position=twin))
    assert second.consent.recipient == f"{first.consent.recipient} (2)"
    with scoped(Scope.for_membership(coach)):
        services.withdraw(match=first, by=coach)
    assert list(Consent.objects.in_force().exclude(purpose="contact")) == [second.consent]


def test_a_new_name_of_the_employer_breaks_no_consent(bureau, coach):
    match = agree(MatchFactory(bureau=bureau))
    match.employer.name = "Nu anders genoemd"
    match.employer.save()
    with scoped(Scope.for_membership(coach)):
        assert services.introduce(match=match, by=coach).open


def test_a_withdrawn_consent_hides_the_name_at_once(bureau):
    match = agree(MatchFactory(bureau=bureau))
    introduction = IntroductionFactory(match=match)
    me = as_candidate(match)
    with scoped(Scope.for_membership(me)):
        withdraw_consent(consent=match.consent, by=me)
    introduction.refresh_from_db()
    assert introduction.open is False


def test_nobody_is_introduced_before_they_agreed(bureau, coach):
    match = MatchFactory(bureau=bureau)
    with scoped(Scope.for_membership(coach)), pytest.raises(NotAllowedNow):
        services.introduce(match=match, by=coach)
    assert not Introduction.objects.exists()


def test_a_page_that_stood_open_introduces_nobody_twice(bureau, coach):
    """A meeting that is called off leads back to `introduced`; introducing does not start from there."""
    match = MeetingFactory(match__bureau=bureau).match
    with pytest.raises(NotAllowedNow, match="staat nu op"):
        services.introduce(match=match, by=coach)


def test_the_introduction_holds_exactly_what_was_agreed(bureau, coach):
    match = MatchFactory(bureau=bureau)
    IntakeFactory(candidate=match.candidate, hours_now=8, hours_wished=16)
    ContactFactory(employer=match.employer)
    agree(match, share=["hours"])
    with scoped(Scope.for_membership(coach)):
        introduction = services.introduce(match=match, by=coach)
    assert introduction.shared == {"hours": "8 uur per week, later 16 uur per week"}
    assert introduction.shared_name == match.candidate.first_name
    assert Message.objects.filter(kind="employer.introduction").count() == 1
    match.candidate.refresh_from_db()
    assert match.candidate.stage == "introducing"


def test_the_surname_goes_along_only_where_it_was_ticked(bureau, coach):
    match = agree(MatchFactory(bureau=bureau), share=["full_name"])
    with scoped(Scope.for_membership(coach)):
        introduction = services.introduce(match=match, by=coach)
    assert introduction.shared_name == match.candidate.full_name
    assert introduction.shared == {}


def test_a_consent_that_was_withdrawn_stops_the_introduction(bureau, coach):
    match = agree(MatchFactory(bureau=bureau))
    Consent.objects.update(withdrawn_at=timezone.now())
    with scoped(Scope.for_membership(coach)), pytest.raises(NotAllowedNow, match="ingetrokken"):
        services.introduce(match=match, by=coach)


def test_a_reason_that_is_not_right_reaches_the_coach_and_moves_nothing(bureau):
    match = MatchFactory(bureau=bureau)
    me = as_candidate(match)
    with scoped(Scope.for_membership(me)):
        services.say_not_right(match=match, text="Ik kan wel op vrijdag", by=me)
    match.refresh_from_db()
    assert match.state == MatchState.PROPOSED
    assert "Ik kan wel op vrijdag" in match.events.last().note
    assert Message.objects.filter(kind="coach.not_right").exists()


# the employer's answer and the meeting


def as_employer(employer):
    return MembershipFactory(role=Role.EMPLOYER, bureau=employer.bureau, employer=employer)


def test_the_employers_yes_leaves_the_planning_to_the_coach(bureau):
    introduction = IntroductionFactory(match__bureau=bureau)
    them = as_employer(introduction.employer)
    with scoped(Scope.for_membership(them)):
        services.employer_answers(introduction=introduction, answer="yes", note="Dinsdag kan", by=them)
    introduction.refresh_from_db()
    assert (introduction.employer_answer, introduction.match.state) == ("yes", "introduced")
    assert Message.objects.filter(kind="coach.employer_yes").exists()


def test_the_employers_no_ends_the_match_and_hides_the_name(bureau):
    introduction = IntroductionFactory(match__bureau=bureau)
    them = as_employer(introduction.employer)
    with scoped(Scope.for_membership(them)):
        services.employer_answers(introduction=introduction, answer="no", reason="filled", by=them)
        assert not Introduction.objects.exists(), "the wall hides a closed introduction from the employer"
    introduction.match.refresh_from_db()
    assert (introduction.match.state, introduction.match.declined_by) == ("declined", "employer")


def test_an_answer_that_comes_too_late_says_so(bureau):
    introduction = IntroductionFactory(match__bureau=bureau, match__state=MatchState.WITHDRAWN)
    them = as_employer(introduction.employer)
    with scoped(Scope.for_membership(them)), pytest.raises(NotAllowedNow, match="Ingetrokken"):
        services.employer_answers(introduction=introduction, answer="yes", by=them)


def plan(match, by, **more):
    fields = {"starts_at": timezone.now() + timedelta(days=3), "place": "Buurthuis", **more}
    with scoped(Scope.for_membership(by)):
        return services.plan_meeting(match=match, plan=services.Plan(**fields), by=by)


def test_a_meeting_goes_to_candidate_employer_and_coach(bureau, coach):
    introduction = IntroductionFactory(match__bureau=bureau)
    ContactFactory(employer=introduction.employer)
    planned = plan(introduction.match, coach)
    kinds = set(Message.objects.values_list("kind", flat=True))
    assert kinds == {"candidate.meeting", "employer.meeting", "coach.meeting"}
    assert (planned.calendar_sequence, planned.match.state) == (0, "meeting_planned")


def test_moving_a_meeting_keeps_its_uid_and_raises_the_sequence(bureau, coach):
    introduction = IntroductionFactory(match__bureau=bureau)
    first = plan(introduction.match, coach)
    moved = plan(introduction.match, coach, place="Bij de werkgever")
    assert moved.calendar_uid == first.calendar_uid
    assert moved.calendar_sequence == 1
    assert Message.objects.filter(kind="candidate.meeting_moved").exists()


def test_saving_the_same_meeting_again_sends_nothing(bureau, coach):
    introduction = IntroductionFactory(match__bureau=bureau)
    when = timezone.now() + timedelta(days=3)
    plan(introduction.match, coach, starts_at=when)
    sent = Message.objects.count()
    again = plan(introduction.match, coach, starts_at=when)
    assert (again.calendar_sequence, Message.objects.count()) == (0, sent)


def test_a_meeting_in_the_past_is_refused(bureau, coach):
    introduction = IntroductionFactory(match__bureau=bureau)
    with pytest.raises(NotAllowedNow, match="voorbij"):
        plan(introduction.match, coach, starts_at=timezone.now() - timedelta(hours=1))


def test_a_meeting_is_noted_only_after_it_was(bureau, coach):
    meeting = MeetingFactory(match__bureau=bureau)
    with scoped(Scope.for_membership(coach)), pytest.raises(NotAllowedNow, match="op de agenda"):
        services.record_meeting(match=meeting.match, by=coach)
    meeting.starts_at = timezone.now() - timedelta(hours=1)
    meeting.save()
    with scoped(Scope.for_membership(coach)):
        services.record_meeting(match=meeting.match, outcome_candidate="Fijn", by=coach)
    meeting.match.refresh_from_db()
    assert meeting.match.state == MatchState.MET


def test_stopping_calls_off_the_meeting_in_every_calendar(bureau, coach):
    meeting = MeetingFactory(match__bureau=bureau)
    ContactFactory(employer=meeting.employer)
    with scoped(Scope.for_membership(coach)):
        services.decline(
            match=meeting.match, declined_by=DeclinedBy.BUREAU, reason=DeclineReason.TIMING, by=coach
        )
    meeting.refresh_from_db()
    assert (meeting.open, meeting.calendar_sequence) == (False, 1)
    kinds = set(Message.objects.values_list("kind", flat=True))
    assert {"candidate.meeting_cancelled", "employer.meeting_cancelled", "coach.meeting_cancelled"} <= kinds


# moves


@pytest.mark.parametrize("was", MatchState)
@pytest.mark.parametrize("to", MatchState)
def test_a_move_happens_exactly_where_the_table_has_it(bureau, coach, was, to):
    match = MatchFactory(bureau=bureau, state=was, declined_by="bureau", decline_reason="other")
    if to in MATCH_MOVES.get(was, set()):
        moves.move(match, to, by=coach)
        assert list(MatchEvent.objects.values_list("from_state", "to_state")) == [(was, to)]
    else:
        with pytest.raises(NotAllowedNow, match=str(was.label)):
            moves.move(match, to, by=coach)
        assert not MatchEvent.objects.exists()


def test_ending_puts_the_candidate_back_to_searching(bureau, coach):
    introduction = IntroductionFactory(match__bureau=bureau, match__candidate__stage="introducing")
    with scoped(Scope.for_membership(coach)):
        services.withdraw(match=introduction.match, by=coach)
    change = StageChange.objects.get(candidate=introduction.candidate)
    assert (change.from_stage, change.to_stage) == ("introducing", "searching")


def test_whoever_works_stays_at_work_when_another_match_ends(bureau, coach):
    person = WorkingFactory(bureau=bureau).candidate
    introduction = IntroductionFactory(match__bureau=bureau, match__candidate=person)
    with scoped(Scope.for_membership(coach)):
        services.withdraw(match=introduction.match, by=coach)
    person.refresh_from_db()
    assert person.stage == "working"


# placing


def place(match, by, **more):
    fields = {"form": "work_experience", "starts_on": TODAY(), "hours": Decimal(8), **more}
    with scoped(Scope.for_membership(by)):
        return services.place(match=match, by=by, **fields)


def met(bureau, **more):
    return IntroductionFactory(match__bureau=bureau, match__state=MatchState.MET, **more).match


def test_placing_starts_hours_plans_five_check_ins_and_moves_the_stage(bureau, coach):
    match = met(bureau, match__candidate__stage="introducing")
    placement = place(match, coach)
    assert list(placement.hours_steps.values_list("hours", "during")) == [
        (Decimal("8.0"), DateRange(TODAY(), None))
    ]
    assert list(placement.check_ins.values_list("week", flat=True)) == [1, 4, 13, 26, 52]
    match.candidate.refresh_from_db()
    assert match.candidate.stage == "working"
    assert Match.objects.get(pk=match.pk).state == MatchState.PLACED


def test_the_last_place_makes_the_work_filled(bureau, coach):
    match = met(bureau, match__position__places=1)
    place(match, coach)
    match.position.refresh_from_db()
    assert match.position.status == "filled"


def test_a_place_that_is_taken_is_refused_with_what_to_do(bureau, coach):
    match = met(bureau, match__position__places=1)
    WorkingFactory(bureau=bureau, position=match.position)
    with pytest.raises(NotAllowedNow, match="plek erbij"):
        place(match, coach)
    assert Match.objects.get(pk=match.pk).state == MatchState.MET


def test_a_place_comes_free_after_the_last_day(bureau, coach):
    match = met(bureau, match__position__places=1)
    WorkingFactory(
        bureau=bureau, position=match.position, ended_on=TODAY() - timedelta(days=1), end_reason="other",
        destination="unknown",
    )  # fmt: skip
    assert place(match, coach).pk


def test_the_database_itself_counts_places(bureau):
    work = WorkFactory(bureau=bureau, places=1)
    WorkingFactory(bureau=bureau, position=work)
    with pytest.raises(IntegrityError, match="every place"), transaction.atomic():
        WorkingFactory(bureau=bureau, position=work)


def test_paid_work_asks_for_a_contract_and_a_trial_for_an_end(bureau, coach):
    match = met(bureau)
    with pytest.raises(NotAllowedNow, match="contract"):
        place(match, coach, form="regular_job")
    with pytest.raises(NotAllowedNow, match="einddatum"):
        place(match, coach, form="trial")
    with pytest.raises(NotAllowedNow, match="zes maanden"):
        place(match, coach, form="trial", ends_on=TODAY() + timedelta(days=200))
    assert place(match, coach, form="trial", ends_on=TODAY() + timedelta(days=90)).ends_on


def test_ending_cuts_steps_and_check_ins_and_says_why(bureau, coach):
    placement = place(met(bureau), coach)
    with scoped(Scope.for_membership(coach)):
        ended = services.end_placement(
            placement=placement,
            reason=EndReason.STUDY,
            destination=Destination.STUDY,
            last_day=TODAY(),
            by=coach,
        )
    assert ended.hours_steps.get().during.upper == TODAY() + timedelta(days=1)
    assert not ended.check_ins.exists()
    with scoped(Scope.for_membership(coach)), pytest.raises(NotAllowedNow, match="al geëindigd"):
        services.end_placement(
            placement=placement, reason="other", destination="unknown", last_day=TODAY(), by=coach
        )


def test_after_yesterday_the_candidate_is_searching_again_and_the_name_is_gone(bureau, coach):
    introduction = IntroductionFactory(match__bureau=bureau, match__state=MatchState.PLACED)
    placement = WorkingFactory(
        bureau=bureau,
        candidate=introduction.candidate,
        position=introduction.match.position,
        match=introduction.match,
    )
    with scoped(Scope.for_membership(coach)):
        services.end_placement(
            placement=placement, reason="no_fit", destination="searching",
            last_day=TODAY() - timedelta(days=1), by=coach,
        )  # fmt: skip
    introduction.refresh_from_db()
    introduction.candidate.refresh_from_db()
    assert (introduction.open, introduction.candidate.stage) == (False, "searching")


@pytest.mark.parametrize("destination", ["regular_job", "study", "own_business", "volunteering"])
def test_whoever_found_their_way_is_not_put_back_to_searching(bureau, coach, destination):
    placement = WorkingFactory(bureau=bureau)
    with scoped(Scope.for_membership(coach)):
        services.end_placement(
            placement=placement, reason="agreed_end", destination=destination,
            last_day=TODAY() - timedelta(days=1), by=coach,
        )  # fmt: skip
    placement.candidate.refresh_from_db()
    assert placement.candidate.stage == "working"


# hours


@pytest.fixture
def working(bureau):
    return StepFactory(placement__bureau=bureau, placement__starts_on=TODAY() - timedelta(weeks=20)).placement


def step(placement, hours, weeks_ago, by, reason=""):
    day = TODAY() - timedelta(weeks=weeks_ago)
    with scoped(Scope.for_membership(by)):
        return services.add_hours_step(
            placement=placement, hours=Decimal(hours), starts=day, reason=reason, by=by
        )


def test_growing_and_stepping_back_are_the_same_act(working, coach):
    for hours, weeks_ago in ((12, 16), (16, 12), (12, 8), (20, 4), (27, 0)):
        step(working, hours, weeks_ago, coach)
    assert [int(one.hours) for one in working.hours_steps.order_by("during")] == [8, 12, 16, 12, 20, 27]


def test_a_step_in_between_runs_up_to_the_next_one(working, coach):
    step(working, 16, 4, coach)
    between = step(working, 12, 8, coach)
    assert between.during.upper == TODAY() - timedelta(weeks=4)


def test_a_step_on_the_same_day_replaces_it_and_asks_for_a_new_confirmation(working, coach):
    HoursStep.objects.update(confirmed_at=timezone.now())
    replaced = step(working, 10, 20, coach)
    assert (working.hours_steps.count(), replaced.confirmed_at) == (1, None)


def test_taking_a_step_back_restores_what_was(working, coach):
    taken = step(working, 12, 4, coach)
    with scoped(Scope.for_membership(coach)):
        services.take_back_step(step=taken, by=coach)
    assert working.hours_steps.get().during == DateRange(working.starts_on, None)


@pytest.mark.parametrize(("hours", "weeks_ago", "words"), [
    ("0.25", 0, "half uur"), ("41", 0, "40 uur"), ("8", 21, "begon op"), ("8", -30, "vooruit"),
])  # fmt: skip
def test_hours_outside_reason_are_refused(working, coach, hours, weeks_ago, words):
    with pytest.raises(NotAllowedNow, match=words):
        step(working, hours, weeks_ago, coach)


def test_the_employer_confirms_what_has_begun(working, coach):
    step(working, 12, -2, coach)
    them = as_employer(working.employer)
    with scoped(Scope.for_membership(them)):
        assert services.confirm_hours(placement=working, by=them) == 1


steps = st.lists(
    st.tuples(st.integers(0, 24), st.decimals(Decimal("0.5"), Decimal(40), places=1), st.booleans()),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=steps)
def test_no_sequence_of_steps_leaves_an_overlap_or_a_gap(working, coach, sequence):
    with transaction.atomic():
        for weeks_ago, hours, take_back in sequence:
            try:
                made = step(working, hours, weeks_ago, coach)
                if take_back:
                    with scoped(Scope.for_membership(coach)):
                        services.take_back_step(step=made, by=coach)
            except NotAllowedNow:
                pass
        periods = [one.during for one in working.hours_steps.order_by("during")]
        assert periods[0].lower == working.starts_on
        assert periods[-1].upper is None
        assert all(one.upper == following.lower for one, following in pairwise(periods))
        transaction.set_rollback(True)


# check-ins


def test_a_check_in_counts_as_contact(bureau, coach):
    check_in = CheckInFactory(
        placement__bureau=bureau, placement__candidate__last_contact_on=date(2024, 1, 1)
    )
    with scoped(Scope.for_membership(coach)):
        services.do_check_in(check_in=check_in, mood="hard", candidate_words="Het is druk", by=coach)
    check_in.refresh_from_db()
    check_in.candidate.refresh_from_db()
    assert (check_in.mood, check_in.done_on) == ("hard", TODAY())
    assert check_in.candidate.last_contact_on == TODAY()


def test_the_candidate_says_it_in_the_own_field(bureau):
    check_in = CheckInFactory(placement__bureau=bureau)
    me = MembershipFactory(role=Role.CANDIDATE, bureau=bureau, candidate=check_in.candidate)
    with scoped(Scope.for_membership(me)):
        services.answer_check_in(check_in=check_in, words="Ik leer veel", by=me)
    check_in.refresh_from_db()
    assert (check_in.employer_words, check_in.candidate_words) == ("", "Ik leer veel")
    assert check_in.done_on is None


def test_an_employer_reads_nothing_of_what_the_candidate_says(bureau):
    check_in = CheckInFactory(placement__bureau=bureau, candidate_words="Mijn baas is streng")
    them = as_employer(check_in.employer)
    with scoped(Scope.for_membership(them)):
        assert not CheckIn.objects.exists(), "the wall hides the row itself"
        assert not CheckIn.objects.visible_to(them).exists()
