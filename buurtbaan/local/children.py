"""The processes under `make run`: web, worker and schedule."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from buurtbaan.local.places import CHECKOUT

LARGEST_LOG = 5_000_000  # bytes; an older log is kept once
STEADY = 60.0  # seconds after which a child counts as running well
RESTARTS = 4
NEW_RECORD = re.compile(r"^(\[?\d{4}-\d\d-\d\d[ T]|worker: )")
BAD_RECORD = re.compile(
    r"^(\[?\d{4}-\d\d-\d\d [\d:,]+( [+-]\d{4})?(: | |\] \[\d+\] \[)(ERROR|CRITICAL)\b|Traceback |Error: )"
)

Say = Callable[[str], None]


@dataclass
class Child:
    """One process that is kept running, with its output in a log and its errors on the screen."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    say: Say
    pass_fds: tuple[int, ...] = ()
    tail: deque[str] = field(default_factory=lambda: deque(maxlen=20))
    process: subprocess.Popen[str] | None = None
    started: float = 0.0
    start_again: float | None = None
    failures: int = 0
    pump: threading.Thread | None = None

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl-C is for the supervisor to pass on."""
        self.started, self.start_again = time.monotonic(), None
        self.process = subprocess.Popen(
            [sys.executable, "-m", "buurtbaan.local.child", str(os.getpid()), *self.command],
            cwd=CHECKOUT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            pass_fds=self.pass_fds,
        )
        self.pump = threading.Thread(target=self._pump, args=(self.process,), daemon=True)
        self.pump.start()

    def running(self) -> bool:
        """Whether it runs now."""
        return self.process is not None and self.process.poll() is None

    def look_after(self) -> bool:
        """Start it again after a death, later each time; False when it keeps dying."""
        if self.running():
            return True
        now = time.monotonic()
        if self.start_again is None:
            self.signal(signal.SIGKILL, group=True)
            self.failures = 1 if now - self.started > STEADY else self.failures + 1
            if self.failures > RESTARTS:
                return False
            wait = 2.0 ** (self.failures - 1)
            self.start_again = now + wait
            self.say(f"{self.name} stopped ({_how(self.process)}); starting it again in {wait:.0f} s.")
        elif now >= self.start_again:
            self.start()
        return True

    def signal(self, number: signal.Signals, *, group: bool = False) -> None:
        """Send it a signal; with `group`, its own children too."""
        if self.process is None:
            return
        try:
            if group:
                os.killpg(self.process.pid, number)
            elif self.process.poll() is None:
                self.process.send_signal(number)
        except ProcessLookupError:
            pass

    def _pump(self, process: subprocess.Popen[str]) -> None:
        """Copy the output to the log, and to the screen what is an error."""
        assert process.stdout is not None  # noqa: S101
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))
        loud = False
        with process.stdout as lines, self.log.open("a", buffering=1) as log:
            for line in lines:
                log.write(line)
                self.tail.append(line.rstrip())
                if BAD_RECORD.match(line):
                    loud = True
                elif NEW_RECORD.match(line):
                    loud = False
                if loud and line.strip():
                    self.say(f"{self.name}: {line.rstrip()}")


def stop(children: Sequence[Child], *, patience: float, hurry: Callable[[], bool] = bool) -> None:
    """Stop all of them: asked, then urged (Celery gives its task back), then killed.

    patience: seconds between the first two, or until `hurry` says so.
    """
    for number, wait in ((signal.SIGTERM, patience), (signal.SIGQUIT, 5.0)):
        for child in children:
            child.signal(number)
        deadline = time.monotonic() + wait
        while any(child.running() for child in children) and time.monotonic() < deadline and not hurry():
            time.sleep(0.05)
    for child in children:
        child.signal(signal.SIGKILL, group=True)
        if child.process is not None:
            child.process.wait()
        if child.pump is not None:
            child.pump.join(timeout=2)


def _how(process: subprocess.Popen[str] | None) -> str:
    code = process.returncode if process else None
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"
