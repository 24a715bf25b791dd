"""How a meeting was stands in accounts, where an employer reads no words of the candidate."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matching", "0091_meetings_walls")]
    operations = [
        migrations.RemoveField("introduction", "outcome_candidate"),
        migrations.RemoveField("introduction", "outcome_employer"),
    ]
