"""Servers of their own for these tests: each gets a home that is gone afterwards."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from buurtbaan.local import use
from buurtbaan.local.places import CHECKOUT, Places, default_home, make_home, places_at

Script = Callable[..., subprocess.Popen[str]]


@contextmanager
def new_home() -> Iterator[Places]:
    """A home that the servers' user can reach, also for root; servers left in it are stopped."""
    make_home(default_home())
    home = Path(tempfile.mkdtemp(prefix="check-", dir=default_home()))
    found = places_at(home, throwaway=True)
    yield found
    use.stop_if_unused(found)
    shutil.rmtree(found.home)
    shutil.rmtree(found.sockets, ignore_errors=True)
    assert servers_of(found) == []


def servers_of(where: Places) -> list[int]:
    """Servers of this home that still run."""
    marks = str(where.cluster).encode(), str(where.redis_socket).encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if any(mark in command for mark in marks):
            found.append(int(entry.name))
    return found


@pytest.fixture
def where() -> Iterator[Places]:
    """Servers that do not run yet."""
    with new_home() as home:
        yield home


@pytest.fixture(scope="module")
def standing() -> Iterator[Places]:
    """Servers that run, for tests that only look."""
    with new_home() as home:
        text = "import os; from buurtbaan.local import *; ensure_postgres(); ensure_redis(); os._exit(0)"
        subprocess.run([sys.executable, "-c", text], cwd=CHECKOUT, env=_environment(home), check=True)
        yield home


def _environment(home: Places) -> dict[str, str]:
    variables = {"BUURTBAAN_LOCAL_DIR": str(home.home), "BUURTBAAN_LOCAL_THROWAWAY": "1"}
    return {"PATH": os.environ["PATH"], **variables}


@pytest.fixture
def script(where: Places) -> Iterator[Script]:
    """Start a Python program that uses these servers; it is ended after the test."""
    started: list[subprocess.Popen[str]] = []

    def start(text: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", text],
            cwd=CHECKOUT,
            env=_environment(where),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
