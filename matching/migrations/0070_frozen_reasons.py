"""The reasons with which a match was made never change, whoever writes to the table."""

from django.db import migrations

KEEP = """
CREATE FUNCTION match_keeps_its_reasons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the reasons of a match never change' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER matching_match_frozen BEFORE UPDATE ON matching_match FOR EACH ROW
WHEN (OLD.frozen IS DISTINCT FROM NEW.frozen OR OLD.rules_version IS DISTINCT FROM NEW.rules_version)
EXECUTE FUNCTION match_keeps_its_reasons();
"""
LET_GO = """
DROP TRIGGER matching_match_frozen ON matching_match;
DROP FUNCTION match_keeps_its_reasons();
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0112_day_indexes")]
    operations = [migrations.RunSQL(KEEP, LET_GO)]
