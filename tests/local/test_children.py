"""Processes under the supervisor: their output, their deaths, and that none outlives it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from buurtbaan.local import children
from buurtbaan.local.children import RESTARTS, Child
from buurtbaan.local.places import CHECKOUT

MakeChild = Callable[[str], Child]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def child(tmp_path: Path, said: list[str]) -> Iterator[MakeChild]:
    made: list[Child] = []

    def make(text: str) -> Child:
        command = (sys.executable, "-c", text)
        environment = {"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1"}
        made.append(Child("worker", command, environment, tmp_path / "worker.log", said.append))
        return made[-1]

    yield make
    children.stop(made, patience=0)


def wait_for(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 120
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_errors_reach_the_screen_and_all_else_only_the_log(child: MakeChild, said: list[str]) -> None:
    lines = [
        "[2026-01-05 09:00:00,000: INFO/MainProcess] ready, no ERROR here",
        "[2026-01-05 09:00:01,000: ERROR/ForkPoolWorker-1] task failed",
        "Traceback (most recent call last):",
        "ValueError: why",
        "2026-01-05 09:00:02,000 INFO web: fine again",
        "[2026-01-05 09:00:03 +0000] [42] [ERROR] worker was lost",
        "2026-01-05 09:00:04,000 WARNING web: not so fine",
        "2026-01-05 09:00:05,000 ERROR django.request: not fine",
    ]
    process = child(f"print({chr(10).join(lines)!r})")
    process.start()
    wait_for(lambda: not process.running())
    children.stop([process], patience=0)
    assert process.log.read_text().splitlines() == lines
    assert said == [f"worker: {line}" for line in (*lines[1:4], lines[5], lines[7])]


def test_a_child_that_keeps_dying_is_started_again_a_few_times_and_then_given_up(
    child: MakeChild, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(children.time, "monotonic", lambda: now[0])
    process = child("import sys; print('broken'); sys.exit(3)")
    process.start()
    starts = 1
    while True:
        assert process.process is not None
        process.process.wait(120)
        if not process.look_after():
            break
        now[0] += 60
        process.look_after()
        starts += 1
        process.started = now[0]
    assert starts == 1 + RESTARTS
    assert said == [f"worker stopped (exit code 3); starting it again in {2**n} s." for n in range(RESTARTS)]
    assert "broken" in process.tail


def test_a_child_that_ran_well_gets_all_its_chances_back(
    child: MakeChild, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = child("pass")
    process.start()
    assert process.process is not None
    process.process.wait(120)
    process.failures = RESTARTS
    process.started = time.monotonic() - 3600
    assert process.look_after()
    assert process.failures == 1


def test_a_child_that_will_not_stop_is_killed_with_its_own_children(child: MakeChild) -> None:
    stubborn = (
        "import os, signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.signal(signal.SIGQUIT, signal.SIG_IGN)\n"
        "grandchild = os.fork()\n"
        "if grandchild: print(grandchild)\n"
        "time.sleep(600)\n"
    )
    process = child(stubborn)
    process.start()
    wait_for(lambda: process.tail)
    children.stop([process], patience=5, hurry=lambda: True)
    assert not process.running()
    wait_for(lambda: not _alive(int(process.tail[0])))


def test_children_of_a_killed_supervisor_are_told_to_stop() -> None:
    text = (
        "import os, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-m', 'buurtbaan.local.child', str(os.getpid()),"
        " 'sleep', '600'], start_new_session=True)\n"
        "time.sleep(1)\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", text], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert _alive(pid)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    wait_for(lambda: not _alive(pid))


def _alive(pid: int) -> bool:
    """A process that runs; one that ended but was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
