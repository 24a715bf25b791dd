"""Lines can be added and read within the scope, and never changed; changes are written by the trigger alone."""

from django.db import migrations

from buurtbaan.rls import APP_ROLE, BUREAU, any_of, append_only, every, opens, protect, role_is

READ = any_of(
    BUREAU,
    opens("candidates", "candidate_id"),
    opens("membership", "actor_id"),
    every(role_is("platform"), "bureau_id IS NULL AND candidate_id IS NULL"),
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_models"), ("bureaus", "0001_models")]
    operations = [
        protect("audit_change", READ, command="SELECT"),
        protect("audit_reading", READ, command="SELECT"),
        protect("audit_reading", opens("membership", "actor_id"), command="INSERT", name="own"),
        append_only("audit_change"),
        append_only("audit_reading"),
        migrations.RunSQL(
            f"REVOKE INSERT ON audit_change FROM {APP_ROLE};", f"GRANT INSERT ON audit_change TO {APP_ROLE};"
        ),
    ]
