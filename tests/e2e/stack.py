"""The product as people meet it: web server, worker and database of its own, with the demo story in it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from buurtbaan import local
from tests import databases

TODAY = date.today()
DEMO_DATE = TODAY - timedelta(days=7)
"""The story ends a week ago, so that what a test does today falls outside its figures."""
NAME = f"buurtbaan_e2e_{os.getpid()}"
BASE = Path(settings.BASE_DIR)


@dataclass
class Stack:
    """A running product: its address, environment and folders."""

    address: str
    env: dict[str, str]
    folder: Path

    def manage(self, *args: str) -> str:
        """Run a manage.py command against this stack and give what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *args],
            cwd=BASE,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def mails(self) -> list[str]:
        """Every e-mail that was put on disk, oldest first."""
        files = sorted((self.folder / "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns)
        return [path.read_text(errors="replace") for path in files]


def _database() -> dict[str, str]:
    """A copy of the demo story beside the database of the unit tests; the same server."""
    databases.copy(NAME, databases.demo("--date", DEMO_DATE.isoformat()))
    return {"DATABASE_URL": databases.address(NAME)}


def _queue() -> dict[str, str]:
    """A queue beside that of others on the same server: a worker of one product must not take another's work."""
    if "REDIS_URL" in os.environ:
        return {}
    local.ensure_redis()
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return {"REDIS_URL": local.redis_url(db=1 + process % 15)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _environment(folder: Path, address: str) -> dict[str, str]:
    quiet = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "BUURTBAAN_AS"))
    }
    return {
        **quiet,
        **_database(),
        **_queue(),
        "BUURTBAAN_VAR": str(folder),
        "MEDIA_ROOT": str(folder / "files"),
        "EMAIL_FILE_PATH": str(folder / "mail"),
        "STATIC_ROOT": str(folder / "static"),
        "SITE_ADDRESS": address,
        "DJANGO_SETTINGS_MODULE": "buurtbaan.settings",
        "PYTHONPATH": str(BASE),
    }


@contextmanager
def running(folder: Path) -> Iterator[Stack]:
    """Build, start, and stop at the end, whatever happened."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    stack = Stack(address, _environment(folder, address), folder)
    stack.manage("collectstatic", "--noinput", "-v0")
    log = (folder / "servers.log").open("w")
    commands = (
        [
            "gunicorn",
            "buurtbaan.wsgi:application",
            f"--bind=127.0.0.1:{port}",
            "--worker-class=gthread",
            "--threads=4",
            "--no-control-socket",
        ],
        ["celery", "-A", "buurtbaan.celery", "worker", "--concurrency=1", "--loglevel=WARNING"],
    )
    servers = [
        subprocess.Popen([sys.executable, "-m", *command], cwd=BASE, env=stack.env, stdout=log, stderr=log)
        for command in commands
    ]
    try:
        _wait(address)
        yield stack
    finally:
        for server in servers:
            server.send_signal(signal.SIGTERM)
        for server in servers:
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        log.close()
        databases.drop(NAME)


def _wait(address: str) -> None:
    for _attempt in range(120):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("the web server did not answer")


def chromium() -> str | None:
    """The system's browser."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
