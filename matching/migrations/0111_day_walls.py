"""Marks are the bureau's; wishes and digests are one's own. What was told before has its day.

A digest's link opens itself and nothing else.
"""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, every, opens, protect, role_is, same_bureau

BY_TOKEN = "token_hash = nullif((SELECT current_setting('buurtbaan.token', true)), '')"  # noqa: S105
OWN = every(BUREAU, any_of(opens("membership", "membership_id"), role_is("system")))
MARK, WISH, DIGEST = "matching_daymark", "matching_digestwish", "matching_digest"
TOLD = "UPDATE matching_checkin SET told_on = done_on WHERE done_on IS NOT NULL AND mood <> '' AND told_on IS NULL;"


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0110_day_and_check_ins"),
        ("bureaus", "0003_walls"),
        ("candidates", "0002_walls"),
    ]
    operations = [
        protect(MARK),
        protect(WISH, OWN),
        protect(DIGEST, any_of(OWN, BY_TOKEN)),
        audited(MARK, candidate="candidate_id"),
        audited(WISH),
        audited(DIGEST, without=("token_hash",)),
        same_bureau(MARK, "candidate_id", "candidates_candidate"),
        *(same_bureau(table, "membership_id", "bureaus_membership") for table in (MARK, WISH, DIGEST)),
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
    ]
