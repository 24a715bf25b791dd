"""`manage.py load_demo`: the demo story, for a first look and for the tests."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from buurtbaan.bureaus.models import Bureau
from impact.demo.build import build
from impact.demo.places import ZUIDWEST
from impact.demo.released import hand_over


class Command(BaseCommand):
    help = "Laadt het demoverhaal: drie bureaus met verzonnen mensen en bedrijven."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--date",
            type=date.fromisoformat,
            default=None,
            help="de dag waarop het verhaal eindigt (JJJJ-MM-DD)",
        )
        parser.add_argument("--reports", action="store_true", help="maak en geef ook twee rapporten vrij")
        parser.add_argument("--if-empty", action="store_true", help="alleen als er nog geen bureau is")

    def handle(self, *args: Any, date: date | None, if_empty: bool, reports: bool, **options: Any) -> None:
        """Load once; refuses to mix with data that is there."""
        from django.utils import timezone

        if Bureau.objects.exists():
            if if_empty:
                return
            raise CommandError(
                "Er staan al bureaus in de database. Het demoverhaal komt alleen in een lege database."
            )
        today = date or timezone.localdate()
        build(today)
        if reports:
            hand_over(Bureau.objects.get(slug=ZUIDWEST.slug), today)
        self.stdout.write("Het demoverhaal staat klaar.")
