"""A copy of everything in one folder, putting it back, and a rehearsal of that on a scratch database.

A backup is a folder with `database.dump` (pg_dump's own form), `files.tar` and `about.json`, which says how many rows
each table had and what the sums of both files are. PostgreSQL's programs come with the embedded server, or from PATH.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from buurtbaan.local.programs import client_program

DUMP, FILES, ABOUT = "database.dump", "files.tar", "about.json"


class BackupError(Exception):
    """What went wrong, in words for who runs it."""


@dataclass(frozen=True)
class Checked:
    """What a rehearsal found: tables with as many rows as before, files, people erased again."""

    tables: int
    rows: int
    files: int
    erased: int


def make(folder: Path) -> Path:
    """Write a new backup below `folder`, readable by the owner only; gives where it lies."""
    place = folder / f"buurtbaan-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    place.mkdir(parents=True, mode=0o700)
    with open_database() as here:
        here.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = here.execute("SELECT pg_export_snapshot()").fetchone()[0]  # type: ignore[index]
        counts = row_counts(here)
        target = f"--file={place / DUMP}"
        run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", target, database())
    with tarfile.open(place / FILES, "w") as archive:
        if Path(settings.MEDIA_ROOT).is_dir():
            archive.add(settings.MEDIA_ROOT, arcname="files")
    about = {
        "made_at": datetime.now(UTC).isoformat(),
        "rows": counts,
        "sha256": {name: digest(place / name) for name in (DUMP, FILES)},
    }
    (place / ABOUT).write_text(json.dumps(about, indent=1, sort_keys=True))
    for name in (DUMP, FILES, ABOUT):
        (place / name).chmod(0o600)
    return place


def whole(place: Path) -> dict[str, Any]:
    """What a backup says of itself. Raises BackupError when a file is missing or damaged."""
    try:
        about: dict[str, Any] = json.loads((place / ABOUT).read_text())
        damaged = [name for name, sum_ in about["sha256"].items() if digest(place / name) != sum_]
    except (OSError, ValueError, KeyError) as reason:
        raise BackupError(f"{place} is geen reservekopie: {reason}") from reason
    if damaged:
        raise BackupError(f"Beschadigd: {', '.join(damaged)}.")
    return about


def restore(place: Path) -> None:
    """Replace the database and the files by those of a backup, which was checked. Nothing may be running."""
    connection.close()
    run("pg_restore", "--clean", "--if-exists", "--single-transaction", "--no-owner", "--exit-on-error",
        f"--dbname={database()}", str(place / DUMP))  # fmt: skip
    files = Path(settings.MEDIA_ROOT)
    aside = files.with_name(files.name + ".before-restore")
    if aside.exists():
        shutil.rmtree(aside)
    if files.exists():
        files.rename(aside)
    unpack(place, files.parent)
    if (files.parent / "files").is_dir() and files.name != "files":
        (files.parent / "files").rename(files)


def drill(place: Path, ledger: Path) -> Checked:
    """Put a backup back into a scratch database and folder, compare, erase again, and throw both away."""
    about = whole(place)
    scratch = f"buurtbaan_drill_{os.getpid()}"
    folder = place / scratch
    run("createdb", f"--maintenance-db={database()}", scratch)
    try:
        run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={database(scratch)}", str(place / DUMP))
        folder.mkdir(mode=0o700)
        unpack(place, folder)
        compare(about["rows"], scratch)
        erased = _replay(scratch, folder, ledger)
        files = sum(path.is_file() for path in (folder / "files").rglob("*"))
        return Checked(len(about["rows"]), sum(about["rows"].values()), files, erased)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        run("dropdb", f"--maintenance-db={database()}", "--if-exists", scratch)


def compare(expected: dict[str, int], name: str) -> None:
    """Raise BackupError when a table of the scratch database has another number of rows than the backup said."""
    with open_database(name) as scratch:
        found = row_counts(scratch)
    wrong = {table for table in expected.keys() | found.keys() if found.get(table) != expected.get(table)}
    if wrong:
        raise BackupError(f"Niet gelijk na terugzetten: {', '.join(sorted(wrong))}.")


def _replay(name: str, folder: Path, ledger: Path) -> int:
    """Erase again in the scratch database, in a process of its own that knows no other files than the scratch ones."""
    if not ledger.exists():
        return 0
    own = shutil.copy(ledger, folder / "ledger.jsonl")
    here = {
        "DATABASE_URL": database(name), "ERASURE_LEDGER": str(own), "MEDIA_ROOT": str(folder / "files"),
        "EMAIL_FILE_PATH": str(folder / "mail"), "BUURTBAAN_DB_POOL": "false",
    }  # fmt: skip
    command = [sys.executable, "manage.py", "replay_erasures", str(own)]
    done = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, **here},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"Opnieuw wissen lukte niet: {done.stderr.strip().splitlines()[-1:]}")
    return int(done.stdout.split(", ")[1].split()[0])


def unpack(place: Path, folder: Path) -> None:
    """Take the files out of a backup; a name that leads elsewhere is refused.

    Looked at by us as well: Python before 3.11.4 has no such filter.
    """
    filters: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    with tarfile.open(place / FILES) as archive:
        for member in archive:
            inside = (folder / member.name).resolve().is_relative_to(folder.resolve())
            if not inside or not (member.isfile() or member.isdir()):
                raise BackupError(f"Vreemd bestand in de reservekopie: {member.name}")
        archive.extractall(folder, **filters)  # noqa: S202 - looked at above


def open_database(name: str = "") -> psycopg.Connection[Any]:
    """A connection of our own, beside Django's; the embedded server starts when somebody connects."""
    connection.ensure_connection()
    return psycopg.connect(database(name), password=str(connection.settings_dict["PASSWORD"] or ""))


def row_counts(where: psycopg.Connection[Any]) -> dict[str, int]:
    """How many rows each table has."""
    tables = where.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    counts = [
        sql.SQL("SELECT {}, count(*) FROM {}").format(sql.Literal(name), sql.Identifier(name))
        for (name,) in tables
    ]
    return dict(where.execute(sql.SQL(" UNION ALL ").join(counts)).fetchall())


def database(name: str = "") -> str:
    """The address of the database for PostgreSQL's programs, without the password."""
    known = connection.settings_dict
    host, user = quote(str(known["HOST"]), safe=""), quote(str(known["USER"]), safe="")
    port = f":{known['PORT']}" if known["PORT"] else ""
    return f"postgresql://{user}@{host}{port}/{quote(name or str(known['NAME']), safe='')}"


def run(program: str, *arguments: str) -> str:
    """Run one of PostgreSQL's programs; what it complained of becomes the error."""
    connection.ensure_connection()  # the embedded server starts when somebody connects
    own = client_program(program)
    found = str(own) if own.exists() else shutil.which(program)
    if not found:
        raise BackupError(f"{program} staat niet op deze computer. Installeer de programma's van PostgreSQL.")
    secret = {"PGPASSWORD": str(connection.settings_dict["PASSWORD"] or "")}
    done = subprocess.run(
        [found, *arguments], env={**os.environ, **secret}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip()[-600:]}")
    return done.stdout


def digest(path: Path) -> str:
    """The sum by which a damaged file shows."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
