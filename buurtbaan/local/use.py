"""Who uses the servers: the first process starts them, the last one out turns off the lights.

Every user holds a shared lock on `use.lock`, which the kernel gives up for a process however it ends.
Starting and stopping happen under `start.lock`, so that nobody comes in while the last one is leaving.
"""

import atexit
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from buurtbaan.local import postgres, redis
from buurtbaan.local.places import LocalServersError, Places, make_home, places

START_PATIENCE = 90.0  # seconds; making a new cluster on a slow disk takes some ten

_held: dict[Places, int] = {}


def ensure_postgres() -> None:
    """Have PostgreSQL answer on its socket, and keep it until this process ends."""
    _ensure(places(), postgres.answers, postgres.start)


def ensure_redis() -> None:
    """Have Redis answer on its socket, and keep it until this process ends."""
    _ensure(places(), redis.answers, redis.start)


def _ensure(where: Places, answers: Callable[[Places], bool], start: Callable[[Places], None]) -> None:
    if where in _held and answers(where):
        return
    with starting(where):
        hold(where)
        if not answers(where):
            start(where)


def hold(where: Places) -> None:
    """Be counted as a user of these servers until the process ends or calls `leave`."""
    if where in _held:
        return
    lock = _open(where.home / "use.lock")
    fcntl.flock(lock, fcntl.LOCK_SH)
    _held[where] = lock
    atexit.register(leave, where, os.getpid())


def leave(where: Places, pid: int | None = None) -> None:
    """Stop being a user; stop the servers if nobody else is one."""
    lock = _held.get(where)
    if lock is None or pid not in (None, os.getpid()):
        return
    del _held[where]
    try:
        if not where.home.exists():  # thrown away under us; PostgreSQL notices that by itself
            redis.stop(where)
            return
        with starting(where):
            if _only_user(lock):
                _stop(where)
    finally:
        os.close(lock)


def stop_if_unused(where: Places) -> bool:
    """Stop servers that a killed process left behind; False when somebody still uses them."""
    with starting(where):
        lock = _open(where.home / "use.lock")
        try:
            if not _only_user(lock):
                return False
            _stop(where)
            return True
        finally:
            os.close(lock)


def _stop(where: Places) -> None:
    redis.stop(where)
    postgres.stop(where)
    with suppress(OSError):
        where.sockets.rmdir()


def _only_user(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def starting(where: Places) -> Iterator[None]:
    """Be the only one who starts or stops these servers."""
    lock = _open(where.home / "start.lock")
    deadline = time.monotonic() + START_PATIENCE
    try:
        while not _only_user(lock):
            if time.monotonic() > deadline:
                raise LocalServersError(
                    f"Another process has been starting the servers in {where.home} for too long."
                )
            time.sleep(0.05)
        yield
    finally:
        os.close(lock)


def _open(path: Path) -> int:
    make_home(path.parent)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)


def _forget_after_fork() -> None:
    """A forked child is a user of its own once it connects; its parent's place is not its to give up."""
    for lock in _held.values():
        os.close(lock)
    _held.clear()


os.register_at_fork(after_in_child=_forget_after_fork)
