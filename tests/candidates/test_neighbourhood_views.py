"""The screens of the neighbourhood: what works, what bad input gets, what strangers can do, and what a page costs."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from buurtbaan.bureaus.enums import Role
from candidates import services
from candidates.models import (
    BudgetLine,
    Candidate,
    Gathering,
    GatheringGuest,
    GatheringLink,
    HelpRequest,
    InwardReferral,
    Organisation,
    OutwardReferral,
    Training,
)
from tests.candidates.factories import CandidateFactory, OrganisationFactory

MOST_BYTES = 60_000
MOST_QUERIES = 12


def url(name: str, *args: Any) -> str:
    return reverse(f"neighbourhood:{name}", args=args)


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def as_connector(connector: Any, sign_in: Any) -> Client:
    return sign_in(connector)


@pytest.fixture
def as_coach(coach: Any, sign_in: Any) -> Client:
    return sign_in(coach)


@pytest.fixture
def person(coach: Any, connector: Any) -> Candidate:
    return CandidateFactory(
        bureau=coach.bureau, coach=coach, connector=connector, first_name="Amira", last_name="Benali"
    )


@pytest.fixture
def organisation(bureau: Any) -> Organisation:
    return OrganisationFactory(bureau=bureau, name="Wijkteam Noord")


@pytest.fixture
def gathering(bureau: Any) -> Gathering:
    return Gathering.objects.create(
        bureau=bureau, title="Inloop", starts_at=timezone.now() + timedelta(days=2), place="Buurthuis"
    )


@pytest.fixture
def link(gathering: Gathering, organisation: Organisation) -> GatheringLink:
    return GatheringLink.issue(bureau=gathering.bureau, gathering=gathering, organisation=organisation)


SIGN_UP = {
    "person_name": "Yusuf Testma", "person_phone": "06 12 34 56 78", "contact_name": "Jan", "adult": "on",
    "knows": "on",
}  # fmt: skip


# The public form


def test_a_referrer_signs_somebody_up_without_an_account(client: Client, link: GatheringLink) -> None:
    here = url("gathering_sign_up", link.token)
    assert "Inloop" in text(client.get(here))
    answer = client.post(here, SIGN_UP, follow=True)
    assert "De aanmelding is binnen" in text(answer)
    assert "Yusuf" not in text(answer)
    referral = InwardReferral.objects.get()
    assert (referral.person_name, referral.person_phone, referral.contact_name) == (
        "Yusuf Testma",
        "+31612345678",
        "Jan",
    )
    assert referral.by is None


def test_the_form_never_shows_who_is_on_the_list(
    client: Client, link: GatheringLink, person: Candidate
) -> None:
    GatheringGuest.objects.create(bureau=link.bureau, gathering=link.gathering, candidate=person)
    client.post(url("gathering_sign_up", link.token), SIGN_UP)
    for answer in (
        client.get(url("gathering_sign_up", link.token)),
        client.get(url("gathering_sign_up", link.token) + "?gelukt=1"),
        client.post(url("gathering_sign_up", link.token), {}),
        client.get(url("gathering_sign_up_calendar", link.token)),
    ):
        assert not any(word in text(answer) for word in ("Amira", "Benali", "Yusuf", "612345678"))


@pytest.mark.parametrize("token", ["x", "A" * 32, "../" * 3 + "a", "%00", "a" * 500])
def test_a_made_up_link_is_not_found(client: Client, token: str, link: GatheringLink) -> None:
    try:
        here = url("gathering_sign_up", token)
    except Exception:
        here = f"/bijeenkomst/{token}/"
    assert client.get(here).status_code == 404
    assert client.post(here, SIGN_UP).status_code == 404
    assert not InwardReferral.objects.exists()


def test_a_link_that_was_stopped_is_not_found(client: Client, link: GatheringLink) -> None:
    GatheringLink.objects.update(stopped_at=timezone.now())
    assert client.get(url("gathering_sign_up", link.token)).status_code == 404


def test_the_same_post_twice_signs_up_once(client: Client, link: GatheringLink) -> None:
    post = {**SIGN_UP, "once": str(uuid.uuid4())}
    for _time in range(2):
        assert client.post(url("gathering_sign_up", link.token), post).status_code == 302
    assert client.post(url("gathering_sign_up", link.token), SIGN_UP).status_code == 302
    assert InwardReferral.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"person_name": ""}, "Vul"),
        ({"person_phone": ""}, "telefoonnummer of een e-mailadres"),
        ({"person_phone": "bel me"}, "geen telefoonnummer"),
        ({"adult": ""}, "vanaf 18 jaar"),
        ({"knows": ""}, "Vraag het eerst"),
        ({"person_name": "x" * 121}, "120"),
        ({"contact_name": ""}, "Vul"),
    ],
)
def test_bad_input_is_told_beside_the_field(
    client: Client, link: GatheringLink, wrong: dict[str, str], said: str
) -> None:
    page = text(client.post(url("gathering_sign_up", link.token), {**SIGN_UP, **wrong}))
    assert said in page
    assert not InwardReferral.objects.exists()


def test_a_sign_up_asks_for_no_more_than_it_needs(client: Client, link: GatheringLink) -> None:
    names = set(re.findall(r'name="([a-z_]+)"', text(client.get(url("gathering_sign_up", link.token)))))
    assert names & set(SIGN_UP) | {"person_email"} == set(SIGN_UP) | {"person_email"}
    assert not names & {"birth", "bsn", "reason", "address", "hope"}


def test_after_too_many_sign_ups_the_form_waits_and_keeps_what_was_typed(
    client: Client, link: GatheringLink, monkeypatch: Any
) -> None:
    monkeypatch.setattr("candidates.services.gatherings.MOST_AN_HOUR", 2)
    for number in range(3):
        answer = client.post(
            url("gathering_sign_up", link.token), {**SIGN_UP, "person_name": f"Persoon {number}"}
        )
    page = text(answer)
    assert "veel aanmeldingen" in page
    assert "Persoon 2" in page
    assert InwardReferral.objects.count() == 2


# Gatherings


def test_a_gathering_is_planned_and_the_next_one_begins_as_the_last(as_connector: Client) -> None:
    starts = (timezone.localtime() + timedelta(days=3)).replace(second=0, microsecond=0, tzinfo=None)
    post = {"title": "Inloop", "starts_at": starts.isoformat(), "minutes": "90", "place": "Buurthuis"}
    answer = as_connector.post(url("gathering_new"), post)
    made = Gathering.objects.get()
    assert answer.url == url("gathering", made.pk)
    again = text(as_connector.get(url("gathering_new")))
    assert f"{starts + timedelta(weeks=4):%Y-%m-%dT%H:%M}" in again
    assert "Buurthuis" in again


def test_attendance_is_one_tap_and_can_be_taken_back(
    as_connector: Client, gathering: Gathering, person: Candidate
) -> None:
    guest = GatheringGuest.objects.create(bureau=gathering.bureau, gathering=gathering, candidate=person)
    here = url("gathering_attendance", gathering.pk)
    for state in ("came", "missed", "expected"):
        answer = as_connector.post(here, {"gast": f"{guest.pk}:{state}"})
        assert answer.url == f"{here}#gast-{guest.pk}"
        guest.refresh_from_db()
        assert guest.state == state
    for wrong in ("", "x:came", f"{guest.pk}:gone", "9" * 30 + ":came"):
        assert as_connector.post(here, {"gast": wrong}).status_code == 409
    assert as_connector.post(here, {"gast": "999999:came"}).status_code == 404


def test_who_walks_in_gets_a_first_conversation_and_is_on_the_list(
    as_connector: Client, gathering: Gathering
) -> None:
    page = text(as_connector.get(url("gathering_attendance", gathering.pk)))
    start = reverse("candidates:conversation_new") + f"?bijeenkomst={gathering.pk}"
    assert start in page
    assert "Buurthuis" in text(as_connector.get(start))
    post = {"first_name": "Noor", "source": "gathering", "record": "on", "language": "nl"}
    as_connector.post(start, post)
    guest = gathering.guests.get()
    assert (guest.candidate.first_name, guest.state) == ("Noor", "came")


def test_the_follow_up_list_empties_by_calling_and_by_meeting(
    as_connector: Client, gathering: Gathering, person: Candidate, link: GatheringLink, client: Client
) -> None:
    client.post(url("gathering_sign_up", link.token), SIGN_UP)
    missed = GatheringGuest.objects.create(
        bureau=gathering.bureau, gathering=gathering, candidate=person, state="missed"
    )
    Gathering.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    GatheringGuest.objects.filter(candidate=None).update(state="came")
    here = url("gathering", gathering.pk)
    assert len(as_connector.get(here).context["to_call"]) == 2
    as_connector.post(url("gathering_called", gathering.pk, missed.pk))
    referral = InwardReferral.objects.get()
    start = reverse("candidates:conversation_new") + f"?aanmelding={referral.pk}"
    form = text(as_connector.get(start))
    assert "Yusuf" in form
    assert "Testma" in form
    post = {
        "first_name": "Yusuf", "last_name": "Testma", "source": "gathering", "record": "on", "language": "nl",
        "once": str(uuid.uuid4()),
    }  # fmt: skip
    made = {as_connector.post(start, post).url for _time in range(2)}
    assert len(made) == 1
    referral.refresh_from_db()
    assert (referral.state, referral.person_name) == ("met", "")
    assert as_connector.get(here).context["to_call"] == []


def test_a_calendar_file_can_be_read_back(as_connector: Client, gathering: Gathering) -> None:
    from icalendar import Calendar

    answer = as_connector.get(url("gathering_calendar", gathering.pk))
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("Inloop", "Buurthuis")
    assert event["DTSTART"].dt == gathering.starts_at.replace(microsecond=0)


def test_a_link_is_made_shown_again_and_stopped(
    as_connector: Client, gathering: Gathering, organisation: Organisation
) -> None:
    here = url("gathering_links", gathering.pk)
    as_connector.post(here, {"organisation": organisation.pk})
    made = GatheringLink.objects.get()
    for _time in range(2):
        assert url("gathering_sign_up", made.token) in text(as_connector.get(here))
    as_connector.post(here, {"stop": made.pk})
    made.refresh_from_db()
    assert made.stopped_at


def test_only_the_own_people_can_be_put_on_a_list(
    as_connector: Client, gathering: Gathering, person: Candidate, bureau: Any, other_bureau: Any
) -> None:
    colleague = CandidateFactory(bureau=bureau, first_name="Collega")
    stranger = CandidateFactory(bureau=other_bureau)
    here = url("gathering_add", gathering.pk)
    page = text(as_connector.get(here))
    assert "Amira" in page
    assert "Collega" not in page
    as_connector.post(here, {"wie": [person.pk, colleague.pk, stranger.pk, "x"]})
    assert [guest.candidate for guest in gathering.guests.all()] == [person]


# Referrals


def test_somebody_is_sent_on_in_one_form_with_the_words_read_out(
    as_connector: Client, person: Candidate, organisation: Organisation
) -> None:
    here = url("send_on", person.pk)
    assert "Niet waarom" in text(as_connector.get(here))
    refused = text(as_connector.post(here, {"organisation": organisation.pk}))
    assert "Zonder ja" in refused
    as_connector.post(here, {"organisation": organisation.pk, "agreed": "on"})
    assert OutwardReferral.objects.get().organisation == organisation
    assert organisation.name in text(as_connector.get(here))


def test_an_organisation_of_another_bureau_cannot_be_chosen(
    as_connector: Client, person: Candidate, other_bureau: Any
) -> None:
    other = OrganisationFactory(bureau=other_bureau)
    as_connector.post(url("send_on", person.pk), {"organisation": other.pk, "agreed": "on"})
    assert not OutwardReferral.objects.exists()


def test_the_outcome_is_one_tap(as_coach: Client, person: Candidate, organisation: Organisation) -> None:
    row = OutwardReferral.objects.create(bureau=person.bureau, candidate=person, organisation=organisation)
    for value in ("accepted", "done:helped"):
        as_coach.post(url("outward", row.pk), {"naar": value})
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("done", "helped")
    assert as_coach.post(url("outward", row.pk), {"naar": "gone"}).status_code == 409


def test_an_organisation_is_named_once(as_connector: Client, organisation: Organisation) -> None:
    page = text(as_connector.post(url("organisation_new"), {"name": organisation.name, "kind": "wijkteam"}))
    assert "staat er al" in page
    as_connector.post(
        url("organisation_edit", organisation.pk), {"name": "Wijkteam Zuid", "kind": "wijkteam"}
    )
    organisation.refresh_from_db()
    assert organisation.name == "Wijkteam Zuid"


# Help, training, money


def test_a_help_request_finds_somebody(as_connector: Client, person: Candidate) -> None:
    post = {"kind": "odd_job", "text": "Lamp ophangen", "requester_name": "Mevrouw Smit"}
    made = HelpRequest.objects.get(pk=as_connector.post(url("help_new"), post).url.split("/")[-2])
    assert "Kies een kandidaat" in text(as_connector.post(url("help_find", made.pk), {"wie": ""}))
    as_connector.post(url("help_find", made.pk), {"wie": person.pk})
    as_connector.post(url("help_move", made.pk), {"naar": "done"})
    made.refresh_from_db()
    assert (made.state, made.candidate) == ("done", person)


def test_who_helps_reads_it_on_the_own_page_until_it_is_done(
    person: Candidate, coach: Any, sign_in: Any
) -> None:
    membership, _path = services.invite_candidate(candidate=person, by=coach)
    own = sign_in(membership)
    HelpRequest.objects.create(
        bureau=person.bureau, kind="move", text="Bank naar boven", requester_name="Mevrouw Smit",
        requester_phone="+31611111111", state="found", candidate=person,
    )  # fmt: skip
    page = text(own.get(url("my_neighbourhood")))
    assert "Bank naar boven" in page
    assert "Mevrouw Smit" in page
    HelpRequest.objects.update(state="done", ended_on=timezone.localdate())
    assert "Mevrouw Smit" not in text(own.get(url("my_neighbourhood")))


def test_somebody_sees_where_they_were_sent_on_to(
    person: Candidate, organisation: Organisation, coach: Any, sign_in: Any
) -> None:
    membership, _path = services.invite_candidate(candidate=person, by=coach)
    OutwardReferral.objects.create(bureau=person.bureau, candidate=person, organisation=organisation)
    assert organisation.name in text(sign_in(membership).get(url("my_neighbourhood")))


def test_training_attendance_and_own_words(as_coach: Client, person: Candidate) -> None:
    training = Training.objects.get(
        pk=as_coach.post(url("training_new"), {"title": "Lassen"}).url.split("/")[-2]
    )
    moment = timezone.localtime().replace(second=0, microsecond=0, tzinfo=None).isoformat()
    as_coach.post(url("session_new", training.pk), {"starts_at": moment, "minutes": "120"})
    as_coach.post(url("training_add", training.pk), {"wie": [person.pk]})
    place, day = training.places.get(), training.sessions.get()
    as_coach.post(url("session_attendance", training.pk, day.pk), {"wie": f"{place.pk}:came"})
    assert day.attendance.get().came
    as_coach.post(
        url("training_result", training.pk, place.pk), {"result": "Ik kan lassen", "ending": "finished"}
    )
    page = text(as_coach.get(url("training", training.pk)))
    assert "1 dag" in page
    assert "klaar" in page


def test_a_colleagues_participant_is_not_written_about(as_coach: Client, bureau: Any) -> None:
    other = CandidateFactory(bureau=bureau)
    training = Training.objects.create(bureau=bureau, title="Lassen")
    place = training.places.create(bureau=bureau, candidate=other)
    assert as_coach.get(url("training_result", training.pk, place.pk)).status_code == 404
    page = text(as_coach.get(url("training", training.pk)))
    assert other.full_name in page
    assert url("training_result", training.pk, place.pk) not in page


def test_a_colleagues_guest_opens_with_a_reason(as_coach: Client, gathering: Gathering, bureau: Any) -> None:
    other = CandidateFactory(bureau=bureau)
    GatheringGuest.objects.create(bureau=bureau, gathering=gathering, candidate=other)
    page = text(as_coach.get(url("gathering", gathering.pk)))
    assert reverse("candidates:open_with_reason", args=[other.pk]) in page
    assert reverse("candidates:file", args=[other.pk]) + '"' not in page


def test_a_yes_to_an_organisation_that_was_taken_back_cannot_be_given_without_sending_on(
    as_coach: Client, person: Candidate, organisation: Organisation, coach: Any
) -> None:
    consent = services.give_consent(
        candidate=person, purpose="share_organisation", recipient=organisation.name, by=coach
    )
    services.withdraw_consent(consent=consent, by=coach)
    page = text(as_coach.get(reverse("candidates:file", args=[person.pk])))
    assert 'value="contact"' in page
    assert 'value="share_organisation"' not in page


@pytest.mark.parametrize(
    ("typed", "euros"), [("45,50", "45.50"), ("€ 1.234,05", "1234.05"), ("12.5", "12.50")]
)
def test_money_is_typed_as_people_do(as_coach: Client, person: Candidate, typed: str, euros: str) -> None:
    post = {"kind": "earned", "amount": typed, "text": "Fietsen", "on": timezone.localdate().isoformat()}
    as_coach.post(url("budget_book", person.pk), post)
    assert str(BudgetLine.objects.get().balance) == euros


def test_too_little_money_is_told_beside_what_was_typed(as_coach: Client, person: Candidate) -> None:
    post = {"kind": "course", "amount": "45", "text": "Heftruck", "on": timezone.localdate().isoformat()}
    page = text(as_coach.post(url("budget_book", person.pk), post))
    assert "te weinig" in page
    assert "Heftruck" in page


def test_booking_twice_with_one_form_is_one_line(as_coach: Client, person: Candidate) -> None:
    post = {
        "kind": "earned", "amount": "45", "text": "Fietsen", "on": timezone.localdate().isoformat(),
        "once": str(uuid.uuid4()),
    }  # fmt: skip
    for _time in range(2):
        as_coach.post(url("budget_book", person.pk), post)
    assert BudgetLine.objects.count() == 1


def test_the_statement_is_a_pdf_with_every_line(as_coach: Client, person: Candidate) -> None:
    for number in range(3):
        BudgetLine.objects.create(
            bureau=person.bureau, candidate=person, kind="earned", amount=10, text=f"Regel {number}"
        )
    answer = as_coach.get(url("budget_statement", person.pk))
    assert answer["Content-Type"] == "application/pdf"
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert all(word in words for word in ("Amira Benali", "Regel 0", "Regel 2", "30"))


@pytest.mark.parametrize(("typed", "kept"), [("1.000", 1000), ("1.000,50", "1000.50"), ("12,5", "12.5")])
def test_an_amount_is_read_as_it_looks(
    as_coach: Client, person: Candidate, typed: str, kept: int | str
) -> None:
    page = url("budget_book", person.pk)
    said = {
        "kind": "earned",
        "amount": typed,
        "text": "Fietsen",
        "on": timezone.localdate(),
        "once": uuid.uuid4(),
    }
    as_coach.post(page, said)
    assert BudgetLine.objects.get().amount == Decimal(str(kept))


def test_a_connector_reads_the_budget_and_does_not_book(as_connector: Client, person: Candidate) -> None:
    assert as_connector.get(url("budget", person.pk)).status_code == 200
    assert as_connector.get(url("budget_book", person.pk)).status_code == 403


# The file


def test_the_file_shows_the_budget_and_the_neighbourhood(
    as_coach: Client, person: Candidate, organisation: Organisation
) -> None:
    BudgetLine.objects.create(
        bureau=person.bureau, candidate=person, kind="earned", amount=10, text="Fietsen"
    )
    OutwardReferral.objects.create(bureau=person.bureau, candidate=person, organisation=organisation)
    page = text(as_coach.get(reverse("candidates:file", args=[person.pk])))
    assert "€ 10" in page
    assert "Doorverwezen naar Wijkteam Noord" in page
    assert url("send_on", person.pk) in page


# What pages cost


def _many(bureau: Any, connector: Any, number: int) -> None:
    organisation = Organisation.objects.filter(bureau=bureau).first() or OrganisationFactory(bureau=bureau)
    for at in range(number):
        person = CandidateFactory(bureau=bureau, connector=connector)
        OrganisationFactory(bureau=bureau)
        Gathering.objects.create(
            bureau=bureau,
            title="Inloop",
            place="Buurthuis",
            starts_at=timezone.now() + timedelta(days=at + 1),
        )
        Training.objects.create(bureau=bureau, title="Lassen").places.create(bureau=bureau, candidate=person)
        InwardReferral.objects.create(bureau=bureau, person_name="Yusuf", organisation=organisation)
        OutwardReferral.objects.create(bureau=bureau, candidate=person, organisation=organisation)
        HelpRequest.objects.create(
            bureau=bureau,
            kind="move",
            text="Bank " * 20,
            requester_name="Smit",
            state="found",
            candidate=person,
        )
        first = Gathering.objects.filter(bureau=bureau).order_by("pk")[0]
        GatheringGuest.objects.create(bureau=bureau, gathering=first, candidate=person)
        BudgetLine.objects.create(
            bureau=bureau, candidate=Candidate.objects.filter(bureau=bureau).order_by("pk")[0], kind="earned",
            amount=1, text="Fietsen",
        )  # fmt: skip


LISTS = (
    "hub", "organisation_list", "referral_list", "outward_list", "gathering_list", "training_list", "help_list",
)  # fmt: skip


def test_lists_cost_the_same_at_5_and_at_50_rows(
    connector: Any, as_connector: Client, bureau: Any, count_queries: Any
) -> None:
    _many(bureau, connector, 5)
    first = Gathering.objects.order_by("pk")[0]
    person = Candidate.objects.order_by("pk")[0]
    pages = [url(name) for name in LISTS]
    pages += [
        url("gathering", first.pk),
        url("gathering_attendance", first.pk),
        url("gathering_add", first.pk),
    ]
    pages += [url("budget", person.pk), reverse("candidates:file", args=[person.pk])]
    for page in pages:
        as_connector.get(page)
    few = {page: count_queries(lambda page=page: as_connector.get(page)) for page in pages}
    _many(bureau, connector, 45)
    many = {page: count_queries(lambda page=page: as_connector.get(page)) for page in pages}
    assert many == few
    most = {page: count for page, count in many.items() if count > MOST_QUERIES and "kandidaten" not in page}
    assert most == {}
    heavy = {page: len(as_connector.get(page).content) for page in pages}
    assert {page: size for page, size in heavy.items() if size > MOST_BYTES} == {}


@pytest.mark.parametrize("role", [Role.CONNECTOR, Role.COACH, Role.MANAGER])
def test_the_way_to_the_neighbourhood_stands_in_the_navigation(role: Role, member: Any, sign_in: Any) -> None:
    page = text(sign_in(member(role)).get(url("hub")))
    assert f'href="{url("hub")}"' in page
