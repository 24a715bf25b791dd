"""`manage.py import_postcodes FILE`: where each postcode lies, and with it the places that had no point yet."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from buurtbaan.bureaus.models import Bureau
from buurtbaan.bureaus.postcodes import PostcodesRefused, Tally, opened, take
from buurtbaan.scope import Scope, scoped
from employers.places import fill_all


class Command(BaseCommand):
    help = (
        "Leest postcodes met hun plek op de kaart uit een bestand in de vorm van GeoNames (NL.txt of NL.zip). "
        "Mag vaker: wat er al staat, wordt bijgewerkt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="het bestand dat je zelf hebt opgehaald")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Take the file over, then give places without a point the middle of their postcode."""
        try:
            with opened(file) as lines:
                tally = take(lines)
        except PostcodesRefused as reason:
            raise CommandError(f"{file}: {reason}") from reason
        filled = 0
        for bureau in Bureau.objects.order_by("pk"):
            with scoped(Scope.for_bureau(bureau, reason="import_postcodes")):
                filled += fill_all()
        self._tell(tally, filled)
        if not (tally.made or tally.changed or tally.same):
            raise CommandError(f"{file}: geen enkele Nederlandse postcode gevonden")

    def _tell(self, tally: Tally, filled: int) -> None:
        for line, why in tally.bad:
            self.stderr.write(f"regel {line}: {why}")
        if tally.bad_lines > len(tally.bad):
            self.stderr.write(f"en nog {tally.bad_lines - len(tally.bad)} regels die we niet konden lezen")
        self.stdout.write(
            f"{tally.lines} regels gelezen: {tally.made} postcodes nieuw, {tally.changed} bijgewerkt, "
            f"{tally.same} hetzelfde; {tally.abroad} regels van andere landen, {tally.bad_lines} fout."
        )
        self.stdout.write(f"{filled} locaties kregen een punt bij benadering.")
