"""The walls around what was done to a placement and what is planned after it; a thread stays with one person.

Whoever goes on in the same position does not need a second place there: the one makes room for the other.
"""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, opens, protect, same_bureau

CHANGE, PLAN = "matching_placementchange", "matching_nextplan"
OWN = any_of(BUREAU, opens("candidates", "candidate_id"))
ONE_PERSON = """
ALTER TABLE matching_placement ADD CONSTRAINT matching_placement_id_candidate UNIQUE (id, candidate_id);
ALTER TABLE matching_placement ADD CONSTRAINT matching_placement_previous_person FOREIGN KEY (previous_id, candidate_id)
    REFERENCES matching_placement (id, candidate_id) DEFERRABLE INITIALLY DEFERRED;
"""
ANYBODY = """
ALTER TABLE matching_placement DROP CONSTRAINT matching_placement_previous_person;
ALTER TABLE matching_placement DROP CONSTRAINT matching_placement_id_candidate;
"""
PLACES = """
CREATE OR REPLACE FUNCTION placement_has_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    most integer; taken integer;
BEGIN
    IF NEW.position_id IS NULL OR NEW.ended_on < current_date THEN RETURN NEW; END IF;
    SELECT places INTO most FROM employers_position WHERE id = NEW.position_id FOR NO KEY UPDATE;
    SELECT count(*) INTO taken FROM matching_placement p
    WHERE p.position_id = NEW.position_id AND p.id <> NEW.id AND (p.ended_on IS NULL OR p.ended_on >= current_date)
        {besides};
    IF taken >= most THEN
        RAISE EXCEPTION 'every place of position % is taken', NEW.position_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_has_place';
    END IF;
    RETURN NEW;
END $$;
"""
MAKES_ROOM = """
        AND NOT coalesce(p.id = NEW.previous_id AND p.ended_on < NEW.starts_on, false)
        AND NOT coalesce(p.previous_id = NEW.id AND NEW.ended_on < p.starts_on, false)"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0100_placement_paths")]
    operations = [
        protect(CHANGE, OWN),
        protect(PLAN, OWN),
        audited(CHANGE, candidate="candidate_id"),
        audited(PLAN, candidate="candidate_id"),
        *(same_bureau(table, "candidate_id", "candidates_candidate") for table in (CHANGE, PLAN)),
        *(same_bureau(table, "placement_id", "matching_placement") for table in (CHANGE, PLAN)),
        same_bureau("matching_placement", "previous_id", "matching_placement"),
        same_bureau("matching_placement", "supervisor_contact_id", "employers_contact"),
        same_bureau("matching_placement", "job_coach_id", "bureaus_membership"),
        migrations.RunSQL(ONE_PERSON, ANYBODY),
        migrations.RunSQL(PLACES.format(besides=MAKES_ROOM), PLACES.format(besides="")),
    ]
