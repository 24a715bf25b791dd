"""What the server gives a device to keep, and what it takes from one."""

import base64
import json
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.models import Draft
from candidates.models import Candidate, InwardReferral
from candidates.sealing import keys_of, owner_mark
from candidates.views.offline import FILES
from tests.candidates.factories import CandidateFactory, OrganisationFactory

SEND, KEY = "/niet-verstuurd/verstuur/", "/niet-verstuurd/sleutel/"


@pytest.fixture
def as_connector(connector: Any, sign_in: Any) -> Client:
    return sign_in(connector)


@pytest.fixture
def said(connector: Any) -> dict[str, str]:
    """What a device sends of one conversation."""
    return {
        "once": str(uuid.uuid4()),
        "membership": str(connector.pk),
        "first_name": "Wietske",
        "source": "walk_in",
        "record": "on",
        "language": "nl",
        "held_on": str(timezone.localdate() - timedelta(days=2)),
        "read": "record-1-en contact-1-en",
    }


def announced(bureau: Any) -> InwardReferral:
    organisation = OrganisationFactory(bureau=bureau)
    return InwardReferral.objects.create(bureau=bureau, organisation=organisation, person_name="Wietske")


def test_what_a_device_sends_is_done_once_and_dated_when_it_was_said(
    as_connector: Client, said: dict[str, str], connector: Any
) -> None:
    answers = [as_connector.post(SEND, said) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    made = Candidate.objects.get()
    assert {answer.json()["url"] for answer in answers} == {reverse("candidates:file", args=[made.pk])}
    assert made.connector == connector
    assert made.entered_on == timezone.localdate() - timedelta(days=2)
    assert made.first_conversations.get().held_on == made.entered_on
    assert as_connector.get(KEY, {"na": said["once"]}).json()["done"] == [said["once"]]


def test_what_a_conversation_began_from_goes_along(
    as_connector: Client, said: dict[str, str], connector: Any
) -> None:
    referral = announced(connector.bureau)
    as_connector.post(SEND, {**said, "aanmelding": str(referral.pk)})
    referral.refresh_from_db()
    assert referral.candidate == Candidate.objects.get()


def test_a_beginning_that_is_gone_or_foreign_costs_no_word(
    as_connector: Client, said: dict[str, str], connector: Any, other_bureau: Any
) -> None:
    foreign = announced(other_bureau)
    answer = as_connector.post(SEND, {**said, "aanmelding": str(foreign.pk), "bijeenkomst": "999999999"})
    assert answer.status_code == 201
    foreign.refresh_from_db()
    assert foreign.candidate is None
    assert Candidate.objects.get().first_name == "Wietske"


def test_the_draft_on_the_server_goes_once_its_conversation_came_in(
    as_connector: Client, said: dict[str, str], connector: Any
) -> None:
    draft = Draft.objects.create(
        id=uuid.UUID(said["once"]), user=connector.user, bureau=connector.bureau, key="candidates:conversation_new::",
        url="/kandidaten/gesprek/", title="Nieuw gesprek",
    )  # fmt: skip
    assert as_connector.post(SEND, {**said, "concept": str(draft.pk)}).status_code == 201
    assert not Draft.objects.exists()


def test_the_words_that_were_read_out_are_kept_and_not_those_of_today(
    as_connector: Client, said: dict[str, str]
) -> None:
    as_connector.post(SEND, said)
    kept = Candidate.objects.get().consents.get()
    assert kept.text_version == "record-1-en"
    assert kept.text.startswith("The bureau may write down")


@pytest.mark.parametrize("code", ["", "record-99-nl", "x" * 190, "contact-1-nl record-1-nl"])
def test_an_unknown_text_becomes_the_one_in_force(
    as_connector: Client, said: dict[str, str], code: str
) -> None:
    as_connector.post(SEND, {**said, "read": code})
    assert Candidate.objects.get().consents.get().text_version == "record-1-nl"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"first_name": ""}, "Vul een voornaam"),
        ({"record": ""}, "Zonder ja bewaren we niets"),
        ({"birth": str(timezone.localdate().year - 10)}, "jongerenwerk"),
        ({"held_on": str(timezone.localdate() + timedelta(days=1))}, "klopt niet"),
        ({"held_on": "1990-01-01"}, "klopt niet"),
        ({"held_on": "gisteren"}, "datum"),
        ({"phone": "bel me"}, "geen telefoonnummer"),
        ({"source": "organisation", "organisation_name": "Nergens"}, "Nergens"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(
    as_connector: Client, said: dict[str, str], wrong: dict[str, str], told: str
) -> None:
    answer = as_connector.post(SEND, {**said, **wrong})
    assert answer.status_code == 422
    assert answer.json()["state"] == "errors"
    assert any(told in problem for problem in answer.json()["problems"])
    assert not Candidate.objects.exists()


def test_an_organisation_written_down_by_name_is_found(
    as_connector: Client, said: dict[str, str], connector: Any
) -> None:
    house = OrganisationFactory(bureau=connector.bureau, name="Buurthuis De Linde")
    as_connector.post(SEND, {**said, "source": "organisation", "organisation_name": "buurthuis de linde"})
    assert Candidate.objects.get().source_organisation == house


def test_a_possible_double_waits_for_a_person_to_decide(
    as_connector: Client, said: dict[str, str], connector: Any
) -> None:
    CandidateFactory(bureau=connector.bureau, first_name="Wietske", last_name="Proefveen")
    post = {**said, "last_name": "Proefveen"}
    answer = as_connector.post(SEND, post)
    assert (answer.status_code, answer.json()["state"]) == (409, "double")
    assert "Proefveen" not in answer.content.decode()
    assert as_connector.post(SEND, {**post, "anyway": "1"}).status_code == 201


def test_what_was_written_in_another_role_waits_for_that_role(
    as_connector: Client, said: dict[str, str], member: Any
) -> None:
    answer = as_connector.post(SEND, {**said, "membership": str(member(Role.COACH).pk)})
    assert (answer.status_code, answer.json()["state"]) == (409, "role")
    assert not Candidate.objects.exists()


@pytest.mark.parametrize("token", ["", "geen nummer"])
def test_without_a_number_nothing_is_made(as_connector: Client, said: dict[str, str], token: str) -> None:
    assert as_connector.post(SEND, {**said, "once": token}).status_code == 400
    assert not Candidate.objects.exists()


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in_and_gets_no_key() -> None:
    for answer in (Client().get(KEY), Client().post(SEND, {})):
        assert answer.status_code == 302
        assert "/accounts/login/" in answer.url


def test_keys_are_each_users_own_and_read_only_when_asked(
    as_connector: Client, connector: Any, member: Any, sign_in: Any
) -> None:
    plain = as_connector.get(KEY)
    assert "keys" not in plain.json()
    assert "no-store" in plain["Cache-Control"]
    mine = as_connector.get(KEY, {"lezen": "1"}).json()
    other = sign_in(member(Role.COACH)).get(KEY, {"lezen": "1"}).json()
    assert mine["mark"] in mine["keys"]
    assert all(mine[name] != other[name] for name in ("owner", "mark", "public"))
    assert mine["keys"].keys().isdisjoint(other["keys"])


def test_the_private_half_belongs_to_the_public_one() -> None:
    def number(text: str) -> int:
        return int.from_bytes(base64.urlsafe_b64decode(text + "=="))

    (key,) = keys_of(7)
    pair = ec.derive_private_key(number(key.private["d"]), ec.SECP256R1()).public_key().public_numbers()
    assert (pair.x, pair.y) == (number(key.private["x"]), number(key.private["y"]))
    raw = base64.urlsafe_b64decode(key.public + "==")
    assert raw == b"\x04" + pair.x.to_bytes(32) + pair.y.to_bytes(32)


def test_a_change_of_the_secret_leaves_the_old_key_readable(settings: Any) -> None:
    (before,) = keys_of(7)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "een ander geheim"
    now, old = keys_of(7)
    assert old == before
    assert now.mark != old.mark
    assert owner_mark(7) != owner_mark(8)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_without_network_is_the_same_for_everybody(
    as_connector: Client, connector: Any, language: str
) -> None:
    house = OrganisationFactory(bureau=connector.bureau, name="Buurthuis De Linde")
    url = reverse("offline:shell", args=[language])
    pages = {client.get(url).content.decode() for client in (Client(), as_connector)}
    (page,) = pages
    assert f'<html lang="{language}"' in page
    assert "csrf" not in page.lower()
    for word in (house.name, str(connector.user), connector.user.email, connector.bureau.name):
        assert word not in page


def test_the_worker_keeps_static_files_and_the_empty_page_only(as_connector: Client) -> None:
    answer = as_connector.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript"
    assert "no-cache" in answer["Cache-Control"]
    kept = json.loads(re.match(r"const KEPT = (.*);\n", answer.content.decode())[1])  # type: ignore[index]
    assert len(kept["files"]) == len(FILES)
    assert all(url.startswith("/static/") for url in [*kept["files"], kept["box"]])
    assert set(kept["shells"].values()) == {"/offline/nl/", "/offline/en/"}
    assert kept == json.loads(re.match(r"const KEPT = (.*);\n", Client().get("/sw.js").content.decode())[1])  # type: ignore[index]


def test_every_file_of_the_empty_page_is_kept(client: Client) -> None:
    page = client.get("/offline/nl/").content.decode()
    used = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page))
    assert used <= set(FILES)
    assert all((settings.BASE_DIR / "static" / name).exists() for name in FILES)


def test_the_form_remembers_how_and_where_one_met_the_last_person_today(as_connector: Client) -> None:
    post = {
        "first_name": "Noor",
        "source": "gathering",
        "place": "Plein 12",
        "record": "on",
        "language": "nl",
    }
    as_connector.post(reverse("candidates:conversation_new"), post)
    page = as_connector.get(reverse("candidates:conversation_new")).content.decode()
    assert re.search(r'value="gathering"[^>]*checked', page)
    assert 'value="Plein 12"' in page
