"""`make run`: everything on this one machine, until Ctrl-C."""

import hashlib
import http.client
import os
import signal
import socket
import sys
import time
from collections import deque
from pathlib import Path
from types import FrameType

from buurtbaan.local import children, ground, use
from buurtbaan.local.children import Child
from buurtbaan.local.ground import say
from buurtbaan.local.places import CHECKOUT, LocalServersError, places

WEB_PATIENCE = 120.0  # seconds for the web server's first answer
STOP_PATIENCE = 15.0  # seconds a task gets to finish
LINE = "─" * 72


class Stopped(Exception):
    """Somebody asked us to stop."""


def main() -> int:
    """Run until asked to stop. Returns the exit code."""
    var = Path(os.environ.get("BUURTBAAN_VAR") or CHECKOUT / "var")
    (var / "log").mkdir(parents=True, exist_ok=True)
    with ground.only_one(var) as first:
        if not first:
            say(ground.where_it_runs(var))
            return 0
        with ground.own_terminal():
            return Supervisor(var).run()


class Supervisor:
    """Starts everything in order, keeps it running, stops it in order."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.children: list[Child] = []
        self.environment: dict[str, str] = {}
        self.still_there = os.open(var / "children.lock", os.O_RDWR | os.O_CREAT, 0o600)
        self.asked = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.asked += 1

    def run(self) -> int:
        """The whole life: 0 after Ctrl-C or SIGTERM, 1 when something would not run."""
        try:
            self._wait_for_earlier_children()
            with ground.listening() as door:
                self._start(door)
                while True:
                    self._pause(0.25)
                    self._look_after_children()
        except Stopped:
            say("\nStopping…")
            return 0
        except LocalServersError as reason:
            say(f"\n{reason}\n")
            return 1
        finally:
            children.stop(self.children, patience=STOP_PATIENCE, hurry=lambda: self.asked > 1)
            (self.var / "run.json").unlink(missing_ok=True)
            use.leave(places())
            say("Stopped. What was entered is kept for the next time.")

    def _start(self, door: socket.socket) -> None:
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        ground.note_address(self.var, address, ready=False)
        self.environment = {"SITE_ADDRESS": address, **os.environ, "PYTHONUNBUFFERED": "1"}
        say("Starting the database…")
        if not os.environ.get("DATABASE_URL"):
            use.ensure_postgres()
        if not os.environ.get("REDIS_URL"):
            use.ensure_redis()
        if not self._tables_are_known():
            self._manage("migrate", "--noinput", "--verbosity=0")
        self._collect_static()
        say("Starting web, worker and schedule…")
        commands = self._commands(door.fileno())
        self._start_child("web", commands.pop("web"), door.fileno())
        accounts = self._manage("prepare")
        self._stamp("tables").write_text(self._table_state())
        self._wait_for_web(door)
        for name, command in commands.items():  # after the first page, which they would only slow down
            self._start_child(name, command)
        ground.note_address(self.var, address, ready=True)
        block = f"Buurtbaan runs at  {address}"
        if accounts:
            block += f"\n\nThe demo's people, to sign in as:\n{accounts}"
        say(f"\n{LINE}\n{block}\n{LINE}\nCtrl-C stops it.")

    def _stamp(self, name: str) -> Path:
        """Holds the state that was last made ready."""
        return self.var / f"{name}.seen"

    def _tables_are_known(self) -> bool:
        """Whether these migrations ran on this very database before; then everything can start at once.

        `prepare` looks again, beside the starting web server.
        """
        stamp = self._stamp("tables")
        return bool(seen := self._table_state()) and stamp.exists() and stamp.read_text() == seen

    def _table_state(self) -> str:
        """Changes when a migration or the database does; empty for a database that is not ours."""
        cluster = places().cluster / "PG_VERSION"
        if os.environ.get("DATABASE_URL") or not cluster.exists():
            return ""
        return _state(
            [*CHECKOUT.glob("*/migrations/*.py"), *CHECKOUT.glob("buurtbaan/*/migrations/*.py"), cluster]
        )

    def _collect_static(self) -> None:
        folders = (CHECKOUT / "static", *CHECKOUT.glob("*/static"), *CHECKOUT.glob("buurtbaan/*/static"))
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        seen, stamp = _state([*files, CHECKOUT / "requirements.txt"]), self._stamp("static")
        root = Path(os.environ.get("STATIC_ROOT") or CHECKOUT / "staticfiles")
        collected = (root / "staticfiles.json").exists()
        if not collected or not stamp.exists() or stamp.read_text() != seen:
            say("Collecting static files…")
            self._manage("collectstatic", "--noinput", "--clear")
            stamp.write_text(seen)

    def _start_child(self, name: str, command: tuple[str, ...], *doors: int) -> None:
        log = self.var / "log" / f"{name}.log"
        child = Child(name, command, self.environment, log, say, pass_fds=(self.still_there, *doors))
        self.children.append(child)
        child.start()

    def _commands(self, door: int) -> dict[str, tuple[str, ...]]:
        """What runs; `door` is the number of the listening socket that the web server inherits."""
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"  # noqa: S108
        python = (sys.executable, "-m")
        web = (*python, "gunicorn", "buurtbaan.wsgi:application", "--preload", "--no-control-socket")
        celery = (*python, "celery", "-A", "buurtbaan.celery", "--skip-checks")
        quick = ("--without-gossip", "--without-mingle", "--without-heartbeat")
        return {
            "web": (
                *(*web, f"--bind=fd://{door}", "--worker-class=gthread", "--workers=2", "--threads=4"),
                *(f"--worker-tmp-dir={memory}", "--graceful-timeout=10"),
                f"--access-logfile={self.var / 'log' / 'access.log'}",
            ),
            "worker": (*celery, "worker", "--loglevel=INFO", *quick),
            "schedule": (*celery, "beat", f"--schedule={self.var / 'schedule'}", "--loglevel=INFO"),
        }

    def _look_after_children(self) -> None:
        for child in self.children:
            if not child.look_after():
                end = "\n".join(f"  {line}" for line in child.tail)
                raise LocalServersError(f"{child.name} keeps stopping. The end of {child.log}:\n{end}")

    def _wait_for_web(self, door: socket.socket) -> None:
        deadline = time.monotonic() + WEB_PATIENCE
        while not _healthy(door.getsockname()[1]):
            if time.monotonic() > deadline:
                log = self.var / "log" / "web.log"
                raise LocalServersError(f"The web server does not answer well; see {log}.")
            self._pause(0.1)
            self._look_after_children()

    def _wait_for_earlier_children(self) -> None:
        """Children hold this lock; the kernel tells those of a killed supervisor to stop."""
        deadline = time.monotonic() + STOP_PATIENCE + 10
        while not ground.locked(self.still_there):
            if time.monotonic() > deadline:
                raise LocalServersError("Processes of an earlier run in this checkout do not stop; end them.")
            self._pause(0.1)

    def _manage(self, *arguments: str) -> str:
        """Run one management command to its end and return what it printed; can be stopped in between."""
        command = (sys.executable, "manage.py", *arguments, "--skip-checks")
        log = self.var / "log" / "prepare.log"
        step = Child(arguments[0], command, self.environment, log, _silent, (self.still_there,), deque())
        self.children.append(step)
        step.start()
        while step.running():
            self._pause(0.02)
        self.children.remove(step)
        children.stop([step], patience=0)
        output = "\n".join(step.tail)
        if step.process is None or step.process.returncode != 0:
            raise LocalServersError(f"'manage.py {' '.join(arguments)}' failed:\n{output}")
        return output

    def _pause(self, seconds: float) -> None:
        if self.asked:
            raise Stopped
        time.sleep(seconds)
        if self.asked:
            raise Stopped


def _state(files: list[Path]) -> str:
    """Changes when one of these files does."""
    states = [(path, path.stat()) for path in sorted(files)]
    listing = "".join(f"{path} {state.st_mtime_ns} {state.st_size}\n" for path, state in states)
    return hashlib.sha256(listing.encode()).hexdigest()


def _silent(_line: str) -> None:
    """A step's output is shown only when it fails."""


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
