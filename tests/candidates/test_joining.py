"""Signing up alone: short, the same answer for everybody, slowed down, and taken on by one colleague."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from buurtbaan.bureaus.enums import Role
from buurtbaan.errors import NotAllowedNow
from candidates import services
from candidates.models import Candidate, Consent, FirstConversation
from tests.candidates.factories import CandidateFactory
from tests.world import World

SignIn = Callable[..., Client]
FILLED = {
    "first_name": "Yusuf", "phone": "06 1111 2222", "email": "", "hopes": "Iets met fietsen",
    "adult": "on", "record": "on", "contact": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh_counters(db: None) -> None:
    cache.clear()


def page_of(world: World) -> str:
    return reverse("joining:join", args=[world.bureau.slug])


def newcomer(world: World) -> Candidate:
    return Candidate.objects.untaken().get(bureau=world.bureau)


def test_who_signs_up_has_a_file_without_a_holder_in_the_first_stage(world: World, client: Client) -> None:
    answer = client.post(page_of(world), FILLED)
    assert answer["Location"] == reverse("joining:thanks", args=[world.bureau.slug])
    person = newcomer(world)
    assert (person.first_name, person.phone, person.source, person.stage) == (
        "Yusuf", "+31611112222", "online", "met",
    )  # fmt: skip
    assert person.first_conversations.get().hopes == "Iets met fietsen"
    consents = Consent.objects.filter(candidate=person)
    assert {one.purpose for one in consents} == {"record", "contact"}
    assert all(one.text and one.recorded_by is None for one in consents)


def test_the_english_page_keeps_the_english_words_of_the_consent(world: World, client: Client) -> None:
    page = reverse("joining:join_english", args=[world.bureau.slug])
    assert '<html lang="en"' in client.get(page).content.decode()
    client.post(page, FILLED)
    person = newcomer(world)
    assert person.language == "en"
    assert "The bureau may" in person.consents.first().text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"first_name": ""}, "Schrijf je voornaam op"),
        ({"first_name": "Kijk op www.koop.example"}, "alleen je naam"),
        ({"phone": ""}, "Dan kunnen we je bereiken"),
        ({"phone": "12"}, "geen telefoonnummer"),
        ({"adult": ""}, "vanaf 18 jaar"),
        ({"record": ""}, "mogen we niets opschrijven"),
        ({"contact": ""}, "binnenlopen"),
        ({"hopes": "x" * 1501}, "1500"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    world: World, client: Client, change: dict[str, str], words: str
) -> None:
    page = client.post(page_of(world), {**FILLED, "hopes": "Mijn hoop", **change}).content.decode()
    assert words in page
    assert "Mijn hoop" in page or "hopes" in change
    assert not Candidate.objects.untaken().exists()


def test_somebody_the_bureau_knows_gets_the_same_answer(world: World) -> None:
    CandidateFactory(
        bureau=world.bureau, first_name="Yusuf", phone="+31611112222", coach=world.members[Role.COACH]
    )
    known, unknown = (
        Client().post(page_of(world), FILLED),
        Client().post(page_of(world), FILLED | {"first_name": "Ada"}),
    )
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.content == unknown.content


def test_signing_up_twice_is_one_file_with_both_hopes(world: World, client: Client) -> None:
    client.post(page_of(world), FILLED)
    client.post(page_of(world), FILLED)
    client.post(page_of(world), FILLED | {"hopes": "Of toch iets met koken"})
    assert newcomer(world).first_conversations.count() == 2
    client.post(page_of(world), FILLED | {"first_name": "Zus"})
    assert Candidate.objects.untaken().count() == 2, "two people may share a phone"


def test_a_machine_is_thanked_and_forgotten(world: World, client: Client) -> None:
    assert client.post(page_of(world), FILLED | {"subject_line": "http://x.example"}).status_code == 302
    assert not Candidate.objects.untaken().exists()


def test_many_at_once_from_one_place_are_slowed_down(world: World, client: Client) -> None:
    for number in range(12):
        client.post(page_of(world), FILLED | {"first_name": f"Naam{chr(97 + number)}"})
    answer = client.post(page_of(world), FILLED | {"first_name": "Teveel"})
    assert answer.status_code == 429
    assert not Candidate.objects.filter(first_name="Teveel").exists()


def test_without_a_token_of_the_page_nothing_is_taken(world: World) -> None:
    assert Client(enforce_csrf_checks=True).post(page_of(world), FILLED).status_code == 403


def test_who_gave_an_address_gets_one_friendly_mail_and_no_flood(
    world: World, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for name in ("Yusuf", "Joep", "Bart", "Kees"):
            client.post(page_of(world), FILLED | {"email": "y@proef.example", "first_name": name})
    assert len(mail.outbox) == 2
    assert mail.outbox[0].to == ["y@proef.example"]
    assert "fietsen" not in mail.outbox[0].body, "what somebody typed travels nowhere"


def test_the_first_colleague_takes_on_and_the_second_hears_it(
    world: World, client: Client, sign_in: SignIn
) -> None:
    client.post(page_of(world), FILLED)
    person = newcomer(world)
    connector = sign_in(world.members[Role.CONNECTOR])
    today = connector.get(reverse("matching:today")).content.decode()
    assert "Nieuwe aanmeldingen" in today
    assert "Yusuf" in today
    assert connector.get(reverse("candidates:file", args=[person.pk])).status_code == 404, "not before"
    listed = connector.get(reverse("candidates:signups")).content.decode()
    assert "Yusuf" in listed
    assert "fietsen" not in listed
    take = reverse("candidates:signup_take", args=[person.pk])
    assert connector.post(take)["Location"] == reverse("candidates:file", args=[person.pk])
    assert connector.get(reverse("candidates:file", args=[person.pk])).status_code == 200
    assert sign_in(world.members[Role.COACH]).post(take).status_code == 404
    with pytest.raises(NotAllowedNow, match="was je voor"):
        services.take_on(candidate=person, by=world.members[Role.COACH])
    person.refresh_from_db()
    assert person.connector == world.members[Role.CONNECTOR]


def test_who_takes_on_hears_whom_the_bureau_may_know_already(
    world: World, client: Client, sign_in: SignIn
) -> None:
    CandidateFactory(bureau=world.bureau, first_name="Yusuf", last_name="Bekend", phone="+31611112222")
    client.post(page_of(world), FILLED)
    take = reverse("candidates:signup_take", args=[newcomer(world).pk])
    page = sign_in(world.members[Role.COACH]).post(take, follow=True).content.decode()
    assert "Misschien kennen we deze persoon al: Yusuf B." in page


def test_behind_a_proxy_each_visitor_counts_alone(world: World, client: Client, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(13):
        client.post(
            page_of(world),
            FILLED | {"first_name": f"Naam{chr(97 + number)}"},
            headers={"x-forwarded-for": "9.9.9.9"},
        )
    other = client.post(page_of(world), FILLED, headers={"x-forwarded-for": "9.9.9.9, 8.8.8.8"})
    assert other.status_code == 302
    same = client.post(page_of(world), FILLED, headers={"x-forwarded-for": "7.7.7.7, 9.9.9.9"})
    assert same.status_code == 429, "what a visitor writes in the header changes nothing"


def test_a_manager_chooses_who(world: World, client: Client, sign_in: SignIn) -> None:
    client.post(page_of(world), FILLED)
    person = newcomer(world)
    answer = sign_in(world.members[Role.MANAGER]).post(reverse("candidates:signup_take", args=[person.pk]))
    assert answer["Location"] == reverse("candidates:assign", args=[person.pk])


def test_another_bureau_sees_nobody(
    world: World, other_world: World, client: Client, sign_in: SignIn
) -> None:
    client.post(page_of(world), FILLED)
    coach = sign_in(other_world.members[Role.COACH])
    assert "Yusuf" not in coach.get(reverse("candidates:signups")).content.decode()
    take = reverse("candidates:signup_take", args=[newcomer(world).pk])
    assert coach.post(take).status_code == 404


def test_an_unknown_bureau_is_not_found(client: Client) -> None:
    assert client.get("/meedoen/bestaat-niet/").status_code == 404


def test_the_poster_is_one_page_with_the_address(world: World, sign_in: SignIn) -> None:
    import io

    from pypdf import PdfReader

    answer = sign_in(world.members[Role.MANAGER]).get(reverse("candidates:join_poster"))
    reader = PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 1
    assert f"/meedoen/{world.bureau.slug}/" in "".join(reader.pages[0].extract_text().split())


def test_the_list_costs_the_same_for_five_and_fifty(
    world: World, sign_in: SignIn, count_queries: Any
) -> None:
    coach = sign_in(world.members[Role.COACH])

    def more(times: int) -> None:
        for _one in range(times):
            person = CandidateFactory(bureau=world.bureau, source="online")
            FirstConversation.objects.create(bureau=world.bureau, candidate=person, hopes="Iets")

    more(5)
    few = count_queries(lambda: coach.get(reverse("candidates:signups")))
    more(45)
    assert count_queries(lambda: coach.get(reverse("candidates:signups"))) == few
    assert len(coach.get(reverse("candidates:signups")).content) < 60_000
