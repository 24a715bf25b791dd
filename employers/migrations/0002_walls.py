"""An employer's rows: the bureau's staff, and the employer's own people."""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, opens, protect, same_bureau, tenant_key

ROWS = ("employers_location", "employers_contact", "employers_position", "employers_displacementcheck")
BUREAU_OR_OWN = any_of(BUREAU, opens("employers", "employer_id"))


class Migration(migrations.Migration):
    dependencies = [("employers", "0001_models"), ("bureaus", "0003_walls")]
    operations = [
        protect("employers_employer", any_of(BUREAU, opens("employers", "id"))),
        audited("employers_employer"),
        tenant_key("employers_employer"),
        same_bureau("employers_employer", "owner_id", "bureaus_membership"),
        *(protect(table, BUREAU_OR_OWN) for table in ROWS),
        *(audited(table) for table in ROWS),
        *(same_bureau(table, "employer_id", "employers_employer") for table in ROWS),
        tenant_key("employers_location"),
        tenant_key("employers_position"),
        same_bureau("employers_position", "location_id", "employers_location"),
        same_bureau("employers_displacementcheck", "position_id", "employers_position"),
        same_bureau("bureaus_membership", "employer_id", "employers_employer"),
    ]
