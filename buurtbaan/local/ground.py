"""What `make run` stands on: its place in this checkout, its address and its terminal."""

import fcntl
import json
import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from buurtbaan.local.places import LocalServersError

FIRST_PORT, LAST_PORT = 8000, 8099


def say(line: str) -> None:
    """Tell the person at the terminal, who may have gone."""
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except OSError:
        pass


def locked(descriptor: int) -> bool:
    """Take the lock, unless another process has it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def only_one(var: Path) -> Iterator[bool]:
    """Be the one supervisor of this checkout; the kernel gives the place up however we end."""
    lock = os.open(var / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield locked(lock)
    finally:
        os.close(lock)


def note_address(var: Path, address: str, *, ready: bool) -> None:
    """Leave word for a second `make run` in this checkout."""
    (var / "run.json").write_text(json.dumps({"address": address, "ready": ready}))


def where_it_runs(var: Path) -> str:
    """What a second `make run` in this checkout tells."""
    try:
        known = json.loads((var / "run.json").read_text())
    except (OSError, ValueError):
        return "Buurtbaan is already starting or stopping in this checkout."
    if not known["ready"]:
        return f"Buurtbaan is already starting in this checkout, at {known['address']}"
    return f"Buurtbaan already runs in this checkout: {known['address']}"


@contextmanager
def listening() -> Iterator[socket.socket]:
    """Hold the address: PORT, or the first free one. The web server may restart without losing it."""
    named = os.environ.get("PORT", "")
    if named and not named.isdecimal():
        raise LocalServersError(f"PORT is '{named}'; it must be a number.")
    ports: Sequence[int] = [int(named)] if named else range(FIRST_PORT, LAST_PORT + 1)
    for port in ports:
        door = socket.socket(socket.AF_INET)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
            door.listen(128)
        except (OSError, OverflowError):
            door.close()
            continue
        with door:
            yield door
        return
    raise LocalServersError(
        f"Port {named} cannot be used." if named else f"Ports {FIRST_PORT} to {LAST_PORT} are all taken."
    )


@contextmanager
def own_terminal() -> Iterator[None]:
    """Take Ctrl-C for ourselves: make, above us, would answer it with an error of its own."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        yield
        return
    before = os.tcgetpgrp(terminal)
    if before != os.getpgrp() or before == os.getpid():
        os.close(terminal)
        yield
        return
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.tcsetpgrp(terminal, os.getpid())
    try:
        yield
    finally:
        os.tcsetpgrp(terminal, before)
        os.close(terminal)
