"""Words of a line with money or hours can be made unreadable, in the line itself and in the trail.

A line of the cash book still never changes, but for its words becoming the one sentence that says nothing. The
application cannot touch the trail; this function, with the owner's rights, takes the words out of the lines about
rows that say nothing any more, and only for their bureau's manager. Who did it stays: the rows' own audit trigger
wrote that down.
"""

from django.db import migrations

UNREADABLE = "(onleesbaar gemaakt)"

STANDS = """
CREATE OR REPLACE FUNCTION cashbook_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (OLD.bureau_id, OLD."on", OLD.stakeholder, OLD.cost_known, OLD.value_known, OLD.noted_at)
        IS DISTINCT FROM
       (NEW.bureau_id, NEW."on", NEW.stakeholder, NEW.cost_known, NEW.value_known, NEW.noted_at)
       OR (NEW.activity <> OLD.activity %(activity)s) OR (NEW.note <> OLD.note %(note)s)
       OR OLD.cost IS DISTINCT FROM NEW.cost OR OLD.value IS DISTINCT FROM NEW.value
       OR OLD.replaces_id IS DISTINCT FROM NEW.replaces_id THEN
        RAISE EXCEPTION 'a line of the cash book never changes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
MAY_GO = {name: f"AND NEW.{name} <> '{UNREADABLE}'" for name in ("activity", "note")}
BLANK = """
CREATE FUNCTION blank_trail(place text, ids bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    words text[]; readable bigint; blanked bigint;
BEGIN
    IF current_setting('buurtbaan.role', true) IS DISTINCT FROM 'manager' THEN
        RAISE EXCEPTION 'only a manager makes words unreadable' USING ERRCODE = 'insufficient_privilege';
    END IF;
    CASE place
        WHEN 'impact_cashbookentry' THEN
            words := ARRAY['activity', 'note'];
            SELECT count(*) INTO readable FROM impact_cashbookentry WHERE id = ANY (ids)
                AND (activity <> :sentence OR note NOT IN ('', :sentence));
        WHEN 'candidates_hourclaim' THEN
            words := ARRAY['what', 'void_reason'];
            SELECT count(*) INTO readable FROM candidates_hourclaim WHERE id = ANY (ids)
                AND (what <> :sentence OR void_reason NOT IN ('', :sentence));
    END CASE;
    IF readable > 0 THEN RAISE EXCEPTION 'these rows can still be read'; END IF;
    UPDATE audit_change SET before = blank_words(before, words), after = blank_words(after, words)
        WHERE "table" = place AND row_id = ANY (ids) AND bureau_id = ANY (scope_ids('bureaus'));
    GET DIAGNOSTICS blanked = ROW_COUNT;
    RETURN blanked;
END $$;
CREATE FUNCTION blank_words(line jsonb, words text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT line || coalesce(
        (SELECT jsonb_object_agg(word, :sentence::text) FROM unnest(words) word WHERE line ->> word <> ''), '{}'
    )
$$;
REVOKE ALL ON FUNCTION blank_trail(text, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION blank_trail(text, bigint[]) TO buurtbaan_app;
""".replace(":sentence", f"'{UNREADABLE}'")
BLANK_BACK = "DROP FUNCTION blank_trail(text, bigint[]); DROP FUNCTION blank_words(jsonb, text[]);"


class Migration(migrations.Migration):
    dependencies = [
        ("impact", "0051_stories_evidence_network_walls"),
        ("candidates", "0021_fund_walls"),
        ("audit", "0002_walls"),
    ]
    operations = [
        migrations.RunSQL(STANDS % MAY_GO, STANDS % {"activity": "", "note": ""}),
        migrations.RunSQL(BLANK, BLANK_BACK),
    ]
