"""`manage.py purge`: erase the files whose term is over; with --dry-run only tell which."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from buurtbaan.bureaus.models import Bureau
from buurtbaan.scope import Scope, scoped
from candidates.services import retention


class Command(BaseCommand):
    help = "Wist gesloten dossiers waarvan de bewaartermijn voorbij en aangekondigd is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bureau", metavar="SLUG", help="alleen dit bureau")
        parser.add_argument("--dry-run", action="store_true", help="vertel alleen wat er zou gebeuren")

    def handle(self, *args: Any, bureau: str | None, dry_run: bool, **options: Any) -> None:
        """Bureau by bureau; the numbers of files, never a name."""
        bureaus = Bureau.objects.order_by("slug")
        chosen = bureaus.filter(slug=bureau) if bureau else bureaus
        if bureau and not chosen.exists():
            raise CommandError(f"Er is geen bureau “{bureau}”.")
        for one in chosen:
            if dry_run:
                with scoped(Scope.for_bureau(one, reason="purge")):
                    plan = retention.plan(list(retention.due(one)))
                self.stdout.write(f"{one.slug}: {len(plan.people)} dossiers, {plan.total} rijen (proef)")
            else:
                self.stdout.write(f"{one.slug}: {len(retention.purge(one))} dossiers gewist")
