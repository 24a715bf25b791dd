"""A contract after a subscription: the bureau's, and the person's own to see."""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, opens, protect, same_bureau


class Migration(migrations.Migration):
    dependencies = [("matching", "0030_conversions"), ("employers", "0031_subscription_walls")]
    operations = [
        protect("matching_conversion", any_of(BUREAU, opens("candidates", "candidate_id"))),
        audited("matching_conversion", candidate="candidate_id"),
        same_bureau("matching_conversion", "candidate_id", "candidates_candidate"),
        same_bureau("matching_conversion", "placement_id", "matching_placement"),
        same_bureau("matching_conversion", "subscription_id", "employers_subscription"),
    ]
