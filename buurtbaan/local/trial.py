"""A command with a PostgreSQL and a Redis of its own, which are gone when it ends."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from buurtbaan.local import use
from buurtbaan.local.places import (
    HOME_VARIABLE,
    THROWAWAY_VARIABLE,
    Places,
    default_home,
    make_home,
    places,
    places_at,
)

PREFIX = "trial-"


def main(command: Sequence[str]) -> int:
    """Run the command; its exit code is ours. A database that the environment names replaces our own."""
    with _throwaway_home() as environment:
        if not os.environ.get("DATABASE_URL"):
            use.ensure_postgres()
        if not os.environ.get("REDIS_URL"):
            use.ensure_redis()
        return _run(command, environment)


def _run(command: Sequence[str], environment: dict[str, str]) -> int:
    """Wait for the command whatever signal comes; Ctrl-C reaches it from the terminal, others through us."""
    with subprocess.Popen(command, env=environment) as process:

        def pass_on(number: int, _frame: FrameType | None) -> None:
            if number != signal.SIGINT or os.getpgrp() != os.getpgid(process.pid):
                process.send_signal(number)

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, pass_on)
        code = process.wait()
    return 128 - code if code < 0 else code


@contextmanager
def _throwaway_home() -> Iterator[dict[str, str]]:
    beside = default_home()
    make_home(beside)
    with _sweeping(beside):
        _sweep(beside)
        home = Path(tempfile.mkdtemp(prefix=PREFIX, dir=beside))
        os.environ[HOME_VARIABLE], os.environ[THROWAWAY_VARIABLE] = str(home), "1"
        where = places()
        use.hold(where)
    try:
        yield dict(os.environ)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        use.leave(where)
        _remove(where)


def sweep(beside: Path) -> None:
    """Remove what a killed trial left behind."""
    with _sweeping(beside):
        _sweep(beside)


def _sweep(beside: Path) -> None:
    for home in beside.glob(f"{PREFIX}*"):
        where = places_at(home, throwaway=True)
        if use.stop_if_unused(where):
            _remove(where)


@contextmanager
def _sweeping(beside: Path) -> Iterator[None]:
    """Keep a sweep away from a home that is being made."""
    lock = os.open(beside / "sweep.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _remove(where: Places) -> None:
    for folder in (where.home, where.sockets):
        shutil.rmtree(folder, ignore_errors=True)
    if where.home.exists():
        sys.stderr.write(f"{where.home} could not be removed.\n")
