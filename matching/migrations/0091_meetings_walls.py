"""Who sees moments and accounts of a meeting; what was noted of meetings so far becomes accounts by the coach.

An employer sees a moment while it can be answered, and of how it was only the own words: what the candidate said, and
why a meeting did not come about, are other rows.
"""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, every, opens, protect, role_is, same_bureau

CANDIDATE = opens("candidates", "candidate_id")
EMPLOYER = opens("employers", "employer_id")
OPTION, ACCOUNT = "matching_meetingoption", "matching_meetingaccount"
OWN_WORK = """EXISTS (SELECT FROM employers_position p JOIN matching_match m ON m.position_id = p.id
    WHERE p.location_id = employers_location.id AND m.candidate_id = ANY (scope_ids('candidates')))"""
"""A candidate may read where the work is that was proposed to them: that is where they go to meet."""
TOLD = """
INSERT INTO matching_meetingaccount (bureau_id, candidate_id, employer_id, introduction_id, meeting_at, teller,
    happened, reason, words, next_step, told_at, told_by_id, told_name)
SELECT i.bureau_id, i.candidate_id, i.employer_id, i.id, coalesce(i.starts_at, i.introduced_at), said.teller,
    true, '', said.words, '', i.updated_at, e.by_id, ''
FROM matching_introduction i
CROSS JOIN LATERAL (VALUES ('candidate', i.outcome_candidate), ('employer', i.outcome_employer)) AS said (teller, words)
LEFT JOIN LATERAL (SELECT by_id FROM matching_matchevent WHERE match_id = i.match_id AND to_state = 'met'
    ORDER BY at DESC LIMIT 1) e ON true
WHERE said.words <> '';
"""


MOVES = """
CREATE OR REPLACE FUNCTION match_may_move(was text, becomes text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT (was, becomes) IN (
    ('proposed', 'candidate_agreed'), ('candidate_agreed', 'introduced'), ('introduced', 'meeting_planned'),
    ('meeting_planned', 'met'), ('meeting_planned', 'meeting_planned'), {called_off}
    ('met', 'placed'), ('met', 'meeting_planned'))
    OR was IN ('proposed', 'candidate_agreed', 'introduced', 'meeting_planned', 'met')
    AND becomes IN ('declined', 'withdrawn', 'expired') $$;
"""
"""As in matching/enums.py: a meeting that is called off, or did not come about, leaves the proposal where it was."""


class Migration(migrations.Migration):
    dependencies = [("matching", "0090_meetings"), ("employers", "0002_walls")]
    operations = [
        protect(OPTION, any_of(BUREAU, CANDIDATE, every(EMPLOYER, "closed_at IS NULL"))),
        protect(ACCOUNT, any_of(BUREAU, CANDIDATE, every(EMPLOYER, "teller = 'employer'"))),
        *(audited(table, candidate="candidate_id") for table in (OPTION, ACCOUNT)),
        *(same_bureau(table, "candidate_id", "candidates_candidate") for table in (OPTION, ACCOUNT)),
        *(same_bureau(table, "employer_id", "employers_employer") for table in (OPTION, ACCOUNT)),
        *(same_bureau(table, "introduction_id", "matching_introduction") for table in (OPTION, ACCOUNT)),
        protect(
            "employers_location", every(role_is("candidate"), OWN_WORK), command="SELECT", name="own_work"
        ),
        migrations.RunSQL(
            MOVES.format(called_off="('meeting_planned', 'introduced'),"), MOVES.format(called_off="")
        ),
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
    ]
