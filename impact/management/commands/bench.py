"""`manage.py bench [--json]`: how fast the pages are beside an empty one."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from buurtbaan.bureaus.models import Bureau
from impact.bench import data, measure
from impact.bench.acts import acts
from impact.bench.busy import busy
from impact.bench.clock import Clock
from impact.bench.crowd import crowd


class Command(BaseCommand):
    help = "Meet hoe snel de pagina's zijn naast een lege pagina. Alleen in een lege database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="als JSON")
        parser.add_argument("--people", type=int, default=10_000, help="kandidaten in het bureau")
        parser.add_argument("--positions", type=int, default=5_000, help="werkplekken in het bureau")
        parser.add_argument("--elsewhere", type=int, default=89_000, help="kandidaten in andere bureaus")
        parser.add_argument("--crowd", type=int, default=200_000, help="trajecten in één heel groot rapport")
        parser.add_argument("--rounds", type=int, default=measure.ROUNDS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill an empty database, measure, and leave it as it is: `make bench` throws it away."""
        if Bureau.objects.exists():
            raise CommandError("Meten gebeurt in een lege database; `make bench` maakt er een.")
        stage, small = data.fill(
            people=options["people"], positions=options["positions"], elsewhere=options["elsewhere"]
        )
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        clock, rounds = Clock(), options["rounds"]
        readings = [*measure.pages(stage, clock, rounds), *acts(stage, small, clock, rounds)]
        readings += [busy(stage), crowd(options["crowd"], clock)]
        if options["json"]:
            self.stdout.write(
                json.dumps([reading.as_dict() for reading in readings], ensure_ascii=False, indent=1)
            )
        else:
            self._table(readings, clock)

    def _table(self, readings: list[measure.Reading], clock: Clock) -> None:
        what = "processor time of web and database" if clock.sees_both else "time by the clock"
        self.stdout.write(f"ms: {what}, median and the middle half; wall: by the clock, with all that waits.")
        self.stdout.write(
            f"{'what':<28}{'ms':>9}{'middle half':>17}{'wall':>9}{'×':>9} {'of':<11}{'queries':>7}{'KB':>7}  goal"
        )
        for r in readings:
            spread = f"{r.low:.1f}–{r.high:.1f}"
            times = f"{r.milliseconds:>9.1f}{spread:>17}{r.wall:>9.1f}{r.times:>9,.2f} {r.against:<11}"
            size = "" if r.bytes is None else f"{r.bytes / 1024:.1f}"
            mark = "" if r.reached else "  ← not reached"
            queries = "" if r.queries is None else r.queries
            self.stdout.write(f"{r.name:<28}{times}{queries:>7}{size:>7}  {r.goal}{mark}")
