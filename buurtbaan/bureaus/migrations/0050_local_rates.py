"""A bureau adds figures of its own municipality or region; who changed a figure stays on record."""

import django.db.models.deletion
from django.db import migrations, models

from buurtbaan import together
from buurtbaan.rls import audited


class Migration(together.Migration):
    dependencies = [
        ("bureaus", "0006_rights"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="rate",
            name="rate_once",
        ),
        migrations.AddField(
            model_name="rate",
            name="bureau",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="bureaus.bureau",
                verbose_name="toegevoegd door bureau",
            ),
        ),
        migrations.AddConstraint(
            model_name="rate",
            constraint=models.UniqueConstraint(
                fields=("kind", "key", "place", "valid_from", "bureau"),
                name="rate_once",
                nulls_distinct=False,
            ),
        ),
        audited("bureaus_rate"),
    ]
