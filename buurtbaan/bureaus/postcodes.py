"""Points on the map by four-digit postcode: reading the operator's file, and looking one up.

The file is in the public GeoNames format: tab separated, UTF-8, without a header: country, postal code, place, three
pairs of an administrative name and its code, latitude, longitude, accuracy. Six-character Dutch postcodes are
fine too: their points are averaged. We never download it; whoever runs the installation chooses their copy.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TypeAlias

from django.db import transaction

from buurtbaan.bureaus.models import Postcode

Point: TypeAlias = tuple[float, float]

COLUMNS = 12
COUNTRY = "NL"
BATCH = 1000
LONGEST_LINE = 4096  # characters
MOST_BAD_LINES = 20
NETHERLANDS = ((50.5, 53.8), (3.2, 7.4))
"""Between which latitudes and longitudes a Dutch place lies."""


class PostcodesRefused(Exception):
    """The file as a whole cannot be read; the text says why."""


@dataclass
class Tally:
    """What was found. lines: all that were read; abroad: of another country; bad: (line, why), the first ones."""

    lines: int = 0
    abroad: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)
    bad_lines: int = 0
    made: int = 0
    changed: int = 0
    same: int = 0

    def fault(self, line: int, why: str) -> None:
        """Remember a line that could not be read."""
        self.bad_lines += 1
        if len(self.bad) < MOST_BAD_LINES:
            self.bad.append((line, why))


@dataclass
class _Middle:
    """The running average of the points that lie in one postcode."""

    place: str
    latitude: float = 0.0
    longitude: float = 0.0
    count: int = 0

    def add(self, latitude: float, longitude: float) -> None:
        self.count += 1
        self.latitude += (latitude - self.latitude) / self.count
        self.longitude += (longitude - self.longitude) / self.count


def points_of(postcodes: Iterable[str]) -> dict[str, Point]:
    """The middle of each of these postcodes that we know, by its four digits; asks nothing about nothing."""
    digits = {code[:4] for code in postcodes if code}
    if not digits:
        return {}
    rows = Postcode.objects.filter(digits__in=digits).order_by()
    return {code: (lat, lon) for code, lat, lon in rows.values_list("digits", "latitude", "longitude")}


@contextmanager
def opened(path: Path) -> Iterator[IO[str]]:
    """The lines of a file, or of the one table in a zip as it is downloaded. Raises PostcodesRefused."""
    try:
        if not zipfile.is_zipfile(path):
            with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as lines:
                yield lines
            return
        with zipfile.ZipFile(path) as archive:
            tables = [name for name in archive.namelist() if _is_table(name)]
            if len(tables) != 1:
                raise PostcodesRefused(f"in de zip staan {len(tables)} tabellen, we verwachten er één")
            with archive.open(tables[0]) as raw:
                yield TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="\n")
    except (OSError, zipfile.BadZipFile) as reason:
        raise PostcodesRefused(getattr(reason, "strerror", None) or "de zip is kapot") from reason


def _is_table(name: str) -> bool:
    return name.lower().endswith((".txt", ".csv")) and "readme" not in name.lower()


@transaction.atomic
def take(lines: Iterable[str]) -> Tally:
    """Read every line and bring the table up to date: all of it or nothing. Twice is the same as once."""
    tally, found = Tally(), dict[str, _Middle]()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            tally.lines += 1
            _read(line, number, found, tally)
    _write(found, tally)
    return tally


def _read(line: str, number: int, found: dict[str, _Middle], tally: Tally) -> None:
    cells = line[:LONGEST_LINE].rstrip("\r\n").split("\t")
    if len(cells) < COLUMNS - 1:  # the accuracy may be missing
        return tally.fault(number, f"{len(cells)} kolommen, we verwachten er {COLUMNS}")
    if cells[0] != COUNTRY:
        tally.abroad += 1
        return None
    if not re.fullmatch(r"[1-9][0-9]{3} ?([A-Z]{2})?", cells[1]):
        return tally.fault(number, f"geen postcode: {cells[1][:20]}")
    point = _point(cells[9], cells[10])
    if point is None:
        return tally.fault(number, f"geen punt in Nederland: {cells[9][:20]}, {cells[10][:20]}")
    found.setdefault(cells[1][:4], _Middle(cells[2].strip()[:180])).add(*point)
    return None


def _point(latitude: str, longitude: str) -> Point | None:
    try:
        here = float(latitude), float(longitude)
    except ValueError:
        return None
    inside = all(low <= value <= high for value, (low, high) in zip(here, NETHERLANDS, strict=True))
    return here if inside else None


def _write(found: dict[str, _Middle], tally: Tally) -> None:
    known = {one.digits: one for one in Postcode.objects.all()}
    rows = []
    for digits, middle in found.items():
        row = Postcode(
            digits=digits,
            place=middle.place,
            latitude=round(middle.latitude, 6),
            longitude=round(middle.longitude, 6),
        )
        before = known.get(digits)
        if before and (before.place, before.latitude, before.longitude) == (
            row.place, row.latitude, row.longitude,
        ):  # fmt: skip
            tally.same += 1
            continue
        tally.changed += before is not None
        tally.made += before is None
        rows.append(row)
    Postcode.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["digits"],
        update_fields=["place", "latitude", "longitude"],
    )
