"""Migrations that make many tables at once without drawing every model anew after each of them.

After every operation Django builds the classes of all models that hang together, and here they all do: with a hundred
tables that takes longer than everything the database has to do. A `together.Migration` does the same operations in the
same order, and builds the classes once before and once after each row of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import SeparateDatabaseAndState
from django.db.migrations.state import ProjectState

ADDS = (migrations.AddField, migrations.AddConstraint, migrations.AddIndex)
"""Exactly these: what else PostgreSQL's own kinds of them look at is theirs."""


class Migration(migrations.Migration):
    """As Django's own; for migrations that mainly create and add."""

    def __init__(self, name: str, app_label: str) -> None:
        super().__init__(name, app_label)
        own = [row[0] if len(row) == 1 else Together(row) for row in rows(self.operations)]
        self.operations = own  # type: ignore[misc]


def rows(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    """Operations that follow each other and do without each other's models; any other stays by itself."""
    row: list[Operation] = []
    made: set[str] = set()
    for operation in operations:
        if row and not _joins(operation, made):
            yield row
            row, made = [], set()
        if not _joins(operation, made):
            yield [operation]
            continue
        row.append(operation)
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
    if row:
        yield row


def _joins(operation: Operation, made: set[str]) -> bool:
    """Whether it only makes a table, or adds to one that stood before the row began."""
    if isinstance(operation, ADDS) and type(operation) in ADDS:
        return operation.model_name_lower not in made
    return type(operation) is migrations.CreateModel


class Together(SeparateDatabaseAndState):
    """Operations of which none works on what another one of them made."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        super().__init__(operations, operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the description alone; its classes are built when somebody asks for them."""
        if "apps" in state.__dict__:
            del state.apps
            state.is_delayed = False
        super().state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """All of them, in order. The way back is Django's own, one by one: there is seldom hurry."""
        for operation in self.database_operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What `migrate --plan` and `sqlmigrate` say."""
        return "; ".join(operation.describe() for operation in self.database_operations)
