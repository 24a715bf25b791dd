"""A post after the session has ended waits for the same person, and only for that person's own click."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts import held
from buurtbaan.drafts.models import HeldPost
from buurtbaan.scope import Scope, scoped
from candidates.models import Conversation
from tests.drafts.typing import Typing
from tests.world import World

HERE = {"HTTP_ORIGIN": "http://testserver"}
WORDS = "Wil graag iets met bomen"


@pytest.fixture
def page(world: World, sign_in: Any) -> Typing:
    """The note form of a coach, drawn while the session was alive."""
    client: Client = sign_in(world.members[Role.COACH])
    return Typing(client, reverse("candidates:conversation_add", args=[world.candidate.pk])).open()


def late(page: Typing, client: Client | None = None, **headers: str) -> Any:
    """Send the page after the session has ended."""
    if client is None:
        page.client.logout()
    sent = {"voor": page.hidden("voor"), "once": page.hidden("once"), "kind": "visit", "text": WORDS}
    sent |= {"held_on": "2026-11-03", "submit": "1"}
    return (client or page.client).post(page.url, sent, **({**HERE} | headers))


def again(client: Client, html: str) -> Any:
    """Press the one button."""
    form = html[html.index("btn-row") :]
    action = re.search(r'action="([^"]*)"', form)
    assert action
    form = form[: form.index("</form>")]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return client.post(
        unescape(action[1]), {unescape(name): unescape(value) for name, value in found}, **HERE
    )


def test_signing_in_again_shows_what_was_typed_and_one_button_sends_it(world: World, page: Typing) -> None:
    answer = late(page)
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={reverse('held_post')}"
    assert "wat je typte staat er nog" in str(next(iter(get_messages(answer.wsgi_request))))
    page.client.force_login(world.members[Role.COACH].user)
    html = page.client.get(reverse("held_post")).content.decode()
    for text in ("Wat je typte staat er nog", WORDS, "Wat is er gezegd?", "Soort contact", "3 november 2026"):
        assert text in html
    assert "Wat de pagina zelf meestuurt" not in html
    assert again(page.client, html).status_code == 302
    assert Conversation.objects.filter(text=WORDS).count() == 1
    assert not HeldPost.objects.exists()
    assert page.client.get(reverse("held_post")).status_code == 302


def test_it_is_sent_once_however_often_one_presses(world: World, page: Typing) -> None:
    late(page)
    page.client.force_login(world.members[Role.COACH].user)
    html = page.client.get(reverse("held_post")).content.decode()
    for _time in range(2):
        assert again(page.client, html).status_code == 302
    assert Conversation.objects.filter(text=WORDS).count() == 1


def test_somebody_else_sees_nothing_of_it(world: World, page: Typing) -> None:
    late(page)
    page.client.force_login(world.members[Role.MANAGER].user)
    answer = page.client.get(reverse("held_post"), follow=True)
    assert WORDS not in answer.content.decode()
    assert "is van iemand anders" in answer.content.decode()
    page.client.force_login(world.members[Role.COACH].user)
    assert (
        page.client.get(reverse("held_post")).status_code == 302
    )  # without the cookie nobody opens it any more


def test_what_waits_is_sealed_with_half_a_key_in_the_cookie(world: World, page: Typing) -> None:
    late(page)
    row = HeldPost.objects.get()
    assert WORDS not in row.body
    assert page.client.cookies[held.COOKIE]["httponly"]
    page.client.cookies[held.COOKIE] = "van een andere browser"
    page.client.force_login(world.members[Role.COACH].user)
    assert page.client.get(reverse("held_post")).status_code == 302
    with scoped(Scope.for_membership(world.members[Role.COACH])):
        assert not HeldPost.objects.exists()


def test_after_an_hour_it_is_gone(world: World, page: Typing) -> None:
    late(page)
    HeldPost.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    page.client.force_login(world.members[Role.COACH].user)
    assert page.client.get(reverse("held_post")).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "https://elders.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_MODE": "cors"},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_X_SEND": "1"},
    ],
)
def test_a_post_that_is_not_a_page_of_ours_is_not_kept(headers: dict[str, str], page: Typing) -> None:
    assert late(page, **headers).status_code == 302
    assert not HeldPost.objects.exists()


def test_a_post_without_a_reader_or_with_a_file_or_too_large_is_not_kept(page: Typing) -> None:
    page.client.logout()
    page.client.post(page.url, {"text": WORDS}, **HERE)
    page.client.post(page.url, {"text": WORDS, "voor": "1:vals"}, **HERE)
    page.client.post(page.url, {"text": "a" * (held.LARGEST + 1), "voor": page.hidden("voor")}, **HERE)
    assert not HeldPost.objects.exists()


def test_one_address_cannot_fill_the_table(page: Typing) -> None:
    for _time in range(held.A_HOUR + 3):
        late(page)
    assert HeldPost.objects.count() == held.A_HOUR


def test_a_stale_token_after_signing_in_anew_loses_nothing(world: World, page: Typing) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.members[Role.COACH].user)
    answer = late(page, strict)
    assert answer["Location"] == reverse("held_post")
    html = strict.get(reverse("held_post")).content.decode()
    assert WORDS in html
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html[html.index("btn-row") :])
    assert token
    assert again(strict, html).status_code == 302
    assert Conversation.objects.filter(text=WORDS).count() == 1


def test_a_forged_post_is_refused_and_never_offered(world: World, page: Typing) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.members[Role.COACH].user)
    assert late(page, strict, HTTP_ORIGIN="https://elders.example").status_code == 403
    assert not HeldPost.objects.exists()
    assert not Conversation.objects.filter(text=WORDS).exists()


def test_it_can_be_thrown_away(world: World, page: Typing) -> None:
    late(page)
    page.client.force_login(world.members[Role.COACH].user)
    page.client.post(reverse("held_drop"))
    assert not HeldPost.objects.exists()


def test_signing_in_itself_is_never_kept(page: Typing) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.post(
        reverse("account_login"),
        {"login": "a@b.example", "password": "x", "voor": page.hidden("voor")},
        **HERE,
    )
    assert not HeldPost.objects.exists()
    assert settings.CSRF_FAILURE_VIEW.endswith("csrf_failure")


def test_a_script_hears_where_a_post_led(page: Typing) -> None:
    sent = {"kind": "visit", "text": WORDS, "held_on": timezone.localdate().isoformat()}
    answer = page.client.post(page.url, sent, HTTP_X_SEND="1")
    assert answer.json()["to"].startswith("/kandidaten/")
    assert page.client.post(page.url, {}, HTTP_X_SEND="1").status_code == 200
