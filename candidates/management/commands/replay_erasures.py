"""`manage.py replay_erasures FILE`: after a restore, erase again whoever was erased since the backup was made."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from candidates.services.replaying import replay


class Command(BaseCommand):
    help = "Wist na een herstel opnieuw wie er sinds de reservekopie gewist is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "ledger",
            nargs="?",
            type=Path,
            default=Path(settings.ERASURE_LEDGER),
            help="het grootboek van wissingen",
        )

    def handle(self, *args: Any, ledger: Path, **options: Any) -> None:
        """Every line that is in the file; twice is once."""
        try:
            lines = ledger.read_text().splitlines()
            keys = {json.loads(line)["key"] for line in lines if line.strip()}
        except (OSError, ValueError, KeyError, TypeError) as reason:
            raise CommandError(f"{ledger} is niet te lezen als grootboek: {reason}") from reason
        done = replay(keys)
        self.stdout.write(f"{len(keys)} wissingen gelezen, {done} mensen opnieuw gewist.")
