"""The cash book stays within the bureau, and a line that lapsed stays as it was."""

from django.db import migrations

from buurtbaan.rls import audited, protect, same_bureau, tenant_key

STANDS = """
CREATE FUNCTION cashbook_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (OLD.bureau_id, OLD."on", OLD.activity, OLD.stakeholder, OLD.cost_known, OLD.value_known, OLD.note, OLD.noted_at)
        IS DISTINCT FROM
       (NEW.bureau_id, NEW."on", NEW.activity, NEW.stakeholder, NEW.cost_known, NEW.value_known, NEW.note, NEW.noted_at)
       OR OLD.cost IS DISTINCT FROM NEW.cost OR OLD.value IS DISTINCT FROM NEW.value
       OR OLD.replaces_id IS DISTINCT FROM NEW.replaces_id THEN
        RAISE EXCEPTION 'a line of the cash book never changes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER impact_cashbookentry_stands BEFORE UPDATE ON impact_cashbookentry
    FOR EACH ROW EXECUTE FUNCTION cashbook_stands();
"""
STANDS_BACK = (
    "DROP TRIGGER impact_cashbookentry_stands ON impact_cashbookentry; DROP FUNCTION cashbook_stands();"
)


class Migration(migrations.Migration):
    dependencies = [("impact", "0020_cashbook"), ("candidates", "0021_fund_walls")]
    operations = [
        protect("impact_cashbookentry"),
        audited("impact_cashbookentry"),
        tenant_key("impact_cashbookentry"),
        same_bureau("impact_cashbookentry", "replaces_id", "impact_cashbookentry"),
        same_bureau("impact_fundingflow", "fund_id", "candidates_fund"),
        migrations.RunSQL(STANDS, STANDS_BACK),
    ]
