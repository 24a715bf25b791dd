"""Team pictures, templates and the moves of positions: for the bureau's staff, and an employer's own rows for it."""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, opens, protect, same_bureau, tenant_key

ROWS = ("employers_teampicture", "employers_teamtask", "employers_positionmove")
BUREAU_OR_OWN = any_of(BUREAU, opens("employers", "employer_id"))


class Migration(migrations.Migration):
    dependencies = [("employers", "0020_carving")]
    operations = [
        *(protect(table, BUREAU_OR_OWN) for table in ROWS),
        *(audited(table) for table in ROWS),
        *(same_bureau(table, "employer_id", "employers_employer") for table in ROWS),
        tenant_key("employers_teampicture"),
        same_bureau("employers_teamtask", "picture_id", "employers_teampicture"),
        same_bureau("employers_teamtask", "position_id", "employers_position"),
        same_bureau("employers_positionmove", "position_id", "employers_position"),
        protect("employers_positiontemplate"),
        audited("employers_positiontemplate"),
    ]
