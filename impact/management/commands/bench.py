"""`manage.py bench [--json]`: how fast the pages are beside an empty one."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from buurtbaan.bureaus.models import Bureau
from impact.bench import data, measure


class Command(BaseCommand):
    help = "Meet hoe snel de pagina's zijn naast een lege pagina. Alleen in een lege database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="als JSON")
        parser.add_argument("--people", type=int, default=10_000, help="kandidaten in het bureau")
        parser.add_argument("--positions", type=int, default=5_000, help="werkplekken in het bureau")
        parser.add_argument("--elsewhere", type=int, default=50_000, help="kandidaten in andere bureaus")
        parser.add_argument("--rounds", type=int, default=measure.ROUNDS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill an empty database, measure, and leave it as it is: `make bench` throws it away."""
        if Bureau.objects.exists():
            raise CommandError("Meten gebeurt in een lege database; `make bench` maakt er een.")
        stage = data.fill(
            people=options["people"], positions=options["positions"], elsewhere=options["elsewhere"]
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        readings = measure.measure(stage, options["rounds"])
        if options["json"]:
            self.stdout.write(
                json.dumps([reading.as_dict() for reading in readings], ensure_ascii=False, indent=1)
            )
        else:
            self._table(readings)

    def _table(self, readings: list[measure.Reading]) -> None:
        self.stdout.write(f"{'page':<26}{'ms':>8}{'× floor':>9}{'queries':>9}{'KB':>7}  goal")
        for r in readings:
            mark = "" if r.reached else "  ← not reached"
            times = f"{r.milliseconds:>8.1f}{r.times_floor:>9.2f}"
            self.stdout.write(f"{r.name:<26}{times}{r.queries:>9}{r.bytes / 1024:>7.1f}  {r.goal}{mark}")
