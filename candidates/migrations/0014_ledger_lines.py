"""The same person may be erased twice: once, and again after a restore."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0013_names_of_rows"),
    ]

    operations = [
        migrations.AlterField(
            model_name="erasure",
            name="key_hash",
            field=models.CharField(db_index=True, max_length=64),
        ),
    ]
