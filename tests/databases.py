"""Databases that are made ready once per run and then copied: migrating takes long, copying a second.

Every process of a run (pytest-xdist) asks here; the first one makes a copy's original, the others wait for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings
from psycopg import sql

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
MIGRATED, DEMO = f"buurtbaan_migrated_{RUN}", f"buurtbaan_demo_{RUN}"


@contextmanager
def server() -> Iterator[psycopg.Connection[Any]]:
    """A connection of our own to the server that holds the test database."""
    chosen = settings.DATABASES["default"]
    with psycopg.connect(
        host=chosen["HOST"], port=chosen["PORT"] or "5432", user=chosen["USER"], password=chosen["PASSWORD"],
        dbname="postgres", autocommit=True,
    ) as connection:  # fmt: skip
        yield connection


def address(name: str) -> str:
    """The DATABASE_URL of a database beside the one of the unit tests."""
    chosen = settings.DATABASES["default"]
    login = f"{quote(chosen['USER'])}:{quote(chosen['PASSWORD'])}"
    return f"postgres://{login}@{quote(chosen['HOST'], safe='')}:{chosen['PORT'] or '5432'}/{name}"


def copy(name: str, original: str) -> None:
    """A fresh database with all that is in the original."""
    with server() as connection:
        drop(name)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(original))
        )


def drop(name: str) -> None:
    """Away with it, whoever looks in it."""
    with server() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def migrated() -> str:
    """The original with every migration in it."""
    return _once(MIGRATED, "template0", ["migrate", "--noinput", "-v0"])


def demo(*load: str) -> str:
    """The original with the demo story in it. load: the command that tells it."""
    return _once(DEMO, migrated(), ["load_demo", *load])


def _once(name: str, original: str, command: list[str]) -> str:
    with server() as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            copy(half := f"{name}_half", original)
            _manage(half, command)
            names = sql.Identifier(half), sql.Identifier(name)
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))
    return name


def _manage(name: str, command: list[str]) -> None:
    quiet = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "BUURTBAAN_AS"))
    }
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env={**quiet, "DATABASE_URL": address(name), "BUURTBAAN_VAR": folder},
            capture_output=True,
            text=True,
            timeout=600,
        )
    assert done.returncode == 0, done.stderr[-2000:]
