"""The statements in `sql/`, by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connection

SQL = {path.stem: path.read_text() for path in (Path(__file__).parent / "sql").glob("*.sql")}


def rows(name: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What one of the statements in `sql/` gives."""
    with connection.cursor() as cursor:
        cursor.execute(SQL[name], values)
        return cursor.fetchall()
