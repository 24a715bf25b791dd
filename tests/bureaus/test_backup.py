"""A backup that was not put back is not a backup."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from buurtbaan import backup
from candidates.enums import ErasureRule
from candidates.services.erasing import erase
from tests.world import build_world


@pytest.mark.django_db(transaction=True)
def test_a_rehearsal_puts_all_back_erases_again_and_leaves_nothing(
    tmp_path: Path, settings: Any, capsys: Any
) -> None:
    world = build_world("kopie")
    default_storage.save("reports/rapport.pdf", ContentFile(b"%PDF"))
    call_command("backup", str(tmp_path / "copies"))
    place = Path(capsys.readouterr().out.strip())
    assert place.stat().st_mode & 0o077 == 0
    erase(candidate=world.candidate, rule=ErasureRule.ASKED)
    done = backup.drill(place, Path(settings.ERASURE_LEDGER))
    assert (done.erased, done.files) == (1, 1)
    assert done.rows > 50
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'buurtbaan_drill_%%'")
        assert cursor.fetchone() == (0,)
    assert sorted(path.name for path in place.iterdir()) == ["about.json", "database.dump", "files.tar"]
    assert len(Path(settings.ERASURE_LEDGER).read_text().splitlines()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_rehearsal_finds_a_table_that_came_back_with_fewer_rows(tmp_path: Path) -> None:
    build_world("minder")
    place = backup.make(tmp_path)
    about = json.loads((place / "about.json").read_text())
    about["rows"]["candidates_candidate"] += 1
    (place / "about.json").write_text(json.dumps(about))
    with pytest.raises(backup.BackupError, match="candidates_candidate"):
        backup.drill(place, tmp_path / "none")


def test_a_damaged_backup_is_refused_before_anything_happens(tmp_path: Path) -> None:
    (tmp_path / "database.dump").write_bytes(b"half")
    about = {"rows": {}, "sha256": {"database.dump": "0" * 64}}
    (tmp_path / "about.json").write_text(json.dumps(about))
    with pytest.raises(CommandError, match=r"Beschadigd: database\.dump"):
        call_command("restore", str(tmp_path), "--yes")
    with pytest.raises(CommandError, match="geen reservekopie"):
        call_command("restore", str(tmp_path / "nergens"), "--yes")


@pytest.mark.parametrize("kind", ["leads elsewhere", "link"])
def test_files_that_lead_elsewhere_are_not_unpacked(tmp_path: Path, kind: str) -> None:
    with tarfile.open(tmp_path / backup.FILES, "w") as archive:
        member = tarfile.TarInfo("../uitgebroken.txt" if kind == "leads elsewhere" else "link")
        if kind == "link":
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(member)
    with pytest.raises(backup.BackupError, match="Vreemd bestand"):
        backup.unpack(tmp_path, tmp_path / "hier")
    assert not (tmp_path / "uitgebroken.txt").exists()


def test_files_come_back_on_an_older_python_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(tarfile, "data_filter", raising=False)
    (tmp_path / "rapport.pdf").write_bytes(b"%PDF")
    with tarfile.open(tmp_path / backup.FILES, "w") as archive:
        archive.add(tmp_path / "rapport.pdf", "reports/rapport.pdf")
    backup.unpack(tmp_path, tmp_path / "hier")
    assert (tmp_path / "hier/reports/rapport.pdf").read_bytes() == b"%PDF"
