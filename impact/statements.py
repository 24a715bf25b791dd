"""The statements in `sql/`, by name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.db import connection

FIRST = re.compile(r"^-- first: (\w+)\n", re.MULTILINE)
"""A line that stands for another file: statements that begin alike share it."""
FILES = {path.stem: path.read_text() for path in (Path(__file__).parent / "sql").glob("*.sql")}
SQL = {name: FIRST.sub(lambda found: FILES[found[1]], text) for name, text in FILES.items()}


def rows(name: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What one of the statements in `sql/` gives."""
    with connection.cursor() as cursor:
        cursor.execute(SQL[name], values)
        return cursor.fetchall()
