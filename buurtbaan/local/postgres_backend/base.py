"""Django's PostgreSQL backend, which first sees to it that the embedded server runs."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgresClient

from buurtbaan.local.programs import client_program
from buurtbaan.local.use import ensure_postgres


class DatabaseClient(PostgresClient):
    """`manage.py dbshell` with the embedded psql."""

    def runshell(self, parameters: Iterable[str]) -> None:
        """Open a shell on the database, started if need be."""
        ensure_postgres()
        self.executable_name = str(client_program("psql"))
        super().runshell(list(parameters))


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded server."""

    client_class = DatabaseClient

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, after starting the server when it does not run; also when it went away since."""
        ensure_postgres()
        return super().get_new_connection(conn_params)
