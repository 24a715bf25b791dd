"""Who sees an employer's questions and links; a reading by link is noted; and withdrawn means gone, also at work.

The candidate's own words stand in the check-ins: employers no longer see those rows at all. A link opens itself and
nothing else; whoever holds it may note that they read about the person it is about, also without an account.
"""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, every, opens, protect, role_is, same_bureau, tenant_key

CANDIDATE = opens("candidates", "candidate_id")
EMPLOYER = opens("employers", "employer_id")
BY_TOKEN = "token_hash = nullif((SELECT current_setting('buurtbaan.token', true)), '')"  # noqa: S105
READ_BY_LINK = every(
    role_is("employer"),
    "actor_id IS NULL",
    "role = 'employer'",
    "EXISTS (SELECT FROM matching_employerlink l WHERE l.candidate_id = audit_reading.candidate_id "
    f"AND l.bureau_id = audit_reading.bureau_id AND l.{BY_TOKEN})",
)
QUESTION, LINK = "matching_employerquestion", "matching_employerlink"
HIDE = """
CREATE OR REPLACE FUNCTION consent_hides_introduction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE matching_introduction i SET open = false
    FROM matching_match m WHERE m.id = i.match_id AND m.consent_id = NEW.id AND i.open;
    UPDATE matching_placement p SET shared_name = ''
    FROM matching_match m WHERE m.id = p.match_id AND m.consent_id = NEW.id AND p.shared_name <> '';
    RETURN NULL;
END $$;
UPDATE matching_placement p SET shared_name = '' FROM matching_match m, candidates_consent c
WHERE m.id = p.match_id AND c.id = m.consent_id AND c.withdrawn_at IS NOT NULL AND p.shared_name <> '';
"""
ASKED = """
INSERT INTO matching_employerquestion (bureau_id, candidate_id, employer_id, kind, introduction_id, asked_at,
    going, hours_right, help_wanted, words, answered_by)
SELECT i.bureau_id, i.candidate_id, i.employer_id, 'introduction', i.id, i.introduced_at, '', '', '', '', ''
FROM matching_introduction i JOIN matching_match m ON m.id = i.match_id
WHERE i.open AND i.employer_answer = '' AND i.starts_at IS NULL AND m.state = 'introduced';
"""
HIDE_BEFORE = """
CREATE OR REPLACE FUNCTION consent_hides_introduction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE matching_introduction i SET open = false
    FROM matching_match m WHERE m.id = i.match_id AND m.consent_id = NEW.id AND i.open;
    RETURN NULL;
END $$;
"""


def _check_ins(rule: str) -> str:
    return f"ALTER POLICY matching_checkin_scope ON matching_checkin USING ({rule}) WITH CHECK ({rule});"


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0060_employer_questions"),
        ("audit", "0002_walls"),
        ("employers", "0002_walls"),
    ]
    operations = [
        tenant_key(QUESTION),
        tenant_key("matching_introduction"),
        tenant_key("matching_hoursstep"),
        tenant_key("employers_contact"),
        protect(QUESTION, any_of(BUREAU, CANDIDATE, EMPLOYER)),
        protect(LINK, any_of(BUREAU, CANDIDATE, BY_TOKEN)),
        audited(QUESTION, candidate="candidate_id"),
        audited(LINK, candidate="candidate_id", without=("token_hash",)),
        *(same_bureau(table, "candidate_id", "candidates_candidate") for table in (QUESTION, LINK)),
        *(same_bureau(table, "employer_id", "employers_employer") for table in (QUESTION, LINK)),
        same_bureau(QUESTION, "introduction_id", "matching_introduction"),
        same_bureau(QUESTION, "placement_id", "matching_placement"),
        same_bureau(QUESTION, "step_id", "matching_hoursstep"),
        same_bureau(LINK, "question_id", QUESTION),
        same_bureau(LINK, "contact_id", "employers_contact"),
        same_bureau("matching_message", "question_id", QUESTION),
        protect("audit_reading", READ_BY_LINK, command="INSERT", name="by_link"),
        protect("audit_reading", READ_BY_LINK, command="SELECT", name="read_by_link"),
        migrations.RunSQL(
            _check_ins(any_of(BUREAU, CANDIDATE)), _check_ins(any_of(BUREAU, CANDIDATE, EMPLOYER))
        ),
        migrations.RunSQL(HIDE, HIDE_BEFORE),
        migrations.RunSQL(ASKED, migrations.RunSQL.noop),
    ]
