"""Referrals, gatherings, trainings, budgets and help requests: what may happen, and what is never told."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from buurtbaan.audit.models import Change
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.enums import HELP_MOVES, HelpState, InwardState, Told
from candidates.forgetting import forget_neighbours
from candidates.models import (
    BudgetLine,
    Candidate,
    Consent,
    Gathering,
    GatheringGuest,
    GatheringLink,
    HelpRequest,
    InwardReferral,
    SessionAttendance,
    Training,
    TrainingPlace,
    TrainingSession,
)
from candidates.services import (
    budget,
    gatherings,
    give_consent,
    helping,
    referrals,
    trainings,
    withdraw_consent,
)
from tests.candidates.factories import CandidateFactory, OrganisationFactory
from tests.world import build_world

EUROS = Decimal("100.00")


@pytest.fixture
def person(coach: Membership) -> Candidate:
    return CandidateFactory(bureau=coach.bureau, coach=coach, first_name="Amira", last_name="Benali")


@pytest.fixture
def organisation(coach: Membership) -> Any:
    return OrganisationFactory(bureau=coach.bureau, name="Wijkteam Noord", email="wijkteam@proef.example")


@pytest.fixture
def referral(coach: Membership, organisation: Any) -> InwardReferral:
    return referrals.take_referral(
        by=coach, person_name="Amira Benali", person_phone="+31612345678", hope="Iets met planten",
        organisation=organisation, contact_name="Jan",
    )  # fmt: skip


@pytest.fixture
def gathering(coach: Membership) -> Gathering:
    return Gathering.objects.create(
        bureau=coach.bureau,
        title="Bijeenkomst",
        starts_at=timezone.now() + timedelta(days=2),
        place="Buurthuis",
    )


# referrals inward


def test_once_we_have_met_the_file_holds_name_and_reach_and_the_referral_no_longer(
    referral: InwardReferral, person: Candidate, coach: Membership
) -> None:
    linked = referrals.link_to_file(referral=referral, candidate=person, by=coach)
    assert (linked.state, linked.candidate, linked.met_on) == (InwardState.MET, person, timezone.localdate())
    assert (linked.person_name, linked.person_phone, linked.hope) == ("", "", "")
    assert linked.name == "Amira Benali"


def test_a_referral_belongs_to_one_file(
    referral: InwardReferral, person: Candidate, coach: Membership
) -> None:
    referrals.link_to_file(referral=referral, candidate=person, by=coach)
    referrals.link_to_file(referral=referral, candidate=person, by=coach)
    with pytest.raises(NotAllowedNow, match="ander dossier"):
        referrals.link_to_file(referral=referral, candidate=CandidateFactory(bureau=person.bureau), by=coach)


def test_meeting_goes_by_the_file_and_not_by_a_button(referral: InwardReferral, coach: Membership) -> None:
    assert referrals.move_referral(referral=referral, to="unreachable", by=coach).state == "unreachable"
    assert referrals.move_referral(referral=referral, to="new", by=coach).state == "new"
    with pytest.raises(NotAllowedNow):
        referrals.move_referral(referral=referral, to="met", by=coach)


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        ("met", Told.MET), ("intake", Told.TAKING_PART), ("searching", Told.TAKING_PART),
        ("introducing", Told.TAKING_PART), ("paused", Told.TAKING_PART), ("working", Told.AT_WORK),
        ("closed", Told.STOPPED),
    ],
)  # fmt: skip
def test_a_referrer_hears_one_sentence_and_no_more(stage: str, told: str) -> None:
    assert referrals.to_tell(Candidate(stage=stage)) == told


def test_a_referrer_hears_nothing_without_consent(
    referral: InwardReferral, person: Candidate, coach: Membership
) -> None:
    linked = referrals.link_to_file(referral=referral, candidate=person, by=coach)
    with pytest.raises(NotAllowedNow, match="toestemming"):
        referrals.tell_referrer(referral=linked, by=coach)
    consent = give_consent(candidate=person, purpose="referrer_outcome", by=coach)
    withdraw_consent(consent=consent, by=coach)
    with pytest.raises(NotAllowedNow, match="toestemming"):
        referrals.tell_referrer(referral=linked, by=coach)
    assert mail.outbox == []


def test_the_mail_to_a_referrer_holds_no_name(
    referral: InwardReferral, person: Candidate, coach: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    linked = referrals.link_to_file(referral=referral, candidate=person, by=coach)
    give_consent(candidate=person, purpose="referrer_outcome", by=coach)
    with django_capture_on_commit_callbacks(execute=True):
        referrals.tell_referrer(referral=linked, by=coach)
    (sent,) = mail.outbox
    assert sent.to == ["wijkteam@proef.example"]
    whole = sent.subject + str(sent.body)
    assert "Amira" not in whole
    assert "Benali" not in whole
    assert str(Told.MET.label) in whole
    assert "AB" in whole


def test_nobody_is_told_about_before_we_met(referral: InwardReferral, coach: Membership) -> None:
    with pytest.raises(NotAllowedNow, match="nog niet gesproken"):
        referrals.tell_referrer(referral=referral, by=coach)


def test_without_an_address_the_referrer_is_called(person: Candidate, coach: Membership) -> None:
    taken = referrals.take_referral(by=coach, person_name="Amira", person_phone="+31612345678")
    linked = referrals.link_to_file(referral=taken, candidate=person, by=coach)
    give_consent(candidate=person, purpose="referrer_outcome", by=coach)
    with pytest.raises(NotAllowedNow, match="e-mailadres"):
        referrals.tell_referrer(referral=linked, by=coach)


def test_names_of_people_not_met_stay_out_of_the_trail(referral: InwardReferral) -> None:
    lines = Change.objects.filter(table="candidates_inwardreferral")
    assert lines.exists()
    text = str(list(lines.values_list("before", "after")))
    assert not any(word in text for word in ("Amira", "612345678", "planten", "Jan"))


def test_a_colleagues_candidate_is_not_shown_among_the_referrals(
    referral: InwardReferral, person: Candidate, coach: Membership, connector: Membership
) -> None:
    """That a wijkteam or probation sent somebody is part of the file."""
    assert referral in InwardReferral.objects.visible_to(connector)
    referrals.link_to_file(referral=referral, candidate=person, by=coach)
    assert referral not in InwardReferral.objects.visible_to(connector)
    assert referral in InwardReferral.objects.visible_to(coach)


# referrals outward


def test_sending_on_needs_a_yes_for_this_organisation(
    person: Candidate, organisation: Any, coach: Membership
) -> None:
    with pytest.raises(NotAllowedNow, match="Zonder ja"):
        referrals.send_on(candidate=person, organisation=organisation, agreed=False, by=coach)
    sent = referrals.send_on(candidate=person, organisation=organisation, agreed=True, by=coach)
    consent = Consent.objects.get(candidate=person)
    assert (consent.purpose, consent.recipient) == ("share_organisation", "Wijkteam Noord")
    assert "Wijkteam Noord" in consent.text
    assert sent.state == "sent"


def test_nobody_is_sent_to_the_same_place_twice_at_once(
    person: Candidate, organisation: Any, coach: Membership
) -> None:
    first = referrals.send_on(candidate=person, organisation=organisation, agreed=True, by=coach)
    with pytest.raises(NotAllowedNow, match="loopt al"):
        referrals.send_on(candidate=person, organisation=organisation, agreed=True, by=coach)
    referrals.move_outward(referral=first, to="refused", by=coach)
    referrals.send_on(candidate=person, organisation=organisation, agreed=False, by=coach)


def test_outward_goes_from_sent_to_an_outcome(
    person: Candidate, organisation: Any, coach: Membership
) -> None:
    sent = referrals.send_on(candidate=person, organisation=organisation, agreed=True, by=coach)
    with pytest.raises(NotAllowedNow):
        referrals.move_outward(referral=sent, to="done", outcome="helped", by=coach)
    accepted = referrals.move_outward(referral=sent, to="accepted", by=coach)
    assert accepted.answered_on == timezone.localdate()
    with pytest.raises(NotAllowedNow, match="hoe het ging"):
        referrals.move_outward(referral=accepted, to="done", by=coach)
    done = referrals.move_outward(referral=accepted, to="done", outcome="helped", by=coach)
    assert (done.outcome, done.done_on) == ("helped", timezone.localdate())


def test_there_is_no_column_for_a_reason() -> None:
    names = {field.name for field in referrals.OutwardReferral._meta.get_fields()}
    assert not names & {"reason", "why", "note", "text", "remarks", "diagnosis", "offence"}


# gatherings


def _sign_up(link: GatheringLink, name: str = "Yusuf", phone: str = "+31687654321") -> None:
    gatherings.sign_up(token=link.token, person_name=name, person_phone=phone, contact_name="Jan")


def test_a_link_signs_somebody_up_once(gathering: Gathering, organisation: Any, coach: Membership) -> None:
    link = gatherings.make_link(gathering=gathering, organisation=organisation, by=coach)
    assert link == gatherings.make_link(gathering=gathering, organisation=organisation, by=coach)
    with scoped(Scope()):
        _sign_up(link)
        _sign_up(link)
    guest = gathering.guests.get()
    assert (guest.referral.person_name, guest.referral.organisation) == ("Yusuf", organisation)


def test_a_stranger_with_the_link_reads_the_gathering_and_nothing_else(
    gathering: Gathering, organisation: Any, coach: Membership
) -> None:
    other = Gathering.objects.create(
        bureau=coach.bureau, title="Andere", starts_at=gathering.starts_at, place="Elders"
    )
    link = gatherings.make_link(gathering=gathering, organisation=organisation, by=coach)
    _sign_up(link)
    with scoped(Scope(token=link.token_hash)):
        assert list(Gathering.objects.all()) == [gathering]
        assert other not in Gathering.objects.all()
        assert not GatheringGuest.objects.exists()
        assert not InwardReferral.objects.exists()
    with scoped(Scope(token="0" * 64)):
        assert not Gathering.objects.exists()
        assert not GatheringLink.objects.exists()


def test_the_database_alone_does_not_give_a_link_away(
    gathering: Gathering, organisation: Any, coach: Membership, settings: Any
) -> None:
    link = gatherings.make_link(gathering=gathering, organisation=organisation, by=coach)
    token = link.token
    settings.SECRET_KEY = "another"
    assert GatheringLink.objects.get(pk=link.pk).token != token
    assert len(token) == 32


@pytest.mark.parametrize("how", ["stopped", "cancelled", "over", "full"])
def test_a_link_that_no_longer_works_says_so(
    how: str, gathering: Gathering, organisation: Any, coach: Membership
) -> None:
    link = gatherings.make_link(gathering=gathering, organisation=organisation, by=coach)
    match how:
        case "stopped":
            gatherings.stop_link(link=link, by=coach)
        case "cancelled":
            gatherings.cancel_gathering(gathering=gathering, by=coach)
        case "over":
            Gathering.objects.update(starts_at=timezone.now() - timedelta(days=1))
        case "full":
            Gathering.objects.update(capacity=1)
            _sign_up(link, "Eerste")
    with pytest.raises(NotAllowedNow):
        _sign_up(link, "Laatste")
    assert (gatherings.open_sign_up(link.token) is not None) == (how == "full")


def test_a_link_cannot_be_used_without_end(
    gathering: Gathering, organisation: Any, coach: Membership, monkeypatch: Any
) -> None:
    monkeypatch.setattr(gatherings, "MOST_AN_HOUR", 3)
    link = gatherings.make_link(gathering=gathering, organisation=organisation, by=coach)
    for number in range(3):
        _sign_up(link, f"Persoon {number}")
    with pytest.raises(NotAllowedNow, match="veel aanmeldingen"):
        _sign_up(link, "Persoon 4")
    GatheringGuest.objects.update(created_at=timezone.now() - timedelta(hours=2))
    _sign_up(link, "Persoon 5")


def test_people_of_the_caseload_come_on_the_list_once_and_within_the_places(
    gathering: Gathering, coach: Membership
) -> None:
    people = [CandidateFactory(bureau=coach.bureau, coach=coach) for _n in range(3)]
    assert gatherings.add_people(gathering=gathering, people=people[:2], by=coach) == 2
    assert gatherings.add_people(gathering=gathering, people=people[:2], by=coach) == 0
    Gathering.objects.update(capacity=2)
    with pytest.raises(NotAllowedNow, match="plekken"):
        gatherings.add_people(gathering=gathering, people=people, by=coach)


def test_who_was_signed_up_and_is_met_stays_on_the_list_once(
    gathering: Gathering, organisation: Any, person: Candidate, coach: Membership
) -> None:
    link = gatherings.make_link(gathering=gathering, organisation=organisation, by=coach)
    _sign_up(link)
    signed_up = InwardReferral.objects.get()
    referrals.link_to_file(referral=signed_up, candidate=person, by=coach)
    assert gathering.guests.get().candidate == person
    gatherings.came_in(gathering=gathering, candidate=person, by=coach)
    assert gathering.guests.get().state == "came"


def test_met_and_already_on_the_list_as_a_candidate_is_one_guest(
    gathering: Gathering, organisation: Any, person: Candidate, coach: Membership
) -> None:
    gatherings.add_people(gathering=gathering, people=[person], by=coach)
    link = gatherings.make_link(gathering=gathering, organisation=organisation, by=coach)
    _sign_up(link)
    referrals.link_to_file(referral=InwardReferral.objects.get(), candidate=person, by=coach)
    assert gathering.guests.count() == 1


def test_a_moved_gathering_gets_a_new_version_in_the_calendar(
    gathering: Gathering, coach: Membership
) -> None:
    assert (
        gatherings.save_gathering(
            gathering=gathering, values={"agenda": "Koffie"}, by=coach
        ).calendar_sequence
        == 0
    )
    assert (
        gatherings.save_gathering(gathering=gathering, values={"place": "Elders"}, by=coach).calendar_sequence
        == 1
    )
    assert gatherings.cancel_gathering(gathering=gathering, by=coach).calendar_sequence == 2


# trainings


def test_a_training_from_first_day_to_own_words(person: Candidate, coach: Membership) -> None:
    training = trainings.save_training(values={"title": "Lassen", "capacity": 1}, by=coach)
    day = trainings.add_session(training=training, starts_at=timezone.now(), minutes=120, by=coach)
    with pytest.raises(NotAllowedNow):
        trainings.add_session(training=training, starts_at=day.starts_at, minutes=60, by=coach)
    assert trainings.join_training(training=training, people=[person], by=coach) == 1
    with pytest.raises(NotAllowedNow, match="plekken"):
        trainings.join_training(training=training, people=[CandidateFactory(bureau=coach.bureau)], by=coach)
    place = TrainingPlace.objects.get()
    for came in (True, False, True):
        trainings.mark_attendance(session=day, place=place, came=came, by=coach)
    assert SessionAttendance.objects.get().came is True
    trainings.mark_attendance(session=day, place=place, came=None, by=coach)
    assert not SessionAttendance.objects.exists()
    done = trainings.save_result(place=place, result="Ik durf nu met vuur", ending="finished", by=coach)
    assert (done.result, done.finished_on, done.stopped_on) == (
        "Ik durf nu met vuur",
        timezone.localdate(),
        None,
    )


def test_who_stopped_can_take_part_again_and_gives_up_a_place_meanwhile(
    person: Candidate, coach: Membership
) -> None:
    training = trainings.save_training(values={"title": "Lassen", "capacity": 1}, by=coach)
    trainings.join_training(training=training, people=[person], by=coach)
    trainings.save_result(place=TrainingPlace.objects.get(), result="", ending="stopped", by=coach)
    assert trainings.join_training(training=training, people=[person], by=coach) == 1
    assert TrainingPlace.objects.get().stopped_on is None
    trainings.close_training(training=training, by=coach)
    with pytest.raises(NotAllowedNow, match="afgerond"):
        trainings.join_training(training=training, people=[], by=coach)


# training budget


def _book(person: Candidate, by: Membership, kind: str, euros: str) -> BudgetLine:
    return budget.book(candidate=person, kind=kind, amount=Decimal(euros), text="…", by=by)


def test_a_ledger_keeps_its_balance_to_the_cent(person: Candidate, coach: Membership) -> None:
    _book(person, coach, "earned", "33.34")
    _book(person, coach, "earned", "66.66")
    last = _book(person, coach, "course", "99.99")
    assert (last.number, last.amount, last.balance) == (3, Decimal("-99.99"), Decimal("0.01"))
    assert budget.balance_of(person) == Decimal("0.01")


def test_a_course_cannot_cost_more_than_there_is(person: Candidate, coach: Membership) -> None:
    _book(person, coach, "earned", "50")
    with pytest.raises(NotAllowedNow, match="te weinig"):
        _book(person, coach, "course", "50.01")
    assert budget.balance_of(person) == Decimal("50.00")


@pytest.mark.parametrize("euros", ["0", "-5", "1.005"])
def test_an_amount_is_euros_and_cents_above_zero(euros: str, person: Candidate, coach: Membership) -> None:
    with pytest.raises(NotAllowedNow, match="bedrag"):
        _book(person, coach, "earned", euros)


def test_a_mistake_gets_a_line_against_it_once(person: Candidate, coach: Membership) -> None:
    line = _book(person, coach, "earned", "40")
    against = budget.take_back(line=line, by=coach)
    assert budget.take_back(line=line, by=coach) == against
    assert (against.amount, against.balance, against.corrects) == (Decimal(-40), Decimal(0), line)
    with pytest.raises(NotAllowedNow, match="al een rechtzetting"):
        budget.take_back(line=against, by=coach)


def test_an_earning_that_was_spent_cannot_be_taken_back(person: Candidate, coach: Membership) -> None:
    line = _book(person, coach, "earned", "40")
    _book(person, coach, "course", "30")
    with pytest.raises(NotAllowedNow, match="te weinig"):
        budget.take_back(line=line, by=coach)


def test_the_database_itself_refuses_a_balance_below_zero(person: Candidate) -> None:
    with pytest.raises(IntegrityError, match="budget_never_negative"), transaction.atomic():
        BudgetLine.objects.create(bureau=person.bureau, candidate=person, kind="course", amount=-1, text="…")


@pytest.mark.parametrize("change", [{"amount": 90}, {"text": "anders"}, {"balance": 1}])
def test_no_line_is_ever_changed(change: dict[str, Any], person: Candidate, coach: Membership) -> None:
    line = _book(person, coach, "earned", "40")
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        scoped(Scope.for_bureau(person.bureau)),
    ):
        BudgetLine.objects.filter(pk=line.pk).update(**change)


def test_no_line_is_taken_away_while_the_person_is_here(person: Candidate, coach: Membership) -> None:
    line = _book(person, coach, "earned", "40")
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        _delete_now(line, coach)


def _delete_now(line: BudgetLine, coach: Membership) -> None:
    """Delete it as a coach, and let the database check at once what it would check at the end."""
    with scoped(Scope.for_membership(coach)):
        BudgetLine.objects.filter(pk=line.pk).delete()
        connection.check_constraints()


def test_a_ledger_goes_with_the_person(person: Candidate, coach: Membership) -> None:
    budget.take_back(line=_book(person, coach, "earned", "40"), by=coach)
    person.delete()
    connection.check_constraints()
    assert not BudgetLine.objects.exists()


def test_a_correction_is_of_one_whole_line_of_the_same_person(person: Candidate, coach: Membership) -> None:
    line = _book(person, coach, "earned", "40")
    other = CandidateFactory(bureau=person.bureau)
    for candidate, amount in ((person, -39), (other, -40)):
        with pytest.raises(DatabaseError, match="takes back one whole line"), transaction.atomic():
            BudgetLine.objects.create(
                bureau=person.bureau,
                candidate=candidate,
                kind="correction",
                amount=amount,
                text="…",
                corrects=line,
            )


@pytest.mark.django_db(transaction=True)
def test_two_payouts_at_once_never_go_below_zero() -> None:
    world = build_world("samen")
    coach, person = world.members["coach"], world.candidate  # type: ignore[index]
    start, outcomes = threading.Barrier(2), []

    def spend() -> None:
        try:
            with scoped(Scope.for_membership(coach)):
                start.wait(10)
                _book(person, coach, "course", "70")
            outcomes.append("paid")
        except NotAllowedNow:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=spend) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["paid", "refused"]
    assert budget.balance_of(person) == Decimal("30.00")


# help requests


@pytest.fixture
def asked(coach: Membership) -> HelpRequest:
    values = {
        "kind": "move", "text": "Een bank naar boven", "requester_name": "Mevrouw Smit",
        "requester_phone": "+31611111111",
    }  # fmt: skip
    return helping.save_help_request(values=values, by=coach)


def test_a_help_request_from_question_to_thanks(
    asked: HelpRequest, person: Candidate, coach: Membership
) -> None:
    found = helping.find_helper(help_request=asked, candidate=person, volunteer="", by=coach)
    assert (found.state, found.candidate) == ("found", person)
    done = helping.move_help_request(help_request=asked, to="done", by=coach)
    assert done.ended_on == timezone.localdate()
    assert helping.move_help_request(help_request=asked, to="thanked", by=coach).state == "thanked"


@pytest.mark.parametrize("to", list(HelpState))
@pytest.mark.parametrize("here", list(HelpState))
def test_help_moves_only_as_the_table_says(here: str, to: str, asked: HelpRequest, coach: Membership) -> None:
    ended = None if here in ("open", "found") else timezone.localdate()
    HelpRequest.objects.filter(pk=asked.pk).update(state=here, ended_on=ended)
    if here == to or (to in HELP_MOVES[here] and (here, to) != ("open", "found")):
        assert helping.move_help_request(help_request=asked, to=to, by=coach).state == to
    else:
        with pytest.raises(NotAllowedNow):
            helping.move_help_request(help_request=asked, to=to, by=coach)


def test_looking_again_lets_the_helper_go(asked: HelpRequest, coach: Membership) -> None:
    helping.find_helper(help_request=asked, candidate=None, volunteer="Piet", by=coach)
    again = helping.move_help_request(help_request=asked, to="open", by=coach)
    assert (again.candidate, again.volunteer, again.found_on) == (None, "", None)


@pytest.mark.parametrize("both", [True, False])
def test_one_helper_at_a_time(both: bool, asked: HelpRequest, person: Candidate, coach: Membership) -> None:
    with pytest.raises(NotAllowedNow, match="Kies een kandidaat"):
        helping.find_helper(
            help_request=asked, candidate=person if both else None, volunteer="Piet" if both else "", by=coach
        )


def test_who_asked_stays_out_of_the_trail(asked: HelpRequest) -> None:
    text = str(list(Change.objects.filter(table="candidates_helprequest").values_list("before", "after")))
    assert "bank" in text
    assert "Smit" not in text
    assert "11111111" not in text


def test_erasing_the_helper_leaves_the_neighbours_question(
    asked: HelpRequest, person: Candidate, coach: Membership
) -> None:
    helping.find_helper(help_request=asked, candidate=person, volunteer="", by=coach)
    person.delete()
    connection.check_constraints()
    asked.refresh_from_db()
    assert asked.candidate is None


# forgetting


def test_neighbours_are_forgotten_three_months_after_the_end(
    asked: HelpRequest, referral: InwardReferral, coach: Membership
) -> None:
    long_ago = timezone.localdate() - timedelta(days=91)
    HelpRequest.objects.update(state="done", ended_on=long_ago)
    InwardReferral.objects.update(received_on=long_ago)
    with scoped(Scope.for_bureau(coach.bureau)):
        counted = forget_neighbours(bureau=coach.bureau, dry_run=True)
        asked.refresh_from_db()
        assert asked.requester_name == "Mevrouw Smit"
        assert forget_neighbours(bureau=coach.bureau) == counted
        assert forget_neighbours(bureau=coach.bureau) == forget_neighbours(bureau=coach.bureau, dry_run=True)
    asked.refresh_from_db()
    referral.refresh_from_db()
    assert (counted.help_requests, counted.referrals) == (1, 1)
    assert (asked.requester_name, asked.requester_phone, asked.text) == ("", "", "")
    assert (referral.person_name, referral.person_phone, referral.hope, referral.contact_name) == (
        "",
        "",
        "",
        "",
    )


def test_nobody_is_forgotten_too_soon(
    asked: HelpRequest, referral: InwardReferral, coach: Membership
) -> None:
    day = timezone.localdate() - timedelta(days=90)
    HelpRequest.objects.update(state="done", ended_on=day)
    InwardReferral.objects.update(received_on=day)
    forgotten = forget_neighbours(bureau=coach.bureau)
    assert (forgotten.help_requests, forgotten.referrals) == (0, 0)


def test_a_training_and_its_days_hold_no_person() -> None:
    for model in (Training, TrainingSession, Gathering):
        assert "candidate" not in {field.name for field in model._meta.concrete_fields}
