"""A candidate's rows: the bureau's staff, and the candidate; safety remarks not even all of the staff."""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, every, opens, protect, role_is, same_bureau, tenant_key

ABOUT_ONE = (
    "candidates_fileopening",
    "candidates_firstconversation",
    "candidates_conversation",
    "candidates_intake",
    "candidates_consent",
    "candidates_stagechange",
    "candidates_measurement",
)
BUREAU_OR_SELF = any_of(BUREAU, opens("candidates", "candidate_id"))
COACH_OR_SELF = any_of(every(BUREAU, role_is("coach", "system")), opens("candidates", "candidate_id"))

# Matching may know that a candidate and an employer clash, never why; this function gives pairs and no text.
SAFETY_PAIRS = """
CREATE FUNCTION safety_pairs() RETURNS TABLE (candidate_id bigint, employer_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT s.candidate_id, s.employer_id FROM candidates_safetyremark s
    WHERE s.employer_id IS NOT NULL AND s.bureau_id = ANY (scope_ids('bureaus'))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("candidates", "0001_models"), ("employers", "0001_models"), ("bureaus", "0003_walls")]
    operations = [
        protect("candidates_organisation"),
        audited("candidates_organisation"),
        tenant_key("candidates_organisation"),
        protect("candidates_candidate", any_of(BUREAU, opens("candidates", "id"))),
        audited("candidates_candidate", candidate="id", without=("search_name",)),
        tenant_key("candidates_candidate"),
        same_bureau("candidates_candidate", "coach_id", "bureaus_membership"),
        same_bureau("candidates_candidate", "connector_id", "bureaus_membership"),
        same_bureau("candidates_candidate", "source_organisation_id", "candidates_organisation"),
        *(protect(table, BUREAU_OR_SELF) for table in ABOUT_ONE),
        protect("candidates_safetyremark", COACH_OR_SELF),
        *(audited(table, candidate="candidate_id") for table in (*ABOUT_ONE, "candidates_safetyremark")),
        *(
            same_bureau(table, "candidate_id", "candidates_candidate")
            for table in (*ABOUT_ONE, "candidates_safetyremark")
        ),
        migrations.RunSQL(SAFETY_PAIRS, "DROP FUNCTION safety_pairs();"),
    ]
