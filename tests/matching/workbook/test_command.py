"""`manage.py import_workbook`, as a bureau's own computer person would use it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from buurtbaan.bureaus.models import Bureau
from candidates.models import Candidate
from tests.matching.workbook.books import book
from tests.matching.workbook.messy import messy_workbook

HEADER = ["Voornaam", "Achternaam", "Geb.datum", "BSN"]


def run(path: Path, bureau: Bureau, *options: str) -> tuple[str, CommandError | None]:
    out = StringIO()
    try:
        call_command("import_workbook", str(path), "--bureau", bureau.slug, *options, stdout=out)
    except CommandError as error:
        return out.getvalue(), error
    return out.getvalue(), None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    rows = [HEADER, ["Jan", "Jansen", "3-11-1985", 123456782], ["Els", "Bakker", "31-2-1990", None]]
    target = tmp_path / "bureau.xlsx"
    target.write_bytes(book({"Kandidaten": rows, "Blad2": [["x"]]}).getvalue())
    return target


def test_without_commit_nothing_is_written_and_all_is_told(path: Path, bureau: Bureau) -> None:
    out, error = run(path, bureau, "--json")
    told = json.loads(out)
    assert told["sheets"]["Kandidaten"] == {
        "read": 2, "created": 1, "updated": 0, "unchanged": 0, "bad": 1, "doubles": 0, "skipped": 1,
    }  # fmt: skip
    assert told["problems"] == [
        {
            "sheet": "Kandidaten",
            "row": 3,
            "column": "Geb.datum",
            "value": "31-2-1990",
            "reason": "Deze datum bestaat niet. Schrijf bijvoorbeeld 3-11-2025.",
        }
    ]
    (left,) = told["left_out_columns"]
    assert (left["sheet"], left["column"], left["header"], left["forbidden"]) == (
        "Kandidaten",
        "D",
        "BSN",
        True,
    )
    assert told["ignored_sheets"] == ["Blad2"]
    assert told["committed"] is False
    assert error is not None
    assert error.returncode == 1
    assert Candidate.objects.count() == 0


def test_bad_rows_hold_a_commit_back(path: Path, bureau: Bureau) -> None:
    out, error = run(path, bureau, "--commit", "--json")
    assert json.loads(out)["committed"] is False
    assert error is not None
    assert "--skip-bad-rows" in str(error)
    assert Candidate.objects.count() == 0


def test_the_good_rows_go_in_and_only_once(path: Path, bureau: Bureau) -> None:
    out, error = run(path, bureau, "--commit", "--skip-bad-rows", "--json")
    assert error is None
    assert json.loads(out)["committed"] is True
    assert Candidate.objects.get().first_name == "Jan"
    again = json.loads(run(path, bureau, "--commit", "--skip-bad-rows", "--json")[0])
    assert (again["sheets"]["Kandidaten"]["created"], again["sheets"]["Kandidaten"]["updated"]) == (0, 0)
    assert Candidate.objects.count() == 1


def test_the_text_is_for_people(path: Path, bureau: Bureau) -> None:
    out, _error = run(path, bureau)
    assert "Kandidaten: 2 gelezen, 1 nieuw" in out
    assert "Kandidaten rij 3, Geb.datum: Deze datum bestaat niet" in out
    assert "Een BSN bewaren we niet" in out
    assert "123456782" not in out
    assert "Er is niets overgenomen." in out


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_another_kind_of_file_is_refused(tmp_path: Path, bureau: Bureau, options: tuple[str, ...]) -> None:
    path = tmp_path / "lijst.xlsx"
    path.write_text("Voornaam;Achternaam\nJan;Jansen\n")
    out, error = run(path, bureau, *options)
    assert "CSV" in str(error)
    if options:
        assert "CSV" in json.loads(out)["error"]


def test_an_unknown_bureau_is_named_with_those_that_are_known(path: Path, bureau: Bureau) -> None:
    with pytest.raises(CommandError, match=bureau.slug):
        call_command("import_workbook", str(path), "--bureau", "nergens")


def test_a_thousand_messy_rows(tmp_path: Path, bureau: Bureau) -> None:
    messy = messy_workbook(1000, seed=21, today=date.today() - timedelta(days=1))
    path = messy.save(tmp_path / "echt.xlsx")
    told: dict[str, Any] = json.loads(run(path, bureau, "--commit", "--skip-bad-rows", "--json")[0])
    named = sorted((p["sheet"], p["row"], p["column"].strip()) for p in told["problems"])
    assert named == sorted(messy.expected)
    assert {name: count["created"] for name, count in told["sheets"].items()} == messy.good
    again = json.loads(run(path, bureau, "--commit", "--skip-bad-rows", "--json")[0])
    assert {(count["created"], count["updated"]) for count in again["sheets"].values()} == {(0, 0)}
