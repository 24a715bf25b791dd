"""PostgreSQL on a socket of its own, without a network port."""

import locale
import os
import pwd
import shlex
import shutil
import socket
import stat
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

from buurtbaan.local.places import LocalServersError, Places, is_root
from buurtbaan.local.programs import (
    Ids,
    alive,
    ensure_ground,
    postgres_program,
    run,
    server_pid,
    service_ids,
)
from buurtbaan.local.wiring import APP, DATABASE, OWNER

SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "jit": "off",
    "random_page_cost": "1.1",
    "log_timezone": "'UTC'",
    "timezone": "'UTC'",
    "lc_messages": "'C'",
}
THROWAWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "'10min'",
}


def answers(where: Places) -> bool:
    """Whether a server listens on the socket; it may still be starting."""
    with socket.socket(socket.AF_UNIX) as door:
        try:
            door.connect(str(where.postgres_socket))
        except OSError:
            return False
    return True


def start(where: Places) -> None:
    """Start the server, with a new cluster when there is none. The caller holds the start lock."""
    ensure_ground(where)
    ids = service_ids(where)
    if not (where.cluster / "PG_VERSION").exists():
        _make_cluster(where, ids)
    _clear_leftovers(where, ids)
    _write_settings(where)
    _launch(where, ids)
    _make_roles_and_database(where)


def _launch(where: Places, ids: Ids) -> None:
    """Have pg_ctl start the server; a few tries, as processes of a killed server take a moment to go."""
    options = f"-c config_file={shlex.quote(str(where.home / 'postgresql.conf'))}"
    log = where.logs / "postgres.log"
    for tries_left in (2, 1, 0):
        try:
            _pg_ctl(where, ids, "start", "-w", "-t", "60", "-l", log, "-o", options)
            return
        except LocalServersError as error:
            if not tries_left:
                tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else ""
                raise LocalServersError(f"PostgreSQL did not start.\n{error}\n{tail}") from None
            time.sleep(1)


def stop(where: Places) -> None:
    """End all connections and stop the server with its data complete on disk."""
    if _server_pid(where, service_ids(where)) is not None:
        _pg_ctl(where, service_ids(where), "stop", "-w", "-t", "60", "-m", "fast")


def _pg_ctl(where: Places, ids: Ids, action: str, *arguments: str | Path) -> None:
    run(
        [postgres_program(where, "pg_ctl"), action, "-s", "-D", where.cluster, *arguments],
        ids,
        cwd=where.logs,
    )


def _make_cluster(where: Places, ids: Ids) -> None:
    """Make the cluster aside and move it into place whole.

    Sorting is by code point on every machine, letters are known in every language. initdb insists on a user
    with a name, so for root it runs as `nobody`, after which the files go to the servers' own number.
    """
    maker = _named_ids() if is_root() else ids
    fresh = Path(tempfile.mkdtemp(prefix="initdb-", dir=where.home))
    os.chown(fresh, *maker)
    try:
        cluster = fresh / "postgres"
        run(
            [
                *(
                    postgres_program(where, "initdb"),
                    "-D",
                    cluster,
                    "-U",
                    "postgres",
                    "--auth=trust",
                    "--no-sync",
                ),
                *("--encoding=UTF8", "--locale=C", f"--lc-ctype={_letters()}"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
            ],
            maker,
            cwd=fresh,
        )
        if is_root():
            _hand_over(cluster, ids)
        if where.cluster.exists():
            shutil.rmtree(where.cluster)
        cluster.rename(where.cluster)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _letters() -> str:
    """The C library's idea of letters, which text search and trigrams still ask."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"


def _named_ids() -> Ids:
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise LocalServersError(
            "This machine has no user 'nobody'; run as an ordinary user instead of root."
        ) from None
    return nobody.pw_uid, nobody.pw_gid


def _hand_over(cluster: Path, ids: Ids) -> None:
    for folder, _, files in os.walk(cluster):
        os.chown(folder, *ids, follow_symlinks=False)
        for path in (Path(folder, name) for name in files):
            found = path.lstat()
            if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
                raise LocalServersError(f"{path} is not what initdb made.")
            os.chown(path, *ids, follow_symlinks=False)


def _clear_leftovers(where: Places, ids: Ids) -> None:
    """Remove what would stand in the way: a number of a dead server that another process has now.

    A server that runs without its socket (swept away) is stopped, to be started anew. PostgreSQL's own note
    of a dead number stays, for it also guards against processes that the dead server left.
    """
    if _server_pid(where, ids) is not None:
        stop(where)
    lock = where.postgres_socket.with_name(where.postgres_socket.name + ".lock")
    for leftover in (where.postgres_socket, lock):
        leftover.unlink(missing_ok=True)
    note = where.cluster / "postmaster.pid"
    if alive(note) is not None:
        note.unlink()


def _server_pid(where: Places, ids: Ids) -> int | None:
    """The running server of this cluster, if there is one."""
    return server_pid(where.cluster / "postmaster.pid", ids, f"\0{where.cluster}\0")


def _write_settings(where: Places) -> None:
    """Write the configuration, which lies beside the cluster so that only we can change it.

    Everyone who gets through the socket's folder, closed to all but us, may use any role.
    """
    settings = SETTINGS | (THROWAWAY_SETTINGS if where.throwaway else {})
    settings["dynamic_shared_memory_type"] = "posix" if _shared_memory() else "mmap"
    settings["unix_socket_directories"] = f"'{where.sockets}'"
    settings["hba_file"] = "'" + str(where.home / "pg_hba.conf").replace("'", "''") + "'"
    (where.home / "pg_hba.conf").write_text("local all all trust\n")
    text = "".join(f"{name} = {value}\n" for name, value in settings.items())
    (where.home / "postgresql.conf").write_text(text)
    for name in ("pg_hba.conf", "postgresql.conf"):
        (where.home / name).chmod(0o644)


def _shared_memory() -> bool:
    """Whether any user may share memory here; a bare chroot has no such place."""
    try:
        return bool(Path("/dev/shm").stat().st_mode & stat.S_IWOTH)  # noqa: S108
    except OSError:
        return False


def _make_roles_and_database(where: Places) -> None:
    """Make what is missing: the owner, who migrates, and the app's role, which row-level security holds."""
    with psycopg.connect(
        host=str(where.sockets), user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        if APP not in roles:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APP)))
        if OWNER not in roles:
            owner = sql.Identifier(OWNER)
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE").format(owner))
            connection.execute(
                sql.SQL("GRANT {} TO {} WITH ADMIN OPTION, INHERIT FALSE, SET TRUE").format(
                    sql.Identifier(APP), owner
                )
            )
        databases = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
        if DATABASE not in databases:
            command = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(command.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
