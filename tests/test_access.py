"""URL × method × role × own or other bureau, taken from the resolver: nothing is reachable that nobody thought of."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

import tests.access
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from tests.access import Entry
from tests.world import World, build_world

LIBRARIES = {"admin", "account", "mfa"}  # their own access rules; tested in tests/bureaus


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every named address with its view."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            name = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from patterns(entry, name)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}", entry.callback


def ours() -> dict[str, Any]:
    """The product's own addresses: not Django's admin, allauth or the language switch."""
    return {
        name: view
        for name, view in patterns(get_resolver())
        if not view.__module__.startswith(("allauth", "django.", "functools"))
        and not name.startswith("admin:")
    }


def entries() -> dict[str, Entry]:
    """All Entries of all files in tests/access."""
    found: dict[str, Entry] = {}
    for module in pkgutil.iter_modules(tests.access.__path__):
        found |= importlib.import_module(f"tests.access.{module.name}").ENTRIES
    return found


ENTRIES = entries()
OURS = ours()


def test_every_address_has_an_entry_and_every_entry_an_address() -> None:
    assert set(OURS) == set(ENTRIES)


@pytest.mark.parametrize("name", sorted(OURS))
def test_the_view_says_who_may_call_it(name: str) -> None:
    assert getattr(OURS[name], "allowed_roles", "nothing") == ENTRIES[name].roles


def _url(name: str, entry: Entry, world: World) -> str:
    return reverse(name, kwargs=entry.args(world) if entry.args else None)


def _call(client: Client, method: str, url: str, entry: Entry) -> int:
    if method == "GET":
        return client.get(url).status_code
    return client.post(url, entry.data).status_code


def _methods(entry: Entry) -> list[str]:
    return [method for method, taken in (("GET", entry.get), ("POST", entry.post)) if taken]


@contextmanager
def undone() -> Iterator[None]:
    """Take back what a call did, so that the next one meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


Enter = Callable[[Role], Client]


@dataclass(frozen=True)
class Ground:
    """Two bureaus with one of everything, and a session for each role of the own one."""

    own: World
    other: World
    tickets: dict[Role, str]


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
    """Made once for all addresses, in a transaction that is taken back; each call takes back what it did."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(undone())
            own, other = build_world("eigen"), build_world("ander")
            tickets = {role: _ticket(member) for role, member in own.members.items()}
        yield Ground(own, other, tickets)
        django_db_blocker.unblock()
        stack.close()
        django_db_blocker.restore()


def _ticket(member: Membership) -> str:
    client = Client()
    client.force_login(member.user)
    session = client.session
    session["membership"] = member.pk
    session.save()
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


@pytest.fixture
def enter(ground: Ground, db: None) -> Enter:
    """enter(role): a browser of its own in which that role is signed in."""

    def make(role: Role) -> Client:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = ground.tickets[role]
        return client

    return make


def _roles(name: str, entry: Entry, world: World, other_world: World, enter: Enter) -> Iterator[str]:
    """A role gets in where it may, and nowhere else."""
    for role, method in itertools.product(Role, _methods(entry)):
        may = isinstance(entry.roles, str) or role in entry.roles
        client = enter(role)
        with undone():
            status = _call(client, method, _url(name, entry, world), entry)
        wanted: Collection[int] = entry.ok if may else {403}
        wanted = {403, 404} if may and role in entry.not_mine else wanted
        if status not in wanted:
            yield f"{role} {method}: {status}"
        if entry.args and entry.other_hidden and not isinstance(entry.roles, str):
            client = enter(role)
            with undone():
                status = _call(client, method, _url(name, entry, other_world), entry)
            if role in entry.reaches_all:
                continue
            if status != (404 if may else 403):
                yield f"{role} {method} of another bureau: {status}"


def _strangers(name: str, entry: Entry, world: World) -> Iterator[str]:
    """Who is not signed in is asked to, but where the page is for everybody."""
    for method in _methods(entry):
        with undone():
            response = Client().generic(method, _url(name, entry, world))
        asked = response.status_code == 302 and "/accounts/login/" in response["Location"]
        if not (
            response.status_code in entry.ok if entry.roles in ("public", "by_link", "by_key") else asked
        ):
            yield f"a stranger {method}: {response.status_code}"


def _methods_refused(name: str, entry: Entry, world: World, enter: Enter) -> Iterator[str]:
    """A method that the view does not take is refused."""
    role = next(iter(entry.roles)) if not isinstance(entry.roles, str) else Role.COACH
    for method in {"GET", "POST", "PUT", "DELETE"} - set(_methods(entry)):
        status = enter(role).generic(method, _url(name, entry, world)).status_code
        if status != 405:
            yield f"{method}: {status}"


@pytest.mark.parametrize("name", sorted(set(OURS) & set(ENTRIES)))
def test_an_address_lets_in_whom_it_should_and_nobody_else(name: str, ground: Ground, enter: Enter) -> None:
    entry = ENTRIES[name]
    found = [
        *_methods_refused(name, entry, ground.own, enter),
        *_strangers(name, entry, ground.own),
        *_roles(name, entry, ground.own, ground.other, enter),
    ]
    assert not found
