"""The database knows the moves of a match, that nobody is proposed for work they do, and that places stay enough.

MOVES says what matching/enums.py says; a test holds the two together, so that a new move asks for a new migration.
A step back needs the event that names the step it takes back. Who counts waits for the row that is counted on.
"""

from django.db import migrations

ENDS = ("declined", "withdrawn", "expired")
OPEN = ("proposed", "candidate_agreed", "introduced", "meeting_planned", "met")
MOVES = {
    "proposed": ("candidate_agreed", *ENDS),
    "candidate_agreed": ("introduced", *ENDS),
    "introduced": ("meeting_planned", *ENDS),
    "meeting_planned": ("met", "meeting_planned", *ENDS),
    "met": ("placed", "meeting_planned", *ENDS),
}
BACK = {
    "candidate_agreed": ("proposed",),
    "met": ("meeting_planned",),
    "placed": ("met",),
    **dict.fromkeys(ENDS, OPEN),
}


def _known(name: str, table: dict[str, tuple[str, ...]]) -> migrations.RunSQL:
    """A function that says whether `table` has a step."""
    steps = ", ".join(f"('{was}', '{to}')" for was, ways in table.items() for to in ways)
    return migrations.RunSQL(
        f"CREATE FUNCTION {name}(was text, becomes text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
        f"$$ SELECT (was, becomes) IN ({steps}) $$;",
        f"DROP FUNCTION {name}(text, text);",
    )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


MOVES_HOLD = """
CREATE FUNCTION match_moves_as_known() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF match_may_move(OLD.state, NEW.state) THEN RETURN NEW; END IF;
    IF match_may_move_back(OLD.state, NEW.state) AND EXISTS (
        SELECT FROM matching_matchevent back JOIN matching_matchevent done ON done.id = back.undoes_id
        WHERE back.match_id = NEW.id AND done.match_id = NEW.id
            AND back.from_state = OLD.state AND back.to_state = NEW.state
            AND done.from_state = NEW.state AND done.to_state = OLD.state) THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'match % does not move from % to %', NEW.id, OLD.state, NEW.state
    USING ERRCODE = 'check_violation', CONSTRAINT = 'match_moves_as_known';
END $$;
CREATE TRIGGER match_moves_as_known BEFORE UPDATE OF state ON matching_match
FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION match_moves_as_known();
"""
# After the row, so that whoever waited for a colleague's placement sees it.
NOT_AT_WORK = f"""
CREATE FUNCTION match_not_at_work() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM matching_placement WHERE candidate_id = NEW.candidate_id
        AND position_id = NEW.position_id AND (ended_on IS NULL OR ended_on >= current_date)) THEN
        RAISE EXCEPTION 'candidate % works at position %', NEW.candidate_id, NEW.position_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'match_not_at_work';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER match_not_at_work AFTER INSERT ON matching_match
FOR EACH ROW WHEN (NEW.state IN ({_listed(OPEN)})) EXECUTE FUNCTION match_not_at_work();
CREATE TRIGGER match_not_at_work_again AFTER UPDATE OF state ON matching_match
FOR EACH ROW WHEN (OLD.state NOT IN ({_listed(OPEN)}) AND NEW.state IN ({_listed(OPEN)}))
EXECUTE FUNCTION match_not_at_work();
"""
PLACES = """
CREATE FUNCTION position_has_places() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.places < (SELECT count(*) FROM matching_placement WHERE position_id = NEW.id
        AND (ended_on IS NULL OR ended_on >= current_date)) THEN
        RAISE EXCEPTION 'position % has more people than places', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'position_has_places';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER position_has_places BEFORE UPDATE OF places ON employers_position
FOR EACH ROW WHEN (NEW.places < OLD.places) EXECUTE FUNCTION position_has_places();
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0080_since_and_back"), ("employers", "0002_walls")]
    operations = [
        _known("match_may_move", MOVES),
        _known("match_may_move_back", BACK),
        migrations.RunSQL(
            MOVES_HOLD,
            "DROP TRIGGER match_moves_as_known ON matching_match; DROP FUNCTION match_moves_as_known();",
        ),
        migrations.RunSQL(
            NOT_AT_WORK,
            "DROP TRIGGER match_not_at_work ON matching_match; DROP TRIGGER match_not_at_work_again ON matching_match; "
            "DROP FUNCTION match_not_at_work();",
        ),
        migrations.RunSQL(
            PLACES,
            "DROP TRIGGER position_has_places ON employers_position; DROP FUNCTION position_has_places();",
        ),
    ]
