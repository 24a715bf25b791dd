"""`manage.py load_rates [FILE]`: the dated figures that are known, each with its source."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from buurtbaan.bureaus.models import Rate

KNOWN = Path(__file__).resolve().parents[2] / "data" / "rates.csv"
COLUMNS = {"kind", "key", "value", "unit", "valid_from", "valid_until", "place", "source", "note"}


class Command(BaseCommand):
    help = "Zet tarieven met hun bron in de database, of werkt ze bij. Zonder bestand: de meegeleverde lijst."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, default=KNOWN, help="CSV met kolommen " + ", ".join(sorted(COLUMNS))
        )

    @transaction.atomic
    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """All rows or none; a rate that is there for the same kind, key, place and start is brought up to date."""
        try:
            with file.open(newline="", encoding="utf-8") as lines:
                reader = csv.DictReader(lines)
                if not set(reader.fieldnames or ()) >= COLUMNS:
                    raise CommandError(
                        f"{file}: kolommen ontbreken: {sorted(COLUMNS - set(reader.fieldnames or ()))}"
                    )
                made = sum(self._put(row, reader.line_num) for row in reader)
        except OSError as reason:
            raise CommandError(f"{file}: {reason.strerror}") from reason
        if options["verbosity"]:
            self.stdout.write(f"{made} nieuwe tarieven, {Rate.objects.count()} in totaal.")

    def _put(self, row: dict[str, str], line: int) -> bool:
        try:
            found = {
                "kind": row["kind"], "key": row["key"], "place": row["place"] or "NL",
                "valid_from": _day(row["valid_from"]), "bureau": None,
            }  # fmt: skip
            rate = Rate.objects.filter(**found).first() or Rate(**found)
            new = rate.pk is None
            rate.value, rate.unit = Decimal(row["value"]), row["unit"]
            rate.valid_until, rate.source, rate.note = (
                _day(row["valid_until"]),
                row["source"],
                row["note"] or "",
            )
            rate.full_clean(validate_unique=False, validate_constraints=False)
        except (ValueError, InvalidOperation, ValidationError) as reason:
            raise CommandError(f"regel {line}: {reason}") from reason
        rate.save()
        return new


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
