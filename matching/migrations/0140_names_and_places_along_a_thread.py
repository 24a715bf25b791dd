"""A withdrawn consent hides the name on all work of the thread at that employer; who goes on keeps one place.

The proposal moves along to later work at the same employer: the earlier rows are found back through the thread.
Work that ends before what follows in the same position begins is not counted beside it.
"""

from django.db import migrations

HIDE_BEFORE = """
CREATE OR REPLACE FUNCTION consent_hides_introduction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE matching_introduction i SET open = false
    FROM matching_match m WHERE m.id = i.match_id AND m.consent_id = NEW.id AND i.open;
    UPDATE matching_placement p SET shared_name = ''
    FROM matching_match m WHERE m.id = p.match_id AND m.consent_id = NEW.id AND p.shared_name <> '';
    RETURN NULL;
END $$;
"""
HIDE = """
CREATE OR REPLACE FUNCTION consent_hides_introduction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE matching_introduction i SET open = false
    FROM matching_match m WHERE m.id = i.match_id AND m.consent_id = NEW.id AND i.open;
    WITH RECURSIVE thread AS (
        SELECT p.id, p.previous_id, p.employer_id
        FROM matching_placement p JOIN matching_match m ON m.id = p.match_id WHERE m.consent_id = NEW.id
        UNION
        SELECT p.id, p.previous_id, p.employer_id
        FROM matching_placement p JOIN thread t ON p.id = t.previous_id AND p.employer_id = t.employer_id
        WHERE p.match_id IS NULL
    )
    UPDATE matching_placement p SET shared_name = '' FROM thread t WHERE p.id = t.id AND p.shared_name <> '';
    RETURN NULL;
END $$;
"""
ALREADY = """
        AND NOT EXISTS (SELECT FROM matching_placement n WHERE n.previous_id = p.id AND n.id <> NEW.id
            AND n.position_id = p.position_id AND n.starts_on > p.ended_on)"""
BEGINS = """
CREATE OR REPLACE FUNCTION placement_has_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    most integer; taken integer;
BEGIN
    IF NEW.position_id IS NULL OR NEW.ended_on < current_date THEN RETURN NEW; END IF;
    SELECT places INTO most FROM employers_position WHERE id = NEW.position_id FOR NO KEY UPDATE;
    SELECT count(*) INTO taken FROM matching_placement p
    WHERE p.position_id = NEW.position_id AND p.id <> NEW.id AND (p.ended_on IS NULL OR p.ended_on >= current_date)
        AND NOT coalesce(p.id = NEW.previous_id AND p.ended_on < NEW.starts_on, false)
        AND NOT coalesce(p.previous_id = NEW.id AND NEW.ended_on < p.starts_on, false){already};
    IF taken >= most THEN
        RAISE EXCEPTION 'every place of position % is taken', NEW.position_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_has_place';
    END IF;
    RETURN NEW;
END $$;
"""
PLACES = """
CREATE OR REPLACE FUNCTION position_has_places() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.places < (SELECT count(*) FROM matching_placement p WHERE p.position_id = NEW.id
        AND (p.ended_on IS NULL OR p.ended_on >= current_date){already}) THEN
        RAISE EXCEPTION 'position % has more people than places', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'position_has_places';
    END IF;
    RETURN NEW;
END $$;
"""
SHARED = ALREADY.replace(" AND n.id <> NEW.id", "")


class Migration(migrations.Migration):
    dependencies = [("matching", "0121_job_coaching_walls")]
    operations = [
        migrations.RunSQL(HIDE, HIDE_BEFORE),
        migrations.RunSQL(BEGINS.format(already=ALREADY), BEGINS.format(already="")),
        migrations.RunSQL(PLACES.format(already=SHARED), PLACES.format(already="")),
    ]
