"""Whose work a candidate may read is asked once per query, and not planned anew for every mention of a table."""

from django.db import migrations

from buurtbaan.rls import every, role_is

# Runs with the caller's rights: row-level security holds inside it as well.
OWN_WORK = """
CREATE FUNCTION own_employers() RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN ARRAY(
        SELECT employer_id FROM matching_match WHERE candidate_id = ANY (scope_ids('candidates'))
        UNION SELECT employer_id FROM matching_placement WHERE candidate_id = ANY (scope_ids('candidates')));
END $$;
CREATE FUNCTION own_positions() RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN ARRAY(
        SELECT position_id FROM matching_match WHERE candidate_id = ANY (scope_ids('candidates'))
        UNION SELECT position_id FROM matching_placement
            WHERE candidate_id = ANY (scope_ids('candidates')) AND position_id IS NOT NULL);
END $$;
"""
BACK = "DROP FUNCTION own_employers(); DROP FUNCTION own_positions();"
NAME = "scope_own_work"


def _rows(function: str) -> str:
    return f"id = ANY ((SELECT {function}())::bigint[])"


def _as_before(table: str, column: str) -> str:
    rows = " OR ".join(
        f"EXISTS (SELECT FROM {work} w WHERE w.{column} = {table}.id AND "
        f"w.candidate_id = ANY (scope_ids('candidates')))"
        for work in ("matching_match", "matching_placement")
    )
    return every(role_is("candidate"), rows)


def _asked_once(table: str, column: str, function: str) -> migrations.RunSQL:
    change = f"ALTER POLICY {table}_{NAME} ON {table} USING ({{}});"
    now = every(role_is("candidate"), _rows(function))
    return migrations.RunSQL(change.format(now), change.format(_as_before(table, column)))


class Migration(migrations.Migration):
    dependencies = [("matching", "0005_held_messages")]
    operations = [
        migrations.RunSQL(OWN_WORK, BACK),
        _asked_once("employers_employer", "employer_id", "own_employers"),
        _asked_once("employers_position", "position_id", "own_positions"),
    ]
