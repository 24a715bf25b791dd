"""Who was told that a planned report is ready stands with the order."""

import django.contrib.postgres.fields
from django.db import migrations, models

from buurtbaan import together


class Migration(together.Migration):
    dependencies = [
        ("impact", "0060_words_made_unreadable"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportorder",
            name="told_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="reportorder",
            name="told_to",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, size=None
            ),
        ),
    ]
