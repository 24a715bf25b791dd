"""What a candidate agreed to share; a name disappears from the employer's sight when the match ends; places count.

A position never has more people at work than it has places: the trigger waits for the position's row, so that of
two that come at once the second sees the first.
"""

from django.db import migrations, models

from buurtbaan.rls import BUREAU, any_of, every, opens

CANDIDATE = opens("candidates", "candidate_id")
EMPLOYER = opens("employers", "employer_id")


def _policy(rule: str) -> str:
    return f"ALTER POLICY matching_introduction_scope ON matching_introduction USING ({rule}) WITH CHECK ({rule});"


PLACES = """
CREATE FUNCTION placement_has_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    most integer; taken integer;
BEGIN
    IF NEW.position_id IS NULL OR NEW.ended_on < current_date THEN RETURN NEW; END IF;
    SELECT places INTO most FROM employers_position WHERE id = NEW.position_id FOR NO KEY UPDATE;
    SELECT count(*) INTO taken FROM matching_placement
    WHERE position_id = NEW.position_id AND id <> NEW.id AND (ended_on IS NULL OR ended_on >= current_date);
    IF taken >= most THEN
        RAISE EXCEPTION 'every place of position % is taken', NEW.position_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_has_place';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER placement_has_place BEFORE INSERT OR UPDATE OF position_id, ended_on ON matching_placement
FOR EACH ROW EXECUTE FUNCTION placement_has_place();
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_walls")]
    operations = [
        migrations.AddField(
            "match",
            "share",
            models.JSONField(blank=True, default=list, verbose_name="wat de werkgever mag weten"),
        ),
        migrations.RunSQL(
            _policy(any_of(BUREAU, CANDIDATE, every(EMPLOYER, "open"))),
            _policy(any_of(BUREAU, CANDIDATE, EMPLOYER)),
        ),
        migrations.RunSQL(
            PLACES,
            "DROP TRIGGER placement_has_place ON matching_placement; DROP FUNCTION placement_has_place();",
        ),
    ]
