"""Whoever holds a released file may ask what it is: its hash opens that one row. What sealed it, stays known."""

from django.db import migrations

from buurtbaan.rls import any_of, append_only

ASKED = "nullif((SELECT current_setting('buurtbaan.token', true)), '')"
BY_HASH = any_of(f"pdf_sha256 = {ASKED}", f"figures_sha256 = {ASKED}")


class Migration(migrations.Migration):
    dependencies = [("impact", "0032_release_hash_indexes")]
    operations = [
        migrations.RunSQL(
            f"CREATE POLICY impact_release_scope_hash ON impact_release FOR SELECT TO PUBLIC USING ({BY_HASH});",
            "DROP POLICY impact_release_scope_hash ON impact_release;",
        ),
        append_only("impact_sealcertificate"),
    ]
