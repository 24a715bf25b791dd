"""What the bureau keeps about a relation is its staff's alone: the employer does not read it."""

from django.db import migrations

from buurtbaan.rls import audited, protect, same_bureau

TABLES = ("employers_talk", "employers_reminder", "employers_agreement", "employers_contribution")
COLLEAGUES = {
    "employers_talk": ("by_id",),
    "employers_reminder": ("by_id", "for_whom_id", "done_by_id"),
    "employers_agreement": ("by_id", "colleague_id"),
    "employers_contribution": ("by_id",),
}


class Migration(migrations.Migration):
    dependencies = [("employers", "0011_talks"), ("matching", "0061_employer_questions_walls")]
    operations = [
        *(protect(table) for table in TABLES),
        *(audited(table) for table in TABLES),
        *(same_bureau(table, "employer_id", "employers_employer") for table in TABLES),
        *(
            same_bureau(table, column, "bureaus_membership")
            for table, columns in COLLEAGUES.items()
            for column in columns
        ),
        same_bureau("employers_talk", "contact_id", "employers_contact"),
        same_bureau("employers_agreement", "contact_id", "employers_contact"),
    ]
