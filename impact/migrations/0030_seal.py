"""Certificates with which reports were sealed; and the hash of a release's figures, by which they are recognised."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from buurtbaan import together


class Migration(together.Migration):
    dependencies = [("impact", "0041_planning_walls")]

    operations = [
        migrations.CreateModel(
            name="SealCertificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("subject", models.CharField(max_length=300, verbose_name="op naam van")),
                ("pem", models.TextField()),
                ("own", models.BooleanField(verbose_name="van deze installatie zelf")),
                (
                    "first_used_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="in gebruik sinds"),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="impact.sealcertificate",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificaat van het zegel",
                "verbose_name_plural": "certificaten van het zegel",
                "ordering": ["-first_used_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="release",
            name="figures_sha256",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
    ]
