"""Fifty people at once, in front of the web server that the product really runs on: does everybody get an answer?"""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from buurtbaan.bureaus.models import Membership
from impact.bench.clock import Times
from impact.bench.data import Stage
from impact.bench.measure import Reading, reading, signed_in

PEOPLE, WORKERS, THREADS = 50, 2, 4
SECONDS = 30
PAUSE = (1.0, 3.0)
"""Between which numbers of seconds somebody looks at a page before the next click."""
BESIDE_ALONE = 8.0
PATIENCE = 60
ROUND = 250
"""After so many people of the stage comes the coach's first one again."""


@dataclass
class Visitor:
    """Somebody at work: the same rounds through the day, each click after a look at the page."""

    port: int
    cookie: str
    stage: Stage
    number: int
    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def round(self) -> Iterator[Callable[[], None]]:
        """The clicks of one round: the day, somebody's file and work, a note that keeps itself, the lists."""
        person = self.stage.candidate_id + ROUND * (self.number % max(1, self.stage.people // ROUND))
        file, work = (
            reverse(name, args=[person]) for name in ("candidates:file", "matching:candidate_suggestions")
        )
        note = reverse("candidates:conversation_add", args=[person])
        for page in (reverse("matching:today"), file, work):
            yield lambda page=page: self._open(page)  # type: ignore[misc]
        yield lambda: self._type(note)
        lists = "candidates:caseload", "candidates:board", "employers:position_list", "matching:match_list"
        for name in (*lists, "matching:placement_list"):
            yield lambda name=name: self._open(reverse(name))  # type: ignore[misc]

    def work(self, until: float) -> None:
        """Round after round, until the clock says so."""
        chance = Random(self.number)  # noqa: S311 - no secret
        time.sleep(chance.uniform(0, PAUSE[1]))
        while True:
            for click in self.round():
                if time.perf_counter() > until:
                    return
                click()
                time.sleep(chance.uniform(*PAUSE))

    def _open(self, page: str) -> str:
        return self._ask("GET", page)

    def _type(self, form: str) -> None:
        """Open a form and let it keep what was typed, as the page does by itself."""
        html = self._open(form)
        said = {
            name: found[1] if (found := re.search(pattern, html)) else ""
            for name, pattern in (
                ("csrfmiddlewaretoken", r'name="csrfmiddlewaretoken" value="([^"]*)"'),
                ("concept", r'name="concept" value="([^"]*)"'),
                ("place", r'data-place="([^"]*)"'),
            )
        }
        kept = said | {
            "page": "bench",
            "version": "0",
            "was": "",
            "sequence": "1",
            "v.text": "Zij wil verder",
        }
        self._ask("POST", reverse("draft_save"), urlencode(kept))

    def _ask(self, method: str, page: str, said: str = "") -> str:
        begun, html = time.perf_counter(), ""
        try:
            line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            line.request(method, page, said or None, self._headers())
            answer = line.getresponse()
            html = answer.read().decode()
            for value in answer.headers.get_all("Set-Cookie") or ():
                if value.startswith(f"{settings.CSRF_COOKIE_NAME}="):
                    self.cookie = f"{self.cookie.partition(';')[0]}; {value.partition(';')[0]}"
            line.close()
            if answer.status != 200:
                self.wrong.append(f"{page} answered {answer.status}")
        except (OSError, HTTPException) as reason:
            self.wrong.append(f"{page}: {reason}")
        self.took.append((time.perf_counter() - begun) * 1000)
        return html

    def _headers(self) -> dict[str, str]:
        return {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
        }


def busy(stage: Stage) -> Reading:
    """The slowest twentieth of the clicks of fifty people beside one person's middle click, by the clock."""
    with _web() as port:
        alone = _visitor(port, stage, stage.coach, 0)
        for _turn in range(4):
            for click in alone.round():
                click()
        one = statistics.median(alone.took[len(alone.took) // 2 :])
        everybody = [
            _visitor(port, stage, stage.manager if n % 5 == 0 else stage.coach, n) for n in range(PEOPLE)
        ]
        until = time.perf_counter() + SECONDS
        threads = [threading.Thread(target=who.work, args=(until,), daemon=True) for who in everybody]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SECONDS + 2 * PATIENCE)
    took = sorted(each for who in everybody for each in who.took)
    wrong = [each for who in (alone, *everybody) for each in who.wrong]
    slow = took[int(len(took) * 0.95)]
    times = Times(slow, took[len(took) // 4], took[3 * len(took) // 4], slow)
    name = f"{PEOPLE} people, {len(took)} clicks, p95" + (f", {len(wrong)} errors" if wrong else "")
    goal = f"≤ {BESIDE_ALONE:g} × one person's median, no error"
    if wrong:
        sys.stderr.write("\n".join(wrong[:5]) + "\n")
    reached = not wrong and slow <= BESIDE_ALONE * one
    return reading(name, times, slow / one, "one alone", goal, reached)


def _visitor(port: int, stage: Stage, membership: Membership, number: int) -> Visitor:
    session = signed_in(membership).cookies[settings.SESSION_COOKIE_NAME].value
    return Visitor(port, f"{settings.SESSION_COOKIE_NAME}={session}", stage, number)


@contextmanager
def _web() -> Iterator[int]:
    """The web server as `make run` starts it, on a port that nobody uses; it stops with the benchmark."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as door, tempfile.TemporaryDirectory() as folder:
        port, log = door.getsockname()[1], Path(folder) / "web.log"
        line = [
            *(sys.executable, "-m", "buurtbaan.local.child", str(os.getpid())),
            *(
                sys.executable,
                "-m",
                "gunicorn",
                "buurtbaan.wsgi:application",
                "--preload",
                "--no-control-socket",
            ),
            *(f"--bind=fd://{door.fileno()}", "--worker-class=gthread"),
            *(f"--workers={WORKERS}", f"--threads={THREADS}", "--graceful-timeout=5"),
        ]
        with log.open("wb") as out:
            web = subprocess.Popen(
                line, cwd=settings.BASE_DIR, stdout=out, stderr=out, pass_fds=(door.fileno(),)
            )
            try:
                _wait(port, web, log)
                yield port
            finally:
                web.terminate()
                web.wait(PATIENCE)


def _wait(port: int, web: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and web.poll() is None:
        try:
            line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            line.request("GET", "/healthz", headers={"Host": f"127.0.0.1:{port}"})
            if line.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The web server of the benchmark did not start:\n{log.read_text()[-2000:]}")
