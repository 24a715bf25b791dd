"""An agenda's address is its owner's, and opens itself; a message about a week stays in the bureau of that week."""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, every, opens, protect, role_is, same_bureau, tenant_key

BY_TOKEN = "token_hash = nullif((SELECT current_setting('buurtbaan.token', true)), '')"  # noqa: S105
FEED = "matching_agendafeed"


class Migration(migrations.Migration):
    dependencies = [("matching", "0150_weeks_and_agenda")]
    operations = [
        protect(
            FEED,
            any_of(every(BUREAU, any_of(opens("membership", "membership_id"), role_is("system"))), BY_TOKEN),
        ),
        audited(FEED, without=("token_hash",)),
        same_bureau(FEED, "membership_id", "bureaus_membership"),
        tenant_key("matching_checkin"),
        same_bureau("matching_message", "check_in_id", "matching_checkin"),
    ]
