"""Lines of the trail go after five years: the period is in the function, so that the application cannot shorten it."""

from django.db import migrations

TRIM = """
CREATE FUNCTION trim_trail() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE removed bigint; more bigint;
BEGIN
    DELETE FROM audit_change WHERE at < now() - interval '5 years' AND bureau_id = ANY (scope_ids('bureaus'));
    GET DIAGNOSTICS removed = ROW_COUNT;
    DELETE FROM audit_reading WHERE at < now() - interval '5 years' AND bureau_id = ANY (scope_ids('bureaus'));
    GET DIAGNOSTICS more = ROW_COUNT;
    RETURN removed + more;
END $$;
REVOKE ALL ON FUNCTION trim_trail() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trim_trail() TO buurtbaan_app;
"""


class Migration(migrations.Migration):
    dependencies = [("candidates", "0009_rights_walls")]
    operations = [migrations.RunSQL(TRIM, "DROP FUNCTION trim_trail();")]
