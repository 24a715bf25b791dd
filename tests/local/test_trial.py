"""`make test`'s servers: there for the command, gone after it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from buurtbaan.local import trial
from buurtbaan.local.places import CHECKOUT, Places, default_home

LOOK = (
    "import os, psycopg; from buurtbaan import local; s = local.database_settings(owner=True);"
    "c = psycopg.connect(host=s['HOST'], user=s['USER'], dbname=s['NAME']);"
    "print(c.execute('SHOW fsync').fetchone()[0], os.environ['BUURTBAAN_LOCAL_DIR'], s['HOST'])"
)


def start(*command: str, **more: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BUURTBAAN_")}
    return subprocess.Popen(
        [sys.executable, "-m", "buurtbaan.local", "test", "--", *command],
        cwd=CHECKOUT,
        env=environment | more,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("code", [0, 7])
def test_a_trial_has_servers_of_its_own_and_leaves_nothing(code: int) -> None:
    process = start(sys.executable, "-c", f"{LOOK}; raise SystemExit({code})")
    output, _ = process.communicate(timeout=180)
    fsync, home, sockets = output.split()
    assert process.returncode == code
    assert fsync == "off"
    assert not Path(home).exists()
    assert not Path(sockets).exists()


def test_a_trial_told_to_stop_cleans_up() -> None:
    process = start(sys.executable, "-c", f"{LOOK}; import sys, time; sys.stdout.flush(); time.sleep(600)")
    assert process.stdout is not None
    _, home, sockets = process.stdout.readline().split()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=180)
    assert process.returncode == 128 + signal.SIGTERM
    assert not Path(home).exists()
    assert not Path(sockets).exists()


def test_what_a_killed_trial_left_is_swept_by_the_next() -> None:
    process = start(sys.executable, "-c", f"{LOOK}; import sys, time; sys.stdout.flush(); time.sleep(600)")
    assert process.stdout is not None
    _, home, sockets = process.stdout.readline().split()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.kill()
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    process.communicate()
    assert Path(home).exists()
    deadline = time.monotonic() + 120
    while Path(home).exists() and time.monotonic() < deadline:
        trial.sweep(default_home())
    assert not Path(home).exists()
    assert not Path(sockets).exists()


def test_a_database_of_one_s_own_is_not_started_twice(where: Places) -> None:
    look = "import os; print(os.path.exists(os.environ['BUURTBAAN_LOCAL_DIR'] + '/postgres'))"
    process = start(
        sys.executable, "-c", look, DATABASE_URL="postgres://elsewhere/x", REDIS_URL="redis://elsewhere"
    )
    output, _ = process.communicate(timeout=180)
    assert output == "False\n"
