"""The frame shows each role its own way round, one switch of role, and what just happened."""

from __future__ import annotations

import re

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import resolve

from buurtbaan.bureaus.enums import Role
from buurtbaan.ui import context, feedback
from buurtbaan.ui.context import NavItem
from tests.bureaus.factories import MembershipFactory, MunicipalityFactory


def items(*urls):
    return [NavItem(url, url, "home") for url in urls]


def test_the_nearest_way_is_marked():
    marked = context._mark_current(items("/", "/kandidaten/", "/kandidaten/bord/"), "/kandidaten/bord/12/")
    assert [item.current for item in marked] == ["", "", "true"]
    assert [item.current for item in context._mark_current(items("/", "/kandidaten/"), "/")] == ["page", ""]
    assert [item.current for item in context._mark_current(items("/kandidaten/"), "/elders/")] == [""]


def test_addresses_that_do_not_exist_are_left_out(monkeypatch):
    monkeypatch.setitem(
        context.NAVIGATION, Role.COACH, (("Hier", "home", "home"), ("Nergens", "nergens:heen", "home"))
    )
    assert [item.label for item in context._items(Role.COACH)] == ["Hier"]


def test_every_role_has_a_way_round():
    assert set(context.NAVIGATION) == set(Role)


@pytest.mark.parametrize("role", list(Role))
def test_the_way_round_only_leads_where_the_role_may_come(role):
    shut = []
    for item in context._items(role):
        marked = getattr(resolve(item.url).func, "allowed_roles", None)
        if isinstance(marked, frozenset) and role not in marked:
            shut.append(item.url)
    assert shut == []


def test_only_staff_can_search_for_people_in_the_header(rf):
    request = rf.get("/")
    request.membership, request.memberships = MembershipFactory.build(role=Role.EMPLOYER), []
    assert context.frame_for(request).search_url == ""


def test_someone_with_one_role_sees_no_switch(sign_in, manager):
    page = sign_in(manager).get("/mensen/").content.decode()
    assert 'action="/rol/"' not in page
    assert "Bureauleider" in page


def test_someone_with_more_roles_sees_exactly_one_switch(sign_in, manager, bureau):
    other = MembershipFactory(
        user=manager.user, role=Role.MUNICIPALITY, bureau=None, municipality=MunicipalityFactory()
    )
    page = sign_in(manager).get("/mensen/").content.decode()
    assert page.count('action="/rol/"') == 1
    assert f'value="{other.pk}"' in page


def test_a_page_has_its_landmarks_and_one_main_heading(sign_in, manager):
    page = sign_in(manager).get("/mensen/").content.decode()
    assert page.count("<h1") == 1
    for landmark in ("<header", "<main", "<footer", 'href="#inhoud"', 'id="inhoud"', '<html lang="nl"'):
        assert landmark in page


def test_large_letters_stay_on(sign_in, manager):
    client = sign_in(manager)
    client.post("/letters/", {"next": "/mensen/"})
    assert '<html lang="nl" class="large-text">' in client.get("/mensen/").content.decode()


def test_an_act_says_what_happened_and_how_to_go_back(rf):
    request = rf.get("/")
    request.session = {}
    request._messages = SessionStorage(request)
    feedback.tell(request, "Voorstel gedaan.", undo_url="/terug/", next_url="/verder/", next_label="Plan")
    (message,) = get_messages(request)
    parts = feedback.parts(message)
    assert str(message) == "Voorstel gedaan."
    assert (parts.undo_url, parts.undo_label, parts.next_url, parts.next_label) == (
        "/terug/",
        "Maak ongedaan",
        "/verder/",
        "Plan",
    )
    assert parts.tone == "ok"


@pytest.mark.django_db
def test_the_examples_are_for_the_platform_alone(sign_in, manager):
    assert sign_in(manager).get("/onderdelen/").status_code == 403
    platform = MembershipFactory(role=Role.PLATFORM, bureau=None)
    for query in ("", "?fout=1"):
        page = sign_in(platform).get(f"/onderdelen/{query}")
        assert page.status_code == 200
        assert 'class="message message-ok"' in page.content.decode()
        assert len(page.content) < 60_000, "an example weighs no more than any page"
    assert "handshake" in sign_in(platform).get("/onderdelen/tekens/").content.decode()


def test_the_manifest_names_icons_that_exist(client, db):
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    for icon in answer.json()["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


PUBLIC = [
    "login/",
    "login/code/",
    "password/reset/",
    "password/reset/done/",
    "inactive/",
    "signup/",
    "password/reset/key/x-y/",
]
SIGNED_IN = ["logout/", "password/change/", "email/", "2fa/", "2fa/webauthn/", "reauthenticate/"]


@pytest.mark.parametrize("path", PUBLIC)
def test_pages_before_signing_in_look_like_ours(client, db, path):
    look_at(client.get(f"/accounts/{path}"))


@pytest.mark.parametrize("path", SIGNED_IN)
def test_pages_about_the_account_look_like_ours(sign_in, manager, path):
    manager.user.set_password("een-lang-wachtwoord")
    manager.user.save()
    look_at(sign_in(manager).get(f"/accounts/{path}"))


def look_at(answer):
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="brand"' in page
    assert page.count("<h1") == 1
    words = re.sub(r"<[^>]+>", " ", page)
    assert not re.search(r"\b(Sign In|Password|Please|your|Email)\b", words)


def test_a_page_that_is_not_there_says_what_to_do(client, db):
    answer = client.get("/bestaat-niet/")
    assert answer.status_code == 404
    assert "Deze pagina vinden we niet" in answer.content.decode()


def test_the_page_for_our_own_mistakes_needs_no_request():
    assert "Er ging iets mis bij ons" in render_to_string("500.html")
