"""A code to say out loud: the scope's token may also be the hash of its number."""

from django.db import migrations, models

from buurtbaan import together
from buurtbaan.rls import protect

BY_NUMBER = "number_hash = nullif((SELECT current_setting('buurtbaan.token', true)), '')"


class Migration(together.Migration):
    dependencies = [
        ("bureaus", "0004_cache"),
    ]

    operations = [
        migrations.AddField(
            model_name="accesslink",
            name="code_hash",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="accesslink",
            name="number_hash",
            field=models.CharField(blank=True, max_length=64, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="accesslink",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        protect("bureaus_accesslink", BY_NUMBER, name="number"),
    ]
