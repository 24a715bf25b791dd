"""Figures that were measured, and what a municipality could read, never change; whoever asks."""

from django.db import migrations

SNAPSHOT = (
    "bureau_id",
    "since",
    "until",
    "figures",
    "sha256",
    "definitions_version",
    "rules_versions",
    "computed_at",
)
PAPER = ("bureau_id", "since", "until", "version", "language", "published", "pdf", "pdf_sha256")
REPORT = (*PAPER, "snapshot_id", "state")
RELEASE = (*PAPER, "municipality_id", "report_id", "released_at")

FUNCTION = """
CREATE FUNCTION released_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'figures that were frozen or released never change (%)', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def _frozen(table: str, columns: tuple[str, ...], when: str = "true") -> str:
    before, after = (", ".join(f"{row}.{name}" for name in columns) for row in ("OLD", "NEW"))
    return (
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN (({when}) AND ({before}) IS DISTINCT FROM ({after})) EXECUTE FUNCTION released_stays();"
    )


def _kept(table: str, when: str) -> str:
    return (
        f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW "
        f"WHEN ({when}) EXECUTE FUNCTION released_stays();"
    )


FORWARD = "\n".join(
    [
        FUNCTION,
        _frozen("impact_snapshot", SNAPSHOT),
        _frozen("impact_impactreport", REPORT, "OLD.state = 'released'"),
        _frozen("impact_release", RELEASE),
        _kept("impact_impactreport", "OLD.state = 'released'"),
        _kept("impact_release", "true"),
    ]
)
BACKWARD = """
DROP TRIGGER impact_release_kept ON impact_release;
DROP TRIGGER impact_impactreport_kept ON impact_impactreport;
DROP TRIGGER impact_release_stays ON impact_release;
DROP TRIGGER impact_impactreport_stays ON impact_impactreport;
DROP TRIGGER impact_snapshot_stays ON impact_snapshot;
DROP FUNCTION released_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("impact", "0003_erased_figures")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
