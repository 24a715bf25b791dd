"""Drafts are their writer's own; a held post opens only with the secret of the browser that sent it."""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, every, opens, protect, role_is

HERE = any_of(BUREAU, opens("home", "bureau_id"))
MINE = every(opens("user", "user_id"), HERE)
BY_TOKEN = "token_hash = nullif((SELECT current_setting('buurtbaan.token', true)), '')"  # noqa: S105
WITH_THE_CANDIDATE = """
ALTER TABLE drafts_draft ADD CONSTRAINT drafts_draft_candidate_id_bureau
FOREIGN KEY (candidate_id, bureau_id) REFERENCES candidates_candidate (id, bureau_id)
ON DELETE CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("drafts", "0002_drafts"), ("candidates", "0002_walls"), ("bureaus", "0003_walls")]
    operations = [
        protect("drafts_draft", any_of(MINE, every(BUREAU, role_is("system")))),
        protect("drafts_heldpost", any_of(BY_TOKEN, role_is("system"))),
        migrations.RunSQL(
            WITH_THE_CANDIDATE, "ALTER TABLE drafts_draft DROP CONSTRAINT drafts_draft_candidate_id_bureau;"
        ),
    ]
