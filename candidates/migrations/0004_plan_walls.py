"""Plan and wellbeing: the bureau's staff and the candidate; funds: the bureau's staff. A step is its goal's person's."""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, opens, protect, same_bureau, tenant_key

ABOUT_ONE = ("candidates_goal", "candidates_step", "candidates_wellbeing")
BUREAU_OR_SELF = any_of(BUREAU, opens("candidates", "candidate_id"))

SAME_PERSON = """
ALTER TABLE candidates_goal ADD CONSTRAINT goal_id_candidate UNIQUE (id, candidate_id);
ALTER TABLE candidates_step ADD CONSTRAINT step_of_own_goal FOREIGN KEY (goal_id, candidate_id)
    REFERENCES candidates_goal (id, candidate_id) DEFERRABLE INITIALLY DEFERRED;
"""
SAME_PERSON_BACK = """
ALTER TABLE candidates_step DROP CONSTRAINT step_of_own_goal;
ALTER TABLE candidates_goal DROP CONSTRAINT goal_id_candidate;
"""


class Migration(migrations.Migration):
    dependencies = [("candidates", "0003_plan_wellbeing_funds")]
    operations = [
        *(protect(table, BUREAU_OR_SELF) for table in ABOUT_ONE),
        *(audited(table, candidate="candidate_id") for table in ABOUT_ONE),
        *(same_bureau(table, "candidate_id", "candidates_candidate") for table in ABOUT_ONE),
        migrations.RunSQL(SAME_PERSON, SAME_PERSON_BACK),
        protect("candidates_fund"),
        audited("candidates_fund"),
        tenant_key("candidates_fund"),
        same_bureau("candidates_conversation", "fund_id", "candidates_fund"),
    ]
