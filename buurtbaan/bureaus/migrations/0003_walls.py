"""Who may see which memberships, invitations and single-use links.

Accounts (bureaus_user) have no row-level security: sign-in must find an account before anybody is somebody. They
hold an address, a name and a password's hash, and the trail leaves the hash out.
"""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, every, opens, protect, role_is, tenant_key

OWN = any_of(
    BUREAU, opens("employers", "employer_id"), opens("municipalities", "municipality_id"), role_is("platform")
)
BY_TOKEN = "token_hash = nullif((SELECT current_setting('buurtbaan.token', true)), '')"  # noqa: S105
SEEN = any_of(
    opens("user", "user_id"),
    every(opens("home", "bureau_id"), "role IN ('connector', 'coach', 'manager')"),
)
OF_A_SEEN_ROLE = "EXISTS (SELECT FROM bureaus_membership m WHERE m.id = membership_id)"


class Migration(migrations.Migration):
    dependencies = [("bureaus", "0002_membership"), ("audit", "0001_models")]
    operations = [
        protect("bureaus_membership", OWN),
        protect("bureaus_membership", SEEN, command="SELECT", name="seen"),
        protect("bureaus_invitation", any_of(OWN, BY_TOKEN)),
        protect("bureaus_accesslink", any_of(BY_TOKEN, OF_A_SEEN_ROLE)),
        tenant_key("bureaus_membership"),
        audited("bureaus_membership", candidate="candidate_id"),
        audited("bureaus_invitation", without=("token_hash",)),
        audited("bureaus_user", without=("password", "last_login")),
        audited("bureaus_bureau"),
    ]
