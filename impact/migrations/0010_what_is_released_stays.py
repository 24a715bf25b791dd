"""Figures that were measured, and what a municipality could read, never change; whoever asks.

The columns are named to the function, not in the trigger's own condition, so that later migrations may change their type.
"""

from django.db import migrations

SNAPSHOT = "bureau_id,since,until,figures,sha256,definitions_version,rules_versions,computed_at"
PAPER = "bureau_id,since,until,version,language,published,pdf,pdf_sha256"

FUNCTION = """
CREATE FUNCTION released_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
    became jsonb;
BEGIN
    IF TG_OP = 'UPDATE' THEN became := to_jsonb(NEW); END IF;
    IF TG_ARGV[1] <> '' AND was ->> 'state' IS DISTINCT FROM TG_ARGV[1] THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_OP = 'UPDATE' AND NOT EXISTS (
        SELECT FROM unnest(string_to_array(TG_ARGV[0], ',')) AS name WHERE was -> name IS DISTINCT FROM became -> name
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'figures that were frozen or released never change (%)', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def _frozen(table: str, columns: str, *, state: str = "", delete: bool = True) -> str:
    acts = "UPDATE OR DELETE" if delete else "UPDATE"
    return (
        f"CREATE TRIGGER {table}_stays BEFORE {acts} ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION released_stays('{columns}', '{state}');"
    )


FORWARD = "\n".join(
    [
        FUNCTION,
        _frozen("impact_snapshot", SNAPSHOT, delete=False),
        _frozen("impact_impactreport", f"{PAPER},snapshot_id,state", state="released"),
        _frozen("impact_release", f"{PAPER},municipality_id,report_id,released_at"),
    ]
)
BACKWARD = """
DROP TRIGGER impact_release_stays ON impact_release;
DROP TRIGGER impact_impactreport_stays ON impact_impactreport;
DROP TRIGGER impact_snapshot_stays ON impact_snapshot;
DROP FUNCTION released_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("impact", "0003_erased_figures")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
