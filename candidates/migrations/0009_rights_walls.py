"""The walls around retention and erasure, and the one way in which lines of the trail may go."""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, append_only, audited, opens, protect, same_bureau

# The application cannot remove a line of the trail. This function, with the owner's rights, removes the lines about
# one person, and only after the fact: the person and every row named in `gone` must have disappeared, and the ledger
# must have a line of today that says so. Its own line in the trail comes from the ledger's audit trigger.
ERASE_TRAIL = """
CREATE FUNCTION erase_trail(person bigint, gone jsonb, members bigint[], ledger bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    here bigint; place record; left_over bigint; removed bigint := 0; more bigint;
BEGIN
    SELECT bureau_id INTO here FROM candidates_erasure WHERE id = ledger AND "on" >= current_date - 1;
    IF here IS NULL OR here <> ALL (scope_ids('bureaus')) THEN
        RAISE EXCEPTION 'no line in the ledger of erasures';
    END IF;
    IF EXISTS (SELECT FROM candidates_candidate WHERE id = person) THEN
        RAISE EXCEPTION 'the person is still there';
    END IF;
    FOR place IN SELECT key AS name, ARRAY(SELECT jsonb_array_elements_text(value)::bigint) AS ids FROM jsonb_each(gone)
    LOOP
        EXECUTE format('SELECT count(*) FROM %I WHERE id = ANY ($1)', place.name) INTO left_over USING place.ids;
        IF left_over > 0 THEN RAISE EXCEPTION 'rows of % are still there', place.name; END IF;
        DELETE FROM audit_change c WHERE c."table" = place.name AND c.row_id = ANY (place.ids)
            AND (c.bureau_id = here OR c.bureau_id IS NULL);
        GET DIAGNOSTICS more = ROW_COUNT; removed := removed + more;
    END LOOP;
    DELETE FROM audit_change WHERE candidate_id = person AND bureau_id = here;
    GET DIAGNOSTICS more = ROW_COUNT; removed := removed + more;
    DELETE FROM audit_reading WHERE candidate_id = person AND bureau_id = here;
    GET DIAGNOSTICS more = ROW_COUNT; removed := removed + more;
    UPDATE audit_reading SET actor_name = '' WHERE actor_id = ANY (members) AND bureau_id = here;
    RETURN removed;
END $$;
REVOKE ALL ON FUNCTION erase_trail(bigint, jsonb, bigint[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_trail(bigint, jsonb, bigint[], bigint) TO buurtbaan_app;
"""
STEP = "candidates_retentionstep"


class Migration(migrations.Migration):
    dependencies = [("candidates", "0008_rights"), ("audit", "0002_walls")]
    operations = [
        protect(STEP, any_of(BUREAU, opens("candidates", "candidate_id"))),
        audited(STEP, candidate="candidate_id"),
        same_bureau(STEP, "candidate_id", "candidates_candidate"),
        protect("candidates_erasure"),
        append_only("candidates_erasure"),
        audited("candidates_erasure"),
        migrations.RunSQL(ERASE_TRAIL, "DROP FUNCTION erase_trail(bigint, jsonb, bigint[], bigint);"),
    ]
