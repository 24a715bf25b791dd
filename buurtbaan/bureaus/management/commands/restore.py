"""`manage.py restore FOLDER`: put a backup back, erase again, or with --drill rehearse that on the side."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from buurtbaan import backup


class Command(BaseCommand):
    help = "Zet een reservekopie terug en wist opnieuw wie sindsdien gewist is; --drill oefent dat."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--ledger", type=Path, default=Path(settings.ERASURE_LEDGER), help="grootboek van wissingen"
        )
        parser.add_argument("--drill", action="store_true", help="oefen in een database die daarna weggaat")
        parser.add_argument("--yes", action="store_true", help="vraag niet of het mag")

    def handle(self, *args: Any, folder: Path, ledger: Path, drill: bool, yes: bool, **options: Any) -> None:
        """Check the backup first, whatever is asked."""
        try:
            if drill:
                done = backup.drill(folder.resolve(), ledger.resolve())
                self.stdout.write(
                    f"Goed: {done.tables} tabellen, {done.rows} rijen en {done.files} bestanden teruggezet en "
                    f"vergeleken, {done.erased} mensen opnieuw gewist, alles weer weggegooid."
                )
                return
            backup.whole(folder.resolve())
            if not yes and input("Dit vervangt alles wat er nu is. Typ ja om door te gaan: ") != "ja":
                raise CommandError("Er is niets veranderd.")
            backup.restore(folder.resolve())
        except (backup.BackupError, OSError) as reason:
            raise CommandError(str(reason)) from reason
        if ledger.exists():
            call_command("replay_erasures", str(ledger), stdout=self.stdout)
        self.stdout.write("Teruggezet. Start Buurtbaan weer.")
