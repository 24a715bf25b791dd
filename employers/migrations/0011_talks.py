"""The day on which we last spoke becomes the first line of each employer's log."""

from django.db import migrations

FORWARDS = """
INSERT INTO employers_talk (bureau_id, employer_id, kind, "on", note, agreed, created_at)
SELECT bureau_id, id, 'other', last_contact_on, '', '', now() FROM employers_employer
WHERE last_contact_on IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("employers", "0010_relation")]
    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
