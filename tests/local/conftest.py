"""Servers of their own for these tests: each gets a home that is gone afterwards."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from buurtbaan.local import use
from buurtbaan.local.places import CHECKOUT, Places, default_home, make_home, places_at

Script = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def where() -> Iterator[Places]:
    """A home that the servers' user can reach, also for root."""
    make_home(default_home())
    home = Path(tempfile.mkdtemp(prefix="check-", dir=default_home()))
    found = places_at(home, throwaway=True)
    yield found
    use.stop_if_unused(found)
    shutil.rmtree(found.home)
    shutil.rmtree(found.sockets, ignore_errors=True)


@pytest.fixture
def script(where: Places) -> Iterator[Script]:
    """Start a Python program that uses these servers; it is ended after the test."""
    started: list[subprocess.Popen[str]] = []
    environment = {
        "PATH": os.environ["PATH"],
        "BUURTBAAN_LOCAL_DIR": str(where.home),
        "BUURTBAAN_LOCAL_THROWAWAY": "1",
    }

    def start(text: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", text],
            cwd=CHECKOUT,
            env=environment,
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
