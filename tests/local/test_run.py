"""`make run`, as a person meets it: an address, everything behind it, and nothing left afterwards."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from buurtbaan.local import postgres, redis
from buurtbaan.local.places import CHECKOUT, Places

Run = Callable[[], subprocess.Popen[str]]
PATIENCE = 600.0  # seconds; a busy machine is slow


@pytest.fixture
def run(where: Places, tmp_path: Path) -> Iterator[Run]:
    """Start Buurtbaan with data of its own."""
    named = {
        "BUURTBAAN_LOCAL_DIR": str(where.home),
        "BUURTBAAN_LOCAL_THROWAWAY": "1",
        "BUURTBAAN_VAR": str(tmp_path / "var"),
        "STATIC_ROOT": str(tmp_path / "staticfiles"),
    }
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "buurtbaan.local", "run"]
        return subprocess.Popen(
            command,
            cwd=CHECKOUT,
            env=kept | named,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    yield start
    for pid in processes_of(tmp_path):
        os.kill(pid, signal.SIGKILL)


def processes_of(folder: Path) -> list[int]:
    """Every process that was started with its data in this folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.fsencode(folder / "var") in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def read_until(process: subprocess.Popen[str], word: str) -> str:
    assert process.stdout is not None
    output = ""
    for line in process.stdout:
        output += line
        if word in line:
            return output
    pytest.fail(output)


def status(address: str, path: str) -> int:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def test_run_starts_everything_survives_its_own_death_and_leaves_nothing(
    run: Run, where: Places, tmp_path: Path
) -> None:
    first = run()
    output = read_until(first, "Ctrl-C stops it.")
    address = json.loads((tmp_path / "var" / "run.json").read_text())["address"]
    assert address in output
    assert status(address, "/healthz") == 200
    assert status(address, "/accounts/login/") == 200
    for log, word in (("worker", " ready."), ("schedule", "beat: Starting")):
        _wait_for(lambda log=log, word=word: word in (tmp_path / "var" / "log" / f"{log}.log").read_text())

    second = run()
    told, _ = second.communicate(timeout=PATIENCE)
    assert (second.returncode, told) == (0, f"Buurtbaan already runs in this checkout: {address}\n")

    first.kill()
    first.communicate()
    again = run()
    assert address in read_until(again, "Ctrl-C stops it.")

    again.send_signal(signal.SIGINT)
    rest, _ = again.communicate(timeout=PATIENCE)
    assert again.returncode == 0
    assert "Traceback" not in rest
    assert processes_of(tmp_path) == []
    assert not postgres.answers(where)
    assert not redis.answers(where)


def test_run_says_what_is_wrong_and_stops_everything(run: Run, where: Places, tmp_path: Path) -> None:
    blocked = tmp_path / "var" / "secret-key"
    blocked.mkdir(parents=True)
    process = run()
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "'manage.py migrate --noinput --verbosity=0' failed" in output
    assert processes_of(tmp_path) == []
    assert not postgres.answers(where)


def _wait_for(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
