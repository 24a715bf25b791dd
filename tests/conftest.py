"""The ground every test stands on: a real PostgreSQL with both walls up, and guards that make silence loud.

Test code itself works as the tables' owner, so factories may write anywhere. Requests (through the middleware),
`scoped(...)` blocks and tasks take on the application's role and see only what their scope opens.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, models
from django.template import base as template_base
from django.test import Client

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from tests import databases
from tests.bureaus.factories import BureauFactory, MembershipFactory
from tests.world import World, build_world

OURS = tuple(
    str(settings.BASE_DIR / name) for name in ("buurtbaan", "candidates", "employers", "matching", "impact")
)
hypothesis.settings.register_profile(
    "any machine",
    parent=hypothesis.settings.get_profile(hypothesis.settings.get_current_profile_name()),
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("any machine")
"""A slow machine fails no property: how long an example takes says nothing about the rule."""
OUR_TEMPLATES = str(settings.BASE_DIR / "templates")


class _Undefined(str):
    """Stands for a variable that a template of ours names and nobody gave it."""

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:  # type: ignore[override]
        frame = sys._getframe(1)
        while frame is not None:
            node = (
                frame.f_locals.get("self") if frame.f_code.co_name in ("render", "render_annotated") else None
            )
            origin = getattr(node, "origin", None)
            if isinstance(node, template_base.Node) and origin is not None:
                if str(origin.name).startswith(OUR_TEMPLATES):
                    pytest.fail(f"Undefined template variable {name} in {origin.name}")
                return ""
            frame = frame.f_back
        return ""


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each process begins with a copy of one migrated database."""
    connection.settings_dict["TEST"]["TEMPLATE"] = databases.migrated()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The last process throws the originals away; the embedded server goes as a whole."""
    if not hasattr(session.config, "workerinput") and os.environ.get("DATABASE_URL"):
        for name in (databases.MIGRATED, databases.DEMO):
            databases.drop(name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests first: one process takes them all, so that one running product is enough, and none comes last.

    The journey goes before the others: its report is about the demo's story as it was told.
    """
    items.sort(key=lambda item: ("tests/e2e/" not in item.nodeid, "test_journey" not in item.nodeid))


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail() -> None:
    from django.template import engines

    engines["django"].engine.string_if_invalid = _Undefined("%s")


@pytest.fixture(autouse=True, scope="session")
def _locks_name_their_table() -> None:
    plain = models.QuerySet.select_for_update

    def guarded(self: Any, *args: Any, **kwargs: Any) -> Any:
        if sys._getframe(1).f_code.co_filename.startswith(OURS) and not kwargs.get("of"):
            pytest.fail("select_for_update without of=: it would lock every joined row")
        return plain(self, *args, **kwargs)

    models.QuerySet.select_for_update = guarded  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.ERASURE_LEDGER = str(tmp_path / "erasures.jsonl")
    settings.SEAL_FOLDER = str(tmp_path / "seal")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CELERY_TASK_ALWAYS_EAGER = True


@pytest.fixture
def bureau(db: None) -> Bureau:
    return BureauFactory()


@pytest.fixture
def other_bureau(db: None) -> Bureau:
    return BureauFactory()


@pytest.fixture
def member(bureau: Bureau) -> Callable[..., Membership]:
    """member(Role.COACH) makes a colleague in `bureau`; other fields as keywords."""

    def make(role: Role, **fields: Any) -> Membership:
        return MembershipFactory(role=role, **{"bureau": bureau, **fields})

    return make


@pytest.fixture
def connector(member: Callable[..., Membership]) -> Membership:
    return member(Role.CONNECTOR)


@pytest.fixture
def coach(member: Callable[..., Membership]) -> Membership:
    return member(Role.COACH)


@pytest.fixture
def manager(member: Callable[..., Membership]) -> Membership:
    return member(Role.MANAGER)


@pytest.fixture
def sign_in() -> Callable[[Membership], Client]:
    """sign_in(membership) gives a client that acts in that role."""

    def make(membership: Membership) -> Client:
        client = Client()
        client.force_login(membership.user)
        session = client.session
        session["membership"] = membership.pk
        session.save()
        return client

    return make


@pytest.fixture
def world(db: None) -> World:
    """One of everything in a bureau."""
    return build_world("eigen")


@pytest.fixture
def other_world(db: None) -> World:
    """One of everything in another bureau of another municipality."""
    return build_world("ander")


@pytest.fixture
def count_queries() -> Callable[[Callable[[], Any]], int]:
    """count_queries(lambda: client.get(url)) tells how many queries that took."""
    from django.test.utils import CaptureQueriesContext

    def count(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            act()
        return len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    return count
