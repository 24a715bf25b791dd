"""The role of a coach or connector does not end while people hang on it."""

from django.db import migrations

# It runs with the owner's rights, because whoever ends a role may not see the people.
GUARD = """
CREATE FUNCTION membership_lets_nobody_down() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM candidates_candidate WHERE stage <> 'closed' AND (coach_id = NEW.id OR connector_id = NEW.id))
    THEN
        RAISE EXCEPTION 'People still hang on this role' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'membership_lets_nobody_down';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER bureaus_membership_lets_nobody_down AFTER UPDATE OF ends ON bureaus_membership
FOR EACH ROW WHEN (NEW.ends IS NOT NULL AND NEW.ends IS DISTINCT FROM OLD.ends AND NEW.role IN ('coach', 'connector'))
EXECUTE FUNCTION membership_lets_nobody_down();
"""
BACK = """
DROP TRIGGER bureaus_membership_lets_nobody_down ON bureaus_membership;
DROP FUNCTION membership_lets_nobody_down();
"""


class Migration(migrations.Migration):
    dependencies = [("candidates", "0014_ledger_lines"), ("bureaus", "0003_walls")]
    operations = [migrations.RunSQL(GUARD, BACK)]
