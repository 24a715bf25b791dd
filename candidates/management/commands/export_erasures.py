"""`manage.py export_erasures FILE`: the whole ledger of erasures, to keep apart from the backups."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from candidates.services.replaying import ledger_lines


class Command(BaseCommand):
    help = "Schrijft het grootboek van wissingen naar een bestand, om apart van de reservekopieën te bewaren."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """One line of JSON for each erasure, of all bureaus."""
        lines = ledger_lines()
        try:
            file.write_text("".join(json.dumps(line) + "\n" for line in lines))
        except OSError as reason:
            raise CommandError(f"{file}: {reason.strerror}") from reason
        self.stdout.write(f"{len(lines)} wissingen in {file}")
