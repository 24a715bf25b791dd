"""Matches: bureau and candidate. Introductions, placements, hours and check-ins: the employer's own people, too."""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, every, opens, protect, role_is, same_bureau, tenant_key

CANDIDATE = opens("candidates", "candidate_id")
EMPLOYER = opens("employers", "employer_id")
BUREAU_OR_SELF = ("matching_match", "matching_matchevent")
THREE = ("matching_introduction", "matching_placement", "matching_hoursstep", "matching_checkin")


def own_work(table: str, column: str) -> migrations.RunSQL:
    """A candidate may read the employer, place and position that were proposed to them or where they work."""
    rows = " OR ".join(
        f"EXISTS (SELECT FROM {work} w WHERE w.{column} = {table}.id AND "
        f"w.candidate_id = ANY (scope_ids('candidates')))"
        for work in ("matching_match", "matching_placement")
    )
    return protect(table, every(role_is("candidate"), rows), command="SELECT", name="scope_own_work")


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0001_models"),
        ("candidates", "0002_walls"),
        ("employers", "0002_walls"),
        ("bureaus", "0003_walls"),
    ]
    operations = [
        *(protect(table, any_of(BUREAU, CANDIDATE)) for table in BUREAU_OR_SELF),
        *(protect(table, any_of(BUREAU, CANDIDATE, EMPLOYER)) for table in THREE),
        protect("matching_message"),
        protect("matching_importjob"),
        *(
            audited(table, candidate="candidate_id")
            for table in (*BUREAU_OR_SELF, *THREE, "matching_message")
        ),
        tenant_key("matching_match"),
        tenant_key("matching_placement"),
        *(
            same_bureau(table, "candidate_id", "candidates_candidate")
            for table in (*BUREAU_OR_SELF, *THREE, "matching_message")
        ),
        *(same_bureau(table, "employer_id", "employers_employer") for table in ("matching_match", *THREE)),
        same_bureau("matching_match", "position_id", "employers_position"),
        same_bureau("matching_matchevent", "match_id", "matching_match"),
        same_bureau("matching_introduction", "match_id", "matching_match"),
        same_bureau("matching_placement", "position_id", "employers_position"),
        same_bureau("matching_placement", "match_id", "matching_match"),
        same_bureau("matching_hoursstep", "placement_id", "matching_placement"),
        same_bureau("matching_checkin", "placement_id", "matching_placement"),
        own_work("employers_employer", "employer_id"),
        own_work("employers_position", "position_id"),
    ]
