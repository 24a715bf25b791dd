"""`manage.py backup FOLDER`: a copy of database and files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from buurtbaan import backup


class Command(BaseCommand):
    help = "Maakt een reservekopie van database en bestanden in een nieuwe map."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Tell where it lies; the last line is the path alone, for scripts."""
        try:
            place = backup.make(folder.resolve())
        except (backup.BackupError, OSError) as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(str(place))
