"""The pages of matches, meetings and placements as people use them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from matching.enums import MatchState
from matching.models import Introduction, Match, Placement
from tests.bureaus.factories import MembershipFactory
from tests.matching.factories import (
    CheckInFactory,
    ContactFactory,
    IntakeFactory,
    IntroductionFactory,
    MatchFactory,
    MeetingFactory,
    MessageFactory,
    PersonFactory,
    StepFactory,
    WorkFactory,
    WorkingFactory,
    agree,
)

TODAY = timezone.localdate
MOST_QUERIES = 12
DAY_QUERIES = 10  # an empty page's, one for all that waits, and one about its plan


@pytest.fixture
def at_coach(sign_in, coach):
    return sign_in(coach)


@pytest.fixture
def own(bureau, coach):
    """own(Factory, …) makes a row about a person of this coach."""

    def make(factory, **fields):
        return factory(bureau=bureau, candidate=PersonFactory(bureau=bureau, coach=coach), **fields)

    return make


def url(name, *args):
    return reverse(f"matching:{name}", args=args)


def text_of(response):
    return response.content.decode()


def as_candidate(sign_in, match):
    return sign_in(MembershipFactory(role=Role.CANDIDATE, bureau=match.bureau, candidate=match.candidate))


def as_employer(sign_in, employer):
    return sign_in(MembershipFactory(role=Role.EMPLOYER, bureau=employer.bureau, employer=employer))


# the day


def the_whole_day(bureau, coach, connector):
    """One matter of every kind; gives the words by which each is recognised."""

    def about(**more):
        return PersonFactory(bureau=bureau, coach=coach, connector=connector, **more)

    long_ago = TODAY() - timedelta(days=40)
    about(call_back_on=TODAY())
    about(last_proposed_on=long_ago)
    about(last_contact_on=long_ago)
    MatchFactory(bureau=bureau, candidate=about(), answer_by=TODAY() + timedelta(days=2))
    agree(MatchFactory(bureau=bureau, candidate=about()))
    IntroductionFactory(match__bureau=bureau, match__candidate=about(), employer_answer="yes")
    IntroductionFactory(
        match__bureau=bureau, match__candidate=about(), introduced_at=timezone.now() - timedelta(days=9)
    )
    MeetingFactory(
        match__bureau=bureau, match__candidate=about(), starts_at=timezone.now() - timedelta(days=1)
    )
    IntroductionFactory(match__bureau=bureau, match__candidate=about(), match__state=MatchState.MET)
    MatchFactory(
        bureau=bureau, candidate=about(), state=MatchState.DECLINED, declined_by="candidate", decline_reason="tasks",
        ended_at=timezone.now(),
    )  # fmt: skip
    CheckInFactory(placement__bureau=bureau, placement__candidate=about(stage="working"))
    WorkingFactory(bureau=bureau, candidate=about(stage="working"), ends_on=TODAY() + timedelta(days=20))
    MessageFactory(match=MatchFactory(bureau=bureau, candidate=about()), state="failed")
    return (
        "Terugbellen", "Al 30 dagen niet voorgesteld", "Al 30 dagen geen contact", "Voorstellen die wachten", "Zei ja",
        "Werkgever wil kennismaken", "Werkgever heeft nog niet geantwoord", "Hoe was de kennismaking?",
        "Kennisgemaakt: en nu?", "zoek samen verder", "Nazorggesprekken", "Einde in zicht", "Bericht kwam niet aan",
    )  # fmt: skip


@pytest.mark.parametrize("role", ["connector", "coach", "manager"])
def test_the_day_shows_every_kind_of_matter_within_its_budget(
    bureau, coach, connector, manager, sign_in, role, count_queries
):
    headings = the_whole_day(bureau, coach, connector)
    client = sign_in({"connector": connector, "coach": coach, "manager": manager}[role])
    page = text_of(client.get(url("today")))
    for heading in headings:
        assert heading in page
    assert count_queries(lambda: client.get(url("today"))) <= DAY_QUERIES


def test_a_thousand_matters_cost_no_more_queries_and_stay_a_page(bureau, coach, at_coach, count_queries):
    people = [PersonFactory.build(bureau=bureau, coach=coach, call_back_on=TODAY()) for _ in range(1000)]
    type(people[0]).objects.bulk_create(people)
    assert count_queries(lambda: at_coach.get(url("today"))) <= MOST_QUERIES
    response = at_coach.get(url("today"))
    assert len(response.content) < 60_000
    assert "Nog 992: toon ze allemaal" in text_of(response)


def test_a_colleagues_people_stay_off_the_own_day(bureau, at_coach):
    other = PersonFactory(bureau=bureau, call_back_on=TODAY())
    assert other.first_name not in text_of(at_coach.get(url("today")))
    assert other.first_name in text_of(at_coach.get(url("today") + "?van=alle"))


def test_a_connector_cannot_ask_for_the_whole_bureau(bureau, connector, sign_in):
    other = PersonFactory(bureau=bureau, call_back_on=TODAY())
    assert other.first_name not in text_of(sign_in(connector).get(url("today") + "?van=alle"))


def test_a_reason_that_is_not_right_stands_on_the_day(own, sign_in, at_coach):
    match = own(MatchFactory)
    as_candidate(sign_in, match).post(url("my_proposal_not_right", match.pk), {"words": "Ik heb geen fiets"})
    assert "Een reden klopt niet" in text_of(at_coach.get(url("today")))


# lists


@pytest.mark.parametrize("count", [3, 60])
@pytest.mark.parametrize("name", ["match_list", "introductions", "placement_list"])
def test_lists_cost_the_same_at_any_length(bureau, coach, at_coach, count_queries, name, count):
    for _ in range(count):
        person = PersonFactory(bureau=bureau, coach=coach)
        MeetingFactory(match__bureau=bureau, match__candidate=person)
        StepFactory(placement__bureau=bureau, placement__candidate=person)
    for extra in ("", "?weergave=lijst") if name == "match_list" else ("",):
        assert count_queries(lambda extra=extra: at_coach.get(url(name) + extra)) <= MOST_QUERIES
        assert len(at_coach.get(url(name) + extra).content) < 60_000


def test_the_board_has_each_match_in_its_column(own, at_coach):
    match = agree(own(MatchFactory))
    columns = at_coach.get(url("match_list")).context["columns"]
    assert [column["state"] for column in columns if column["total"]] == ["candidate_agreed"]
    assert match.candidate.short_name in text_of(at_coach.get(url("match_list")))


def test_the_list_filters_by_name_and_state(own, at_coach):
    wanted, other = own(MatchFactory), own(MatchFactory)
    agree(other)
    page = text_of(at_coach.get(url("match_list"), {"weergave": "lijst", "stand": "proposed"}))
    assert wanted.candidate.first_name in page
    assert other.candidate.first_name not in page
    type(other.position).objects.filter(pk=other.position_id).update(title="Orgels stemmen")
    page = text_of(at_coach.get(url("match_list"), {"weergave": "lijst", "q": "orgels"}))
    assert other.candidate.first_name in page
    assert wanted.candidate.first_name not in page


@pytest.mark.parametrize(
    "query", ["?stand=onzin&van=niemand&page=x", "?q=%00%27%3B--", "?weergave=%F0%9F%A6%86"]
)
def test_odd_filters_are_no_trouble(at_coach, query):
    for name in ("match_list", "placement_list", "introductions", "today"):
        assert at_coach.get(url(name) + query).status_code == 200


def test_placements_show_where_the_end_is_near(own, at_coach):
    own(WorkingFactory, ends_on=TODAY() + timedelta(days=10))
    later = own(WorkingFactory, ends_on=TODAY() + timedelta(days=100))
    page = text_of(at_coach.get(url("placement_list"), {"stand": "einde"}))
    assert "einde in zicht" in page
    assert later.candidate.first_name not in page


# a match from proposal to work


def test_reading_a_match_is_on_record(own, coach, at_coach):
    match = own(MatchFactory)
    at_coach.get(url("match", match.pk))
    assert Reading.objects.filter(
        candidate_id=match.candidate_id, actor_id=coach.pk, what="proposal"
    ).exists()


@pytest.mark.parametrize("state", MatchState)
def test_a_match_reads_well_in_every_state(own, at_coach, state):
    match = own(MatchFactory, state=state, declined_by="candidate", decline_reason="tasks")
    IntroductionFactory(match=match)
    assert at_coach.get(url("match", match.pk)).status_code == 200


def test_proposing_from_the_side_by_side_page_leads_to_the_match(bureau, coach, at_coach):
    person, work = PersonFactory(bureau=bureau, coach=coach), WorkFactory(bureau=bureau)
    data = {
        "candidate": person.pk,
        "position": work.pk,
        "note": "Past",
        "once": "1f0c27f4-1b39-4c4c-9d0a-0c2e4c5a9f11",
    }
    first = at_coach.post(url("propose"), data)
    match = Match.objects.get()
    assert first["Location"] == at_coach.post(url("propose"), data)["Location"] == url("match", match.pk)
    assert (match.note, match.proposed_by) == ("Past", coach)


def test_a_double_proposal_leads_to_the_first_with_a_message(own, at_coach):
    match = own(MatchFactory)
    data = {"candidate": match.candidate_id, "position": match.position_id}
    page = text_of(at_coach.post(url("propose"), data, follow=True))
    assert "al voorgesteld" in page
    assert match.position.title in page


def test_a_refused_proposal_comes_back_with_what_was_typed(bureau, coach, at_coach):
    person = PersonFactory(bureau=bureau, coach=coach)
    IntakeFactory(candidate=person, hours_now=2, hours_wished=2)
    work = WorkFactory(bureau=bureau, hours_min=16)
    response = at_coach.post(
        url("propose"), {"candidate": person.pk, "position": work.pk, "note": "Ik ken haar goed"}
    )
    assert response.status_code == 409
    assert "Ik ken haar goed" in text_of(response)
    assert not Match.objects.exists()


def test_the_coach_notes_a_yes_and_sees_what_the_employer_will_see(own, at_coach):
    match = own(MatchFactory)
    IntakeFactory(candidate=match.candidate)
    at_coach.post(url("match_answer", match.pk), {"agrees": "yes", "share": ["hours"], "note": "Graag"})
    page = text_of(at_coach.get(url("match_introduce", match.pk)))
    assert "8 uur per week" in page
    assert match.candidate.phone not in page
    assert match.candidate.last_name not in page.split("Dit ziet de werkgever")[1]
    ContactFactory(employer=match.employer)
    at_coach.post(url("match_introduce", match.pk))
    assert Introduction.objects.get(match=match).shared == {"hours": "8 uur per week, later 16 uur per week"}


def test_a_no_without_a_reason_says_what_to_do_and_keeps_the_words(own, at_coach):
    match = own(MatchFactory)
    page = text_of(at_coach.post(url("match_answer", match.pk), {"agrees": "no", "note": "Liever niet"}))
    assert "Kies bij nee een reden" in page
    assert "Liever niet" in page


def test_planning_recording_and_placing_lead_to_the_placement(own, at_coach):
    introduction = IntroductionFactory(match=own(MatchFactory, state=MatchState.INTRODUCED))
    match = introduction.match
    soon = timezone.localtime() + timedelta(days=2)
    at_coach.post(
        url("meeting_plan", match.pk),
        {
            "day": f"{soon:%Y-%m-%d}",
            "time": "10:30",
            "minutes": "45",
            "place": "Buurthuis",
            "companion": "Noor",
            "confirmed": "1",
        },
    )
    introduction.refresh_from_db()
    assert f"{timezone.localtime(introduction.starts_at):%H:%M}" == "10:30"
    assert at_coach.get(url("meeting_calendar", match.pk))["Content-Type"].startswith("text/calendar")
    Introduction.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    at_coach.post(
        url("meeting_record", match.pk), {"outcome_candidate": "Fijn", "outcome_employer": "Welkom"}
    )
    response = at_coach.post(
        url("match_place", match.pk), {"form": "work_experience", "starts_on": f"{TODAY()}", "hours": "7,5"}
    )
    placement = Placement.objects.get(match=match)
    assert response["Location"] == url("placement", placement.pk)
    assert placement.hours_steps.get().hours == Decimal("7.5")


def test_placing_on_a_full_position_is_said_on_the_form(own, at_coach, bureau):
    match = own(MatchFactory, state=MatchState.MET)
    WorkingFactory(bureau=bureau, position=match.position)
    WorkingFactory(bureau=bureau, position=match.position)
    data = {
        "form": "work_experience",
        "starts_on": f"{TODAY()}",
        "hours": "8",
        "supervisor": "Sam van de vloer",
    }
    page = text_of(at_coach.post(url("match_place", match.pk), data))
    assert "bezet" in page
    assert "Sam van de vloer" in page


def test_paid_work_asks_its_questions_beside_the_fields(own, at_coach):
    match = own(MatchFactory, state=MatchState.MET)
    page = text_of(
        at_coach.post(
            url("match_place", match.pk), {"form": "regular_job", "starts_on": f"{TODAY()}", "hours": "8"}
        )
    )
    assert "Vul in wie de werkgever op papier is." in page
    assert "Vul de datum van het contract in." in page


def test_stopping_needs_a_reason_and_a_mistake_does_not(own, at_coach):
    match = own(MatchFactory)
    assert "Kies een reden" in text_of(at_coach.post(url("match_stop", match.pk), {"who": "bureau"}))
    at_coach.post(url("match_stop", match.pk), {"who": "withdraw"})
    match.refresh_from_db()
    assert match.state == MatchState.WITHDRAWN


def test_a_step_that_is_no_longer_possible_gets_a_page_that_says_so(own, at_coach):
    match = own(MatchFactory)
    response = at_coach.post(url("match_introduce", match.pk))
    assert response.status_code == 409
    assert "Voorgesteld aan kandidaat" in text_of(response)


def test_a_connector_reads_and_is_told_who_acts(bureau, connector, sign_in):
    match = MatchFactory(bureau=bureau, candidate=PersonFactory(bureau=bureau, connector=connector))
    client = sign_in(connector)
    assert "Noteer antwoord" not in text_of(client.get(url("match", match.pk)))
    assert client.post(url("match_answer", match.pk), {"agrees": "yes"}).status_code == 403


def test_a_failed_message_is_sent_again_from_the_match(own, at_coach):
    message = MessageFactory(match=own(MatchFactory), state="failed")
    assert "Verstuur opnieuw" in text_of(at_coach.get(url("match", message.match_id)))
    at_coach.post(url("message_again", message.pk))
    message.refresh_from_db()
    assert message.state in ("waiting", "sent")


# placements


def test_other_hours_can_be_undone_from_the_message(own, at_coach):
    placement = StepFactory(placement=own(WorkingFactory)).placement
    data = {"hours": "12,5", "starts": f"{TODAY()}", "reason": "Het gaat goed"}
    page = text_of(at_coach.post(url("hours_new", placement.pk), data, follow=True))
    change = placement.changes.get()
    assert url("change_undo", change.pk) in page
    at_coach.post(url("change_undo", change.pk))
    assert placement.hours_steps.count() == 1


def test_hours_before_the_start_are_refused_on_the_form(own, at_coach):
    placement = StepFactory(placement=own(WorkingFactory)).placement
    data = {"hours": "12", "starts": f"{placement.starts_on - timedelta(days=1)}", "reason": "vroeger"}
    page = text_of(at_coach.post(url("hours_new", placement.pk), data))
    assert "Het werk begon op" in page
    assert "vroeger" in page


def test_the_staircase_stands_with_its_table(own, at_coach):
    placement = StepFactory(placement=own(WorkingFactory), hours=Decimal("7.5")).placement
    page = text_of(at_coach.get(url("placement", placement.pk)))
    assert "<svg" in page
    assert "7,5" in page


def test_a_check_in_is_written_down(own, at_coach):
    check = CheckInFactory(placement=own(WorkingFactory))
    data = {"mood": "mixed", "candidate_words": "Wisselend", "done_on": f"{TODAY()}"}
    at_coach.post(url("check_in", check.pk), data)
    check.refresh_from_db()
    assert (check.mood, check.candidate_words) == ("mixed", "Wisselend")


def test_rounding_off_asks_why_and_where_to(own, at_coach):
    placement = own(WorkingFactory)
    data = {"last_day": f"{TODAY()}", "reason": "contract", "destination": "regular_job"}
    at_coach.post(url("placement_end", placement.pk), data)
    placement.refresh_from_db()
    assert (placement.ended_on, placement.destination) == (TODAY(), "regular_job")
    early = {**data, "last_day": f"{placement.starts_on - timedelta(days=1)}"}
    assert "laatste dag" in text_of(at_coach.post(url("placement_end", placement.pk), early)).lower()


# the candidate


def test_the_note_on_my_proposal_is_signed_by_who_wrote_it(bureau, manager, sign_in):
    match = MatchFactory(bureau=bureau, note="Dit past bij je", proposed_by=manager)
    page = text_of(as_candidate(sign_in, match).get(url("my_proposal", match.pk)))
    signed = page.split("Dit past bij je")[1].split("</p>")[0]
    assert str(manager.user) in signed
    assert str(match.candidate.coach.user) not in signed


def test_my_proposal_says_why_and_what_would_be_shared(bureau, sign_in):
    match = MatchFactory(bureau=bureau)
    IntakeFactory(candidate=match.candidate)
    page = text_of(as_candidate(sign_in, match).get(url("my_proposal", match.pk)))
    assert match.candidate.phone in page
    assert 'value="phone" id="deel-phone">' in page, "the telephone number is not ticked beforehand"
    assert 'value="hours" id="deel-hours" checked>' in page


def test_my_yes_shares_only_what_i_ticked(bureau, sign_in):
    match = MatchFactory(bureau=bureau)
    IntakeFactory(candidate=match.candidate)
    client = as_candidate(sign_in, match)
    client.post(url("my_proposal", match.pk), {"answer": "yes", "share": ["hours"]})
    match.refresh_from_db()
    assert (match.state, match.share) == (MatchState.CANDIDATE_AGREED, ["hours"])
    assert client.post(url("my_proposal", match.pk), {"answer": "yes"}).status_code == 409


def test_my_no_needs_a_reason_from_the_list(bureau, sign_in):
    match = MatchFactory(bureau=bureau)
    client = as_candidate(sign_in, match)
    assert "Kies wat het beste past." in text_of(client.post(url("my_proposal", match.pk), {"answer": "no"}))
    client.post(url("my_proposal", match.pk), {"answer": "no", "reason": "timing", "note": "Eerst vakantie"})
    match.refresh_from_db()
    assert (match.state, match.decline_note) == (MatchState.DECLINED, "Eerst vakantie")


def test_i_can_stop_later_and_the_employer_sees_nothing_more(bureau, sign_in):
    introduction = IntroductionFactory(match__bureau=bureau)
    employer = as_employer(sign_in, introduction.employer)
    assert employer.get(url("my_introduction", introduction.pk)).status_code == 200
    as_candidate(sign_in, introduction.match).post(url("my_proposal_stop", introduction.match_id))
    assert employer.get(url("my_introduction", introduction.pk)).status_code == 404
    assert introduction.candidate.first_name not in text_of(employer.get(url("my_introductions")))


@pytest.mark.parametrize("state", MatchState)
def test_my_pages_read_well_in_every_state(bureau, sign_in, state):
    match = MatchFactory(bureau=bureau, state=state, declined_by="employer", decline_reason="filled")
    if state in (MatchState.INTRODUCED, MatchState.MEETING_PLANNED, MatchState.MET, MatchState.PLACED):
        MeetingFactory(match=match)
    client = as_candidate(sign_in, match)
    assert client.get(url("my_proposals")).status_code == 200
    assert client.get(url("my_proposal", match.pk)).status_code == 200


def test_my_work_shows_my_hours_and_asks_how_it_goes(bureau, sign_in):
    placement = StepFactory(placement__bureau=bureau).placement
    check = CheckInFactory(placement=placement)
    client = sign_in(MembershipFactory(role=Role.CANDIDATE, bureau=bureau, candidate=placement.candidate))
    page = text_of(client.get(url("my_work")))
    assert "8 uur per week" in page
    client.post(url("check_in_answer", check.pk), {"words": "Ik leer veel"})
    check.refresh_from_db()
    assert check.candidate_words == "Ik leer veel"


# the employer


def test_the_employer_sees_only_the_fields_that_were_agreed(bureau, sign_in):
    introduction = IntroductionFactory(match__bureau=bureau, shared={"hours": "8 uur per week"})
    page = text_of(as_employer(sign_in, introduction.employer).get(url("my_introduction", introduction.pk)))
    assert "8 uur per week" in page
    for hidden in (
        introduction.candidate.last_name,
        introduction.candidate.phone,
        introduction.candidate.email,
    ):
        assert hidden not in page
    assert Reading.objects.filter(candidate_id=introduction.candidate_id, what="introduction").exists()


def test_one_tap_is_a_yes(bureau, sign_in):
    introduction = IntroductionFactory(match__bureau=bureau)
    client = as_employer(sign_in, introduction.employer)
    client.post(url("my_introduction", introduction.pk), {"answer": "yes"})
    introduction.refresh_from_db()
    assert introduction.employer_answer == "yes"
    introduction.match.refresh_from_db()
    assert introduction.match.state == MatchState.INTRODUCED


def test_two_taps_on_yes_are_one_yes(bureau, sign_in):
    match = MatchFactory(bureau=bureau)
    client = as_candidate(sign_in, match)
    data = {"answer": "yes", "once": "7f0c27f4-1b39-4c4c-9d0a-0c2e4c5a9f11"}
    assert [client.post(url("my_proposal", match.pk), data).status_code for _ in range(2)] == [302, 302]
    assert match.events.filter(to_state=MatchState.CANDIDATE_AGREED).count() == 1


def test_not_now_needs_a_reason_and_ends_it(bureau, sign_in):
    introduction = IntroductionFactory(match__bureau=bureau)
    client = as_employer(sign_in, introduction.employer)
    assert "Kies wat het beste past." in text_of(
        client.post(url("my_introduction", introduction.pk), {"answer": "no"})
    )
    client.post(url("my_introduction", introduction.pk), {"answer": "no", "reason": "filled"})
    introduction.match.refresh_from_db()
    assert introduction.match.declined_by == "employer"


def test_the_employer_confirms_hours_once(bureau, sign_in):
    step = StepFactory(placement__bureau=bureau)
    client = as_employer(sign_in, step.employer)
    assert "De uren kloppen" in text_of(client.get(url("my_placements")))
    client.post(url("hours_confirm", step.placement_id))
    step.refresh_from_db()
    assert step.confirmed_at is not None
    assert "De uren kloppen" not in text_of(client.get(url("my_placements")))


def test_the_employer_reads_who_works_here_by_the_shared_name(bureau, sign_in):
    placement = StepFactory(placement__bureau=bureau).placement
    page = text_of(as_employer(sign_in, placement.employer).get(url("my_placements")))
    assert placement.shared_name in page
    assert placement.candidate.last_name not in page
