"""`manage.py prepare`: what `make run` needs before somebody can sign in, in one start of Django."""

from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from buurtbaan.rls import APP_ROLE


class Command(BaseCommand):
    help = "Werkt de tabellen bij, zet in een lege database het demoverhaal en toont de proefaccounts."

    def handle(self, *args: Any, **options: Any) -> None:
        """Starts as the tables' owner; what is put in them is put there under the application's role."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {APP_ROLE}")
        with redirect_stdout(StringIO()):
            call_command("load_demo", if_empty=True, reports=True)
        call_command("demo_accounts", stdout=self.stdout)
