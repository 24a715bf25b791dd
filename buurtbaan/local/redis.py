"""Redis on a socket of its own, without a network port."""

import contextlib
import os
import signal
import socket
import time
from pathlib import Path

from buurtbaan.local.places import LocalServersError, Places
from buurtbaan.local.programs import ensure_ground, redis_program, run, server_pid, service_ids

PATIENCE = 30.0  # seconds to read its data back, or to write it


def answers(where: Places) -> bool:
    """Whether Redis takes commands."""
    return _ask(where, b"PING\r\n").startswith(b"+PONG")


def start(where: Places) -> None:
    """Start Redis. The caller holds the start lock."""
    ensure_ground(where)
    if _listens(where):  # reading back its data
        _wait(where, up=True)
        return
    _end_one_without_socket(where)
    where.redis_socket.unlink(missing_ok=True)
    keep = ["--save", "", "--appendonly", "no" if where.throwaway else "yes"]
    door = ["--port", "0", "--unixsocket", str(where.redis_socket), "--unixsocketperm", "700"]
    log = where.logs / "redis.log"
    files = ["--dir", str(where.redis), "--logfile", str(log), "--pidfile", str(_note(where))]
    program = redis_program(where)
    run([program, *door, *files, *keep, "--daemonize", "yes"], service_ids(where), cwd=where.redis)
    _wait(where, up=True)


def stop(where: Places) -> None:
    """Stop Redis with its data on disk."""
    if _listens(where):
        _ask(where, b"SHUTDOWN\r\n")
        _wait(where, up=False)
    _end_one_without_socket(where)


def _note(where: Places) -> Path:
    return where.redis / "redis.pid"


def _end_one_without_socket(where: Places) -> None:
    """End a server whose socket was swept away, or that is on its way out; its data are safe on disk."""
    ids, mark = service_ids(where), f"unixsocket:{where.redis_socket}"
    deadline = time.monotonic() + PATIENCE
    while (pid := server_pid(_note(where), ids, mark)) is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        if time.monotonic() > deadline:
            raise LocalServersError(f"Redis (process {pid}) does not stop; see {where.logs / 'redis.log'}.")
        time.sleep(0.05)


def _wait(where: Places, *, up: bool) -> None:
    deadline = time.monotonic() + PATIENCE
    while (answers(where) if up else _listens(where)) != up:
        if time.monotonic() > deadline:
            raise LocalServersError(
                f"Redis did not {'start' if up else 'stop'}; see {where.logs / 'redis.log'}."
            )
        time.sleep(0.02)


def _listens(where: Places) -> bool:
    with socket.socket(socket.AF_UNIX) as door:
        try:
            door.connect(str(where.redis_socket))
        except OSError:
            return False
    return True


def _ask(where: Places, command: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as door, contextlib.suppress(OSError):
        door.settimeout(5)
        door.connect(str(where.redis_socket))
        door.sendall(command)
        return door.recv(64)
    return b""
