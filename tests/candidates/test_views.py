"""The pages: what works, who is turned away, what bad input gets, and what a page costs."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from candidates import services
from candidates.intake_steps import STEPS
from candidates.models import Candidate, Conversation, FileOpening, Intake, Measurement, SafetyRemark
from matching.models import HoursStep
from tests.candidates.factories import (
    CandidateFactory,
    ConversationFactory,
    IntakeFactory,
    OrganisationFactory,
)

MOST_BYTES = 60_000


def _url(name: str, *args: Any) -> str:
    return reverse(f"candidates:{name}", args=args)


def _text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def as_coach(coach: Any, sign_in: Any) -> Client:
    return sign_in(coach)


@pytest.fixture
def candidate(coach: Any) -> Candidate:
    return CandidateFactory(bureau=coach.bureau, coach=coach, first_name="Fatima", last_name="Benali")


MEETING = {"first_name": "Noor", "source": "walk_in", "record": "on", "language": "nl"}


# The first conversation


def test_a_first_conversation_with_a_first_name_and_a_yes(as_coach: Client, coach: Any) -> None:
    response = as_coach.post(_url("conversation_new"), MEETING)
    made = Candidate.objects.get()
    assert response.url == _url("file", made.pk)
    assert (made.first_name, made.last_name, made.phone, made.coach) == ("Noor", "", "", coach)


def test_the_same_post_twice_makes_one_file(as_coach: Client) -> None:
    post = {**MEETING, "once": str(uuid.uuid4())}
    urls = {as_coach.post(_url("conversation_new"), post).url for _time in range(2)}
    assert len(urls) == Candidate.objects.count() == 1


@pytest.mark.parametrize("name", ["أمينة", "美玲", "Łukasz-Jan", "O’Neill", "Zoë 🌻", "x" * 80])
def test_a_name_of_any_script_is_kept_as_typed(as_coach: Client, name: str) -> None:
    as_coach.post(_url("conversation_new"), {**MEETING, "first_name": name})
    assert Candidate.objects.get().first_name == name


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first_name": ""}, "Vul een voornaam of roepnaam in"),
        ({"first_name": "x" * 81}, "80"),
        ({"record": ""}, "Zonder ja bewaren we niets"),
        ({"phone": "bel me"}, "geen telefoonnummer"),
        ({"email": "geen adres"}, "e-mailadres"),
        ({"birth": "31-2-1990"}, "bestaat niet"),
        ({"birth": str(timezone.localdate().year - 10)}, "jongerenwerk"),
        ({"hopes": "a" * 4001}, "4000"),
        ({"source": "somewhere"}, "somewhere"),
        ({"source_organisation": "999999"}, "geldige keuze"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_nothing_is_lost(
    as_coach: Client, wrong: dict[str, str], said: str
) -> None:
    response = as_coach.post(_url("conversation_new"), {**MEETING, "hopes": "Iets met dieren", **wrong})
    assert response.status_code == 200
    page = _text(response)
    assert said in page
    assert wrong.get("hopes", "Iets met dieren") in page
    assert not Candidate.objects.exists()


def test_a_megabyte_of_text_gets_an_answer(as_coach: Client) -> None:
    response = as_coach.post(_url("conversation_new"), {**MEETING, "hopes": "woord " * 170_000})
    assert "4000" in _text(response)


def test_an_organisation_of_another_bureau_cannot_be_chosen(as_coach: Client, other_bureau: Any) -> None:
    other = OrganisationFactory(bureau=other_bureau)
    post = {**MEETING, "source": "organisation", "source_organisation": other.pk}
    assert as_coach.post(_url("conversation_new"), post).status_code == 200
    assert not Candidate.objects.exists()


def test_a_possible_double_is_shown_before_a_second_file_is_made(
    as_coach: Client, coach: Any, member: Any
) -> None:
    held = CandidateFactory(
        bureau=coach.bureau, coach=member(Role.COACH), first_name="Noor", last_name="Bakker"
    )
    post = {**MEETING, "last_name": "Bakker"}
    page = _text(as_coach.post(_url("conversation_new"), post))
    assert "Kennen we deze persoon al?" in page
    assert _url("open_with_reason", held.pk) in page
    assert str(held.coach.user) in page
    assert Candidate.objects.count() == 1
    as_coach.post(_url("conversation_new"), {**post, "anyway": "1"})
    assert Candidate.objects.count() == 2


def test_doubles_show_while_typing(as_coach: Client, candidate: Candidate) -> None:
    page = _text(as_coach.post(_url("doubles"), {"first_name": "Fatima", "last_name": "Benal"}))
    assert _url("file", candidate.pk) in page
    assert "Ga toch door" not in page
    assert "Benali" not in _text(as_coach.post(_url("doubles"), {"first_name": "", "phone": "???"}))


# List and board


def test_a_colleagues_people_show_a_name_and_a_holder_and_nothing_else(
    as_coach: Client, coach: Any, member: Any
) -> None:
    hers = CandidateFactory(
        bureau=coach.bureau, coach=member(Role.COACH), first_name="Geheim", phone="+31612345678", stage="paused",
        call_back_on=timezone.localdate(),
    )  # fmt: skip
    assert "Geheim" not in _text(as_coach.get(_url("caseload")))
    page = _text(as_coach.get(_url("caseload"), {"bereik": "bureau"}))
    assert "Geheim" in page
    assert str(hers.coach.user) in page
    assert f'"{_url("file", hers.pk)}"' not in page
    for hidden in ("Pauze", "12345678", "bel vandaag"):
        assert hidden not in page
    found = as_coach.get(_url("caseload"), {"bereik": "bureau", "fase": "working", "stil": "90"})
    assert "Geheim" in _text(found), "a filter on what may not be known must not filter"


def test_the_address_holds_the_choices(as_coach: Client, coach: Any) -> None:
    CandidateFactory(bureau=coach.bureau, coach=coach, first_name="Anna", stage="searching")
    CandidateFactory(bureau=coach.bureau, coach=coach, first_name="Bram", stage="met")
    page = _text(as_coach.get(_url("caseload"), {"fase": "searching", "q": "an"}))
    assert "Anna" in page
    assert "Bram" not in page


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=99999999999", "page=x", "fase=nee", "wie=abc", "sort=;drop", "stil=1e9"],
)
def test_a_damaged_address_still_shows_a_list(as_coach: Client, candidate: Candidate, query: str) -> None:
    assert as_coach.get(f"{_url('caseload')}?{query}").status_code == 200


def test_the_header_searches_the_bureau(as_coach: Client, candidate: Candidate) -> None:
    response = as_coach.get(_url("search"), {"q": "fatima"}, follow=True)
    assert "Benali" in _text(response)


def test_a_card_moves_with_a_button(as_coach: Client, candidate: Candidate) -> None:
    response = as_coach.post(_url("board_move"), {"move": f"{candidate.pk}:met:intake"}, follow=True)
    candidate.refresh_from_db()
    assert candidate.stage == "intake"
    assert "Fatima B. staat nu op “Intake”" in _text(response)


@pytest.mark.parametrize("move", ["", "x:y:z", "1:met:nowhere", "99999999999999999999:met:intake", "::"])
def test_a_move_nobody_offered_changes_nothing(as_coach: Client, candidate: Candidate, move: str) -> None:
    assert as_coach.post(_url("board_move"), {"move": move}, follow=True).status_code in (200, 404)
    candidate.refresh_from_db()
    assert candidate.stage == "met"


def test_filters_go_along_from_the_list_to_the_board_and_back(as_coach: Client) -> None:
    for page in ("candidates:caseload", "candidates:board"):
        html = as_coach.get(reverse(page), {"stil": "60"}).content.decode()
        assert f"{reverse('candidates:caseload')}?stil=60" in html
        assert f"{reverse('candidates:board')}?stil=60" in html


def test_a_stale_board_says_so(as_coach: Client, candidate: Candidate) -> None:
    Candidate.objects.filter(pk=candidate.pk).update(stage="working")
    page = _text(as_coach.post(_url("board_move"), {"move": f"{candidate.pk}:met:intake"}, follow=True))
    assert "staat intussen op “Aan het werk”" in page


# The file


def test_opening_a_file_is_written_down(as_coach: Client, coach: Any, candidate: Candidate) -> None:
    as_coach.get(_url("file", candidate.pk))
    line = Reading.objects.get()
    assert (line.actor_id, line.candidate_id, line.what, line.role) == (
        coach.pk,
        candidate.pk,
        "file",
        "coach",
    )


def test_a_colleagues_file_opens_with_a_reason_for_a_day(as_coach: Client, coach: Any, member: Any) -> None:
    hers = CandidateFactory(bureau=coach.bureau, coach=member(Role.COACH))
    assert as_coach.get(_url("file", hers.pk)).status_code == 404
    assert as_coach.post(_url("open_with_reason", hers.pk), {"reason": ""}).status_code == 200
    response = as_coach.post(_url("open_with_reason", hers.pk), {"reason": "Zij belde mij"})
    assert response.url == _url("file", hers.pk)
    assert as_coach.get(response.url).status_code == 200
    assert Reading.objects.get(what="file").reason == "Zij belde mij"
    FileOpening.objects.update(until=timezone.now())
    assert as_coach.get(response.url).status_code == 404


def test_a_connector_reads_a_colleagues_opened_file_and_writes_nothing(
    connector: Any, coach: Any, sign_in: Any
) -> None:
    hers = CandidateFactory(bureau=connector.bureau, coach=coach)
    services.open_with_reason(candidate=hers, reason="x", by=connector)
    client = sign_in(connector)
    assert client.get(_url("file", hers.pk)).status_code == 200
    for name in ("conversation_add", "details_edit", "stage_change", "assign", "close", "candidate_link"):
        assert client.get(_url(name, hers.pk)).status_code == 403, name


def test_who_opened_with_a_reason_does_not_hand_over(as_coach: Client, coach: Any, member: Any) -> None:
    hers = CandidateFactory(bureau=coach.bureau, coach=member(Role.COACH))
    services.open_with_reason(candidate=hers, reason="x", by=coach)
    assert as_coach.get(_url("assign", hers.pk)).status_code == 403


@pytest.mark.parametrize("role", [Role.CONNECTOR, Role.MANAGER])
def test_people_to_avoid_stay_with_the_coach(
    role: Role, candidate: Candidate, member: Any, sign_in: Any, as_coach: Client
) -> None:
    other = member(role)
    Candidate.objects.filter(pk=candidate.pk).update(connector=other if role == Role.CONNECTOR else None)
    SafetyRemark.objects.create(bureau=candidate.bureau, candidate=candidate, text="Liever niet daar")
    IntakeFactory(candidate=candidate)
    assert "Liever niet daar" in _text(as_coach.get(_url("file", candidate.pk)))
    assert "Liever niet daar" not in _text(sign_in(other).get(_url("file", candidate.pk)))
    assert sign_in(other).get(_url("intake_step", candidate.pk, "vermijden")).status_code == 404


def test_the_timeline_comes_in_parts(as_coach: Client, candidate: Candidate) -> None:
    for n in range(25):
        ConversationFactory(candidate=candidate, text=f"gesprek nummer {n}")
    part = as_coach.get(
        _url("timeline_page", candidate.pk),
        {"page": "2", "soort": "gesprekken"},
        headers={"HX-Request": "true"},
    )
    assert _text(part).count("gesprek nummer") == 5
    assert "<html" not in _text(part)
    whole = _text(as_coach.get(_url("timeline_page", candidate.pk), {"soort": "bestaat niet", "page": "x"}))
    assert whole.count("gesprek nummer") == 20


@pytest.mark.parametrize("name", ["file", "intake", "details_edit", "timeline_page", "candidate_link"])
@pytest.mark.parametrize("pk", [0, 999_999, 10**15, 10**30])
def test_an_id_of_nobody_is_not_found(as_coach: Client, name: str, pk: int) -> None:
    assert as_coach.get(_url(name, pk)).status_code == 404


# The acts


def test_a_conversation_is_noted(as_coach: Client, coach: Any, candidate: Candidate) -> None:
    day = timezone.localdate() - timedelta(days=1)
    post = {"kind": "phone", "text": "Alles goed", "held_on": day.isoformat(), "minutes": "15"}
    assert as_coach.post(_url("conversation_add", candidate.pk), post).url == _url("file", candidate.pk)
    note = Conversation.objects.get()
    assert (note.kind, note.minutes, note.held_on, note.by) == ("phone", 15, day, coach)


def test_a_conversation_of_tomorrow_is_refused_beside_the_field(
    as_coach: Client, candidate: Candidate
) -> None:
    day = timezone.localdate() + timedelta(days=1)
    response = as_coach.post(
        _url("conversation_add", candidate.pk), {"kind": "visit", "text": "x", "held_on": day.isoformat()}
    )
    assert "Deze dag moet nog komen" in _text(response)
    assert not Conversation.objects.exists()


def test_details_keep_what_was_not_touched(as_coach: Client, candidate: Candidate) -> None:
    Candidate.objects.filter(pk=candidate.pk).update(birth_year=1980, phone="+31612345678", postcode="2531AB")
    page = as_coach.get(_url("details_edit", candidate.pk))
    form = page.context["form"]
    post = {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}
    response = as_coach.post(
        _url("details_edit", candidate.pk), {**post, "last_name": "Ünal", "postcode": "2531 cd"}
    )
    assert response.status_code == 302, response.context["form"].errors
    candidate.refresh_from_db()
    assert (candidate.search_name, candidate.postcode) == ("fatima unal", "2531CD")
    assert (candidate.birth_year, candidate.phone) == (1980, "+31612345678")


def test_stage_close_and_reopen(as_coach: Client, candidate: Candidate) -> None:
    as_coach.post(
        _url("stage_change", candidate.pk), {"to": "paused", "note": "Even rust", "expected": "met"}
    )
    candidate.refresh_from_db()
    assert candidate.stage == "paused"
    as_coach.post(_url("close", candidate.pk), {"reason": "Verhuisd"})
    candidate.refresh_from_db()
    assert candidate.is_closed
    assert "Verhuisd" in _text(as_coach.get(_url("file", candidate.pk)))
    as_coach.post(_url("reopen", candidate.pk), {"to": "searching"})
    candidate.refresh_from_db()
    assert candidate.stage == "searching"


def test_what_cannot_be_done_now_is_told_in_the_form(as_coach: Client, candidate: Candidate) -> None:
    response = as_coach.post(_url("stage_change", candidate.pk), {"to": "paused", "expected": "searching"})
    assert response.status_code == 200
    assert "staat intussen op" in _text(response)


def test_who_gives_somebody_away_lands_on_the_list(
    as_coach: Client, candidate: Candidate, member: Any
) -> None:
    other = member(Role.COACH)
    response = as_coach.post(_url("assign", candidate.pk), {"coach": other.pk}, follow=True)
    assert response.redirect_chain[0][0] == _url("caseload")
    candidate.refresh_from_db()
    assert candidate.coach == other


def test_a_measurement_asks_first_and_confirms_then(as_coach: Client, candidate: Candidate) -> None:
    answers = {"paid": "no", "support": "no", "unpaid": "yes", "activities": "no", "contacts": "yes"}
    page = as_coach.post(_url("measurement_add", candidate.pk), answers)
    assert page.context["form"].suggested == 4
    assert not Measurement.objects.exists()
    day = timezone.localdate().isoformat()
    again = as_coach.post(_url("measurement_add", candidate.pk), {**answers, "rung": "2", "on": day})
    assert "Schrijf op waarom" in _text(again)
    as_coach.post(
        _url("measurement_add", candidate.pk), {**answers, "rung": "4", "grow_supported": "yes", "on": day}
    )
    kept = Measurement.objects.get()
    assert (kept.rung, kept.potential, kept.answers["unpaid"], kept.answers["suggested"]) == (
        4,
        5,
        "yes",
        "4",
    )


def test_unanswered_questions_of_the_ladder_are_asked_again(as_coach: Client, candidate: Candidate) -> None:
    page = _text(as_coach.post(_url("measurement_add", candidate.pk), {"paid": "yes", "rung": "6"}))
    assert "Kies ja of nee" in page
    assert not Measurement.objects.exists()


def test_consent_on_and_off(as_coach: Client, candidate: Candidate) -> None:
    as_coach.post(_url("consent_give", candidate.pk), {"purpose": "story"})
    held = candidate.consents.get()
    as_coach.post(_url("consent_withdraw", candidate.pk, held.pk))
    held.refresh_from_db()
    assert held.withdrawn_at
    assert (
        as_coach.post(_url("consent_give", candidate.pk), {"purpose": "share_with_employer"}).status_code
        == 409
    )


def test_the_link_shows_once_with_a_code_to_scan(
    as_coach: Client, candidate: Candidate, client: Client
) -> None:
    here = _url("candidate_link", candidate.pk)
    assert as_coach.post(here).url == here
    shown = as_coach.get(here)
    assert shown["Cache-Control"] == "no-store"
    address = shown.context["address"]
    assert "<svg" in _text(shown)
    assert not as_coach.get(here).context["address"]
    path = "/" + address.split("/", 3)[3]
    response = client.post(path)
    assert response.url == _url("my_file")
    assert "Hallo Fatima" in _text(client.get(response.url))


# The intake

ANSWERS: dict[str, dict[str, Any]] = {
    "dromen": {"dreams": "Een eigen tuin", "note": "Kwam met haar zus"},
    "talenten": {"talents_claimed_unknown": "1", "talents_shown": []},
    "taken": {"tasks_liked_unknown": "1", "tasks_to_learn_unknown": "1", "tasks_rather_not_unknown": "1"},
    "uren": {"hours_now": "8,5", "hours_wished": "", "dayparts": ["0", "4"]},
    "nodig": {},
    "reizen": {"means": ["bike"], "travel_minutes": "30", "wants_own_area": "no", "postcode": "2531 ab"},
    "talen": {"dutch_level": "2", "languages_unknown": "1", "digital_level": ""},
    "begeleiding": {"guidance_needed": "0", "forms_accepted": ["volunteering"]},
}


def test_the_whole_intake_step_by_step(as_coach: Client, candidate: Candidate) -> None:
    for slug, answer in ANSWERS.items():
        url = _url("intake_step", candidate.pk, slug)
        assert as_coach.get(url).status_code == 200
        response = as_coach.post(url, answer)
        assert response.status_code == 302, (slug, response.context["form"].errors)
        assert as_coach.get(response.url).status_code == 200
    kept = Intake.objects.get()
    assert (kept.hours_now, kept.hours_wished, kept.dayparts) == (8.5, None, 0b10001)
    assert (kept.talents_claimed, kept.talents_shown, kept.conditions_needed) == (None, [], [])
    assert (kept.wants_own_area, kept.guidance_needed, kept.digital_level) == (False, 0, None)
    assert kept.notes == {"dromen": "Kwam met haar zus"}
    candidate.refresh_from_db()
    assert (candidate.stage, candidate.postcode) == ("intake", "2531AB")


@pytest.mark.parametrize("step", STEPS)
def test_each_step_shows_what_was_answered(step: Any, as_coach: Client, world: Any, sign_in: Any) -> None:
    client = sign_in(world.members[Role.COACH])
    Intake.objects.update(languages=["ar"], talents_shown=[1])
    assert client.get(_url("intake_step", world.candidate.pk, step.slug)).status_code == 200


@pytest.mark.parametrize(
    ("slug", "wrong", "said"),
    [
        ("uren", {"hours_now": "acht", "dayparts_unknown": "1"}, "Schrijf de uren als getal"),
        ("uren", {"hours_now": "41", "dayparts_unknown": "1"}, "40"),
        ("uren", {"hours_now": "8,3", "dayparts_unknown": "1"}, "half uur"),
        ("uren", {"dayparts": ["77"]}, "kennen we niet"),
        ("reizen", {"means": ["raket"]}, "raket"),
        ("reizen", {"postcode": "geen"}, "vier cijfers"),
        ("talenten", {"talents_shown": ["999999"]}, "999999"),
        ("dromen", {"dreams": "a" * 4001}, "4000"),
    ],
)
def test_a_step_says_what_is_wrong(
    as_coach: Client, candidate: Candidate, slug: str, wrong: dict[str, Any], said: str
) -> None:
    response = as_coach.post(_url("intake_step", candidate.pk, slug), {**wrong, "note": "blijft staan"})
    assert response.status_code == 200
    assert said in _text(response)
    assert "blijft staan" in _text(response)
    assert not Intake.objects.exists()


def test_save_and_stop_leads_to_the_overview(as_coach: Client, candidate: Candidate) -> None:
    response = as_coach.post(_url("intake_step", candidate.pk, "dromen"), {"dreams": "x", "stop": "1"})
    assert response.url == _url("intake", candidate.pk)


def test_the_summary_is_approved_with_a_name(as_coach: Client, candidate: Candidate) -> None:
    IntakeFactory(candidate=candidate, dreams="Een eigen tuin")
    url = _url("intake_step", candidate.pk, "samenvatting")
    assert "Mijn droom: Een eigen tuin." in _text(as_coach.get(url))
    assert "Er staat nog geen naam onder" in _text(as_coach.post(url, {"text": "Ik ben Fatima.", "name": ""}))
    as_coach.post(url, {"text": "Ik ben Fatima.", "name": "Fatima", "start_search": "on"})
    candidate.refresh_from_db()
    assert candidate.stage == "searching"
    assert candidate.intake.summary == "Ik ben Fatima."


def test_a_person_to_avoid_is_added_and_removed(as_coach: Client, candidate: Candidate) -> None:
    url = _url("intake_step", candidate.pk, "vermijden")
    as_coach.post(url, {"text": "Liever niet"})
    remark = SafetyRemark.objects.get()
    assert "Liever niet" in _text(as_coach.get(url))
    as_coach.post(_url("safety_remove", candidate.pk, remark.pk))
    assert not SafetyRemark.objects.exists()


# The candidate's own page


def test_i_read_my_file_and_who_looked(world: Any, sign_in: Any) -> None:
    sign_in(world.members[Role.COACH]).get(_url("file", world.candidate.pk))
    me = sign_in(world.members[Role.CANDIDATE])
    assert "Iets met fietsen" in _text(me.get(_url("my_file")))
    page = _text(me.get(_url("my_readings")))
    assert str(world.members[Role.COACH].user) in page
    assert "je dossier" in page


def test_i_take_back_and_give_again(world: Any, sign_in: Any) -> None:
    me = sign_in(world.members[Role.CANDIDATE])
    withdrawn = me.post(_url("my_consent_withdraw", world.consent.pk))
    assert withdrawn["Location"] == _url("leave"), "without it nothing may be kept"
    me.post(_url("my_consent_give"), {"purpose": "record"})
    assert world.candidate.consents.in_force().get().purpose == "record"


def test_another_persons_consent_is_not_mine(world: Any, other_world: Any, sign_in: Any) -> None:
    me = sign_in(world.members[Role.CANDIDATE])
    neighbour = CandidateFactory(bureau=world.bureau)
    theirs = services.give_consent(candidate=neighbour, purpose="story", by=world.members[Role.COACH])
    for consent in (theirs, other_world.consent):
        assert me.post(_url("my_consent_withdraw", consent.pk)).status_code == 404


# What a page costs


SCOPE_STATEMENTS = 2
"""A request says twice who it is; inside a test's own transaction the scope takes more statements."""


def _statements(act: Any) -> int:
    """What a page asks of the database, apart from saying who asks."""
    with CaptureQueriesContext(connection) as captured:
        act()
    own = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT coalesce(current_setting")
    return len([query for query in captured if not query["sql"].startswith(own)])


def _people(bureau: Any, coach: Any, count: int) -> None:
    CandidateFactory.create_batch(count, bureau=bureau, coach=coach)


def test_a_list_costs_the_same_at_5_and_500(
    coach: Any, manager: Any, sign_in: Any, count_queries: Any
) -> None:
    lists = [
        (sign_in(who), _url(name) + query)
        for who in (coach, manager)
        for name, query in (("caseload", ""), ("caseload", "?bereik=bureau"), ("board", ""))
    ]

    def costs() -> list[int]:
        for client, url in lists:
            client.get(url)
        return [count_queries(lambda: client.get(url)) for client, url in lists]  # noqa: B023

    _people(coach.bureau, coach, 5)
    few = costs()
    _people(coach.bureau, coach, 495)
    assert few == costs()
    assert max(few) <= 12
    assert max(len(client.get(url).content) for client, url in lists) < MOST_BYTES


def test_a_file_with_200_happenings_takes_15_queries(world: Any, sign_in: Any, count_queries: Any) -> None:
    coach = world.members[Role.COACH]
    Conversation.objects.bulk_create(
        Conversation(bureau=world.bureau, candidate=world.candidate, text=f"gesprek {n}", by=coach)
        for n in range(200)
    )
    for days in range(10):
        services.add_measurement(
            candidate=world.candidate, rung=3, by=coach, on=timezone.localdate() - timedelta(days=days)
        )
    HoursStep.objects.all().delete()
    start = world.placement.starts_on
    for n in range(10):
        HoursStep.objects.create(
            bureau=world.bureau, placement=world.placement, candidate=world.candidate, employer=world.employer,
            hours=8 + n, during=DateRange(start + timedelta(days=n), start + timedelta(days=n + 1)),
        )  # fmt: skip
    world.intake.talents_shown = [1, 2]
    world.intake.save()
    for role in (Role.COACH, Role.MANAGER, Role.CONNECTOR):
        client = sign_in(world.members[role])
        assert (
            _statements(lambda c=client: c.get(_url("file", world.candidate.pk))) <= 15 - SCOPE_STATEMENTS
        ), role


def test_a_file_without_a_holder_asks_the_manager_to_choose_one(
    manager: Any, sign_in: Any, as_coach: Client
) -> None:
    client = sign_in(manager)
    client.post(_url("conversation_new"), MEETING)
    made = Candidate.objects.get()
    page = _text(client.get(_url("file", made.pk)))
    assert "Niemand begeleidt deze persoon nog" in page
    assert f'href="{_url("assign", made.pk)}"' in page
    assert "iemand van een collega" not in _text(as_coach.get(_url("open_with_reason", made.pk)))
