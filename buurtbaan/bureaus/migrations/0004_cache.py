"""A table for what is counted across web processes, such as sign-in attempts; it works without Redis."""

from django.db import migrations

TABLE = """
CREATE TABLE cache_entry (
    cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
);
CREATE INDEX cache_entry_expires ON cache_entry (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("bureaus", "0003_walls")]
    operations = [migrations.RunSQL(TABLE, "DROP TABLE cache_entry;")]
