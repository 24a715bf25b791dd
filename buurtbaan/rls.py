"""Building blocks for migrations: row-level security, the audit trail and the tie between a row and its bureau.

Each function gives one reversible migration operation on a table that exists. Identifiers are constants from
migrations, never input.
"""

from __future__ import annotations

from django.db import migrations

APP_ROLE = "buurtbaan_app"


def opens(setting: str, column: str) -> str:
    """SQL: the row's `column` is among the ids that the scope's `setting` opens; read once per query."""
    return f"{column} = ANY ((SELECT scope_ids('{setting}'))::bigint[])"


def role_is(*roles: str) -> str:
    """SQL: the scope's role is one of these."""
    names = ", ".join(f"'{role}'" for role in roles)
    return f"(SELECT current_setting('buurtbaan.role', true)) IN ({names})"


def any_of(*conditions: str) -> str:
    """SQL: at least one condition holds."""
    return " OR ".join(f"({condition})" for condition in conditions)


def every(*conditions: str) -> str:
    """SQL: all conditions hold."""
    return " AND ".join(f"({condition})" for condition in conditions)


BUREAU = opens("bureaus", "bureau_id")


def protect(
    table: str, using: str = BUREAU, *, check: str | None = None, command: str = "ALL", name: str = "scope"
) -> migrations.RunSQL:
    """Let the application's role see and write only the rows for which `using` (and `check`) holds."""
    rule = f"USING ({using}) " if command != "INSERT" else ""
    if command in ("ALL", "INSERT", "UPDATE"):
        rule += f"WITH CHECK ({check or using})"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; "
        f"CREATE POLICY {table}_{name} ON {table} FOR {command} TO PUBLIC {rule};",
        f"DROP POLICY {table}_{name} ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def audited(table: str, *, candidate: str = "", without: tuple[str, ...] = ()) -> migrations.RunSQL:
    """Write a line for every insert, update and delete on `table`, also in bulk and from Django's admin.

    candidate: the column that names whom the row is about. without: columns whose values stay out of the trail.
    """
    hidden = ",".join(without)
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_audit AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION audit_write('{candidate}', '{hidden}');",
        f"DROP TRIGGER {table}_audit ON {table};",
    )


def tenant_key(table: str) -> migrations.RunSQL:
    """Let other tables refer to (id, bureau_id) of `table`, so that the database can hold them to one bureau."""
    name = f"{table}_id_bureau"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE (id, bureau_id);",
        f"ALTER TABLE {table} DROP CONSTRAINT {name};",
    )


def same_bureau(table: str, column: str, parent: str) -> migrations.RunSQL:
    """Refuse a row that points into another bureau than its own."""
    name = f"{table}_{column}_bureau"[:63]
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, bureau_id) "
        f"REFERENCES {parent} (id, bureau_id) DEFERRABLE INITIALLY DEFERRED;",
        f"ALTER TABLE {table} DROP CONSTRAINT {name};",
    )


def append_only(table: str) -> migrations.RunSQL:
    """Take from the application's role the right to change or remove what stands in `table`."""
    return migrations.RunSQL(
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE};",
        f"GRANT UPDATE, DELETE ON {table} TO {APP_ROLE};",
    )
