"""URL × method × role × own or other bureau, taken from the resolver: nothing is reachable that nobody thought of."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.access
from buurtbaan.bureaus.enums import Role
from tests.access import Entry
from tests.world import World

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


def _wrong(
    name: str, entry: Entry, role: Role, world: World, other_world: World, sign_in: Any
) -> Iterator[str]:
    may = isinstance(entry.roles, str) or role in entry.roles
    for method in _methods(entry):
        with undone():
            status = _call(sign_in(world.members[role]), method, _url(name, entry, world), entry)
        wanted: Collection[int] = entry.ok if may else {403}
        wanted = {403, 404} if may and role in entry.not_mine else wanted
        if status not in wanted:
            yield f"{role} {method}: {status}"
        if entry.args and entry.other_hidden and not isinstance(entry.roles, str):
            with undone():
                status = _call(sign_in(world.members[role]), method, _url(name, entry, other_world), entry)
            if status != (404 if may else 403):
                yield f"{role} {method} of another bureau: {status}"


@pytest.mark.parametrize("name", sorted(set(OURS) & set(ENTRIES)))
def test_a_role_gets_in_where_it_may_and_nowhere_else(
    name: str, world: World, other_world: World, sign_in: Any
) -> None:
    found = [
        wrong for role in Role for wrong in _wrong(name, ENTRIES[name], role, world, other_world, sign_in)
    ]
    assert not found


@pytest.mark.parametrize("name", sorted(set(OURS) & set(ENTRIES)))
def test_a_stranger_is_asked_to_sign_in(name: str, world: World, client: Client) -> None:
    entry = ENTRIES[name]
    for method in _methods(entry):
        response = client.generic(method, _url(name, entry, world))
        if entry.roles == "public":
            assert response.status_code in entry.ok, f"{method} {name}: {response.status_code}"
        else:
            assert response.status_code == 302
            assert "/accounts/login/" in response["Location"]


@pytest.mark.parametrize("name", sorted(set(OURS) & set(ENTRIES)))
def test_methods_that_a_view_does_not_take_are_refused(name: str, world: World, sign_in: Any) -> None:
    entry = ENTRIES[name]
    role = next(iter(entry.roles)) if not isinstance(entry.roles, str) else Role.COACH
    client = sign_in(world.members[role])
    for method in {"GET", "POST", "PUT", "DELETE"} - set(_methods(entry)):
        assert client.generic(method, _url(name, entry, world)).status_code == 405, f"{method} {name}"
