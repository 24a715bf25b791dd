"""The embedded servers: one for all who use them, gone with the last, back after any accident."""

import os
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import redis as redis_client

from buurtbaan.local import postgres, redis
from buurtbaan.local.places import CHECKOUT, FREE_UIDS, LocalServersError, Places, is_root
from buurtbaan.local.programs import ensure_ground

Script = Callable[[str], subprocess.Popen[str]]

USE_UNTIL_TOLD = """
from buurtbaan import local
local.ensure_postgres(); local.ensure_redis()
print("ready", flush=True)
input()
"""
LEAVE_WITHOUT_GOODBYE = """
import os
from buurtbaan import local
local.ensure_postgres(); local.ensure_redis()
os._exit(0)
"""
FORK_A_CHILD = """
import os, sys
from buurtbaan import local
local.ensure_postgres()
if os.fork() == 0:
    local.ensure_postgres()
    sys.exit(0)
os.wait()
from buurtbaan.local import postgres
from buurtbaan.local.places import places
print(postgres.answers(places()), flush=True)
"""


def finish(process: subprocess.Popen[str], word: str = "\n") -> str:
    output, _ = process.communicate(word, timeout=180)
    assert process.returncode == 0, output
    return output


def wait_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"


def postmaster(where: Places) -> int:
    return int((where.cluster / "postmaster.pid").read_text().split()[0])


def redis_pid(where: Places) -> int:
    return int((where.redis / "redis.pid").read_text())


def wait_gone(pid: int) -> None:
    """Until no process runs under this number; one that only waits to be reaped does not count."""
    deadline = time.monotonic() + 120
    while (state := Path(f"/proc/{pid}/stat")).exists() and ") Z" not in state.read_text():
        assert time.monotonic() < deadline, f"process {pid} is still there"
        time.sleep(0.02)


def connect(
    where: Places, user: str, database: str = "buurtbaan"
) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(host=str(where.sockets), user=user, dbname=database, autocommit=True)


def answering(where: Places) -> tuple[bool, bool]:
    return postgres.answers(where), redis.answers(where)


def test_two_starters_at_once_get_one_server_and_the_last_one_stops_it(where: Places, script: Script) -> None:
    first, second = script(USE_UNTIL_TOLD), script(USE_UNTIL_TOLD)
    wait_ready(first)
    wait_ready(second)
    server = postmaster(where)

    finish(first)
    assert answering(where) == (True, True)
    assert postmaster(where) == server

    finish(second)
    assert answering(where) == (False, False)
    assert not (where.cluster / "postmaster.pid").exists()


def test_what_a_killed_user_left_running_is_used_and_then_stopped(where: Places, script: Script) -> None:
    finish(script(LEAVE_WITHOUT_GOODBYE))
    assert answering(where) == (True, True)
    server = postmaster(where)

    later = script(USE_UNTIL_TOLD)
    wait_ready(later)
    assert postmaster(where) == server
    finish(later)
    assert answering(where) == (False, False)


def test_a_killed_server_starts_again_with_its_data(where: Places, script: Script) -> None:
    finish(script(LEAVE_WITHOUT_GOODBYE))
    with connect(where, "buurtbaan_owner") as connection:
        connection.execute("SET synchronous_commit = on")
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")
    os.kill(postmaster(where), signal.SIGKILL)
    while postgres.answers(where):
        time.sleep(0.01)
    assert where.postgres_socket.exists()

    later = script(USE_UNTIL_TOLD)
    wait_ready(later)
    with connect(where, "buurtbaan_owner") as connection:
        assert connection.execute("SELECT number FROM kept").fetchall() == [(42,)]
    finish(later)


def test_a_stale_pid_file_that_names_another_process_is_no_obstacle(where: Places, script: Script) -> None:
    finish(script(USE_UNTIL_TOLD))
    (where.cluster / "postmaster.pid").write_text(
        f"{os.getpid()}\n{where.cluster}\n1\n5432\n{where.sockets}\n"
    )
    ensure_ground(where)
    where.postgres_socket.touch()
    Path(f"{where.postgres_socket}.lock").write_text(f"{os.getpid()}\n")
    where.redis_socket.touch()

    later = script(USE_UNTIL_TOLD)
    wait_ready(later)
    assert answering(where) == (True, True)
    finish(later)


def test_sockets_swept_away_under_a_running_server_come_back(where: Places, script: Script) -> None:
    finish(script(LEAVE_WITHOUT_GOODBYE))
    before = postmaster(where), redis_pid(where)
    for entry in where.sockets.iterdir():
        entry.unlink()

    later = script(USE_UNTIL_TOLD)
    wait_ready(later)
    assert answering(where) == (True, True)
    for pid in before:
        wait_gone(pid)
    finish(later)
    assert answering(where) == (False, False)


def test_a_forked_child_that_ends_leaves_the_server_to_its_parent(where: Places, script: Script) -> None:
    assert finish(script(FORK_A_CHILD)) == "True\n"
    assert answering(where) == (False, False)


def test_the_app_role_is_no_owner_and_the_owner_can_become_it(standing: Places) -> None:
    with connect(standing, "buurtbaan_owner") as owner:
        rights = owner.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles"
            " WHERE rolname LIKE 'buurtbaan%' ORDER BY 1"
        ).fetchall()
        assert rights == [("buurtbaan_app", False, False, False), ("buurtbaan_owner", False, False, True)]
        owner.execute("CREATE TABLE walled (n int)")
        owner.execute("ALTER TABLE walled ENABLE ROW LEVEL SECURITY")
        owner.execute("INSERT INTO walled VALUES (1)")
        owner.execute("GRANT SELECT ON walled TO buurtbaan_app")
        owner.execute("SET ROLE buurtbaan_app")
        assert owner.execute("SELECT count(*) FROM walled").fetchone() == (0,)
    with connect(standing, "buurtbaan_app") as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("CREATE TABLE mine (n int)")


def test_letters_of_every_language_count_as_letters(standing: Places) -> None:
    with connect(standing, "buurtbaan_owner") as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        found = connection.execute("SELECT lower('ÇAĞLA'), similarity('Zoë', 'zoë')").fetchone()
    assert found == ("çağla", 1.0)


def test_nothing_listens_on_a_network_port(standing: Places) -> None:
    with connect(standing, "buurtbaan_app") as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    client = redis_client.Redis(unix_socket_path=str(standing.redis_socket))
    assert client.config_get("port") == {"port": "0"}
    client.close()


def test_only_we_can_reach_sockets_and_data(standing: Places) -> None:
    owners = set()
    for folder in (standing.sockets, standing.cluster, standing.redis, standing.logs):
        found = folder.stat()
        owners.add(found.st_uid)
        assert stat.S_IMODE(found.st_mode) == 0o700, folder
    assert len(owners) == 1
    assert owners.pop() in (FREE_UIDS if is_root() else {os.geteuid()})


def test_no_folder_around_the_data_or_the_checkout_is_opened_up(where: Places, script: Script) -> None:
    around = {*CHECKOUT.parents, *where.home.parents, CHECKOUT, Path.home(), Path(tempfile.gettempdir())}
    before = {folder: folder.stat().st_mode for folder in around}
    finish(script(USE_UNTIL_TOLD))
    assert {folder: folder.stat().st_mode for folder in around} == before


def test_a_socket_folder_of_a_stranger_is_refused(where: Places) -> None:
    where.sockets.symlink_to(tempfile.gettempdir())
    with pytest.raises(LocalServersError, match="belongs to somebody else"):
        ensure_ground(where)
    where.sockets.unlink()


@pytest.mark.skipif(not is_root(), reason="only root's servers run as another user")
def test_a_home_behind_a_closed_folder_is_refused_and_stays_closed(where: Places, script: Script) -> None:
    where.home.chmod(0o700)
    inner = where.home / "inner"
    inner.mkdir()
    text = f"import os; os.environ['BUURTBAAN_LOCAL_DIR'] = {str(inner)!r}\n" + USE_UNTIL_TOLD
    process = script(text)
    output, _ = process.communicate("\n", timeout=180)
    assert process.returncode == 1
    assert "BUURTBAAN_LOCAL_DIR" in output.splitlines()[-1]
    assert stat.S_IMODE(where.home.stat().st_mode) == 0o700
