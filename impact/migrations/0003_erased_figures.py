"""What people who were erased still count for. No audit trigger: the moment would tell which figures belong together."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from buurtbaan.rls import protect


class Migration(migrations.Migration):
    dependencies = [
        ("bureaus", "0006_rights"),
        ("impact", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="ErasedFigure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("cell", models.CharField(max_length=80)),
                ("event", models.BooleanField(default=True)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("people", models.PositiveIntegerField(default=0)),
                ("amount", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
                    ),
                ),
            ],
            options={
                "ordering": ["cell", "since", "until"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bureau", "cell", "since", "until"), name="erased_figure_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="erased_figure_period"
                    ),
                ],
            },
        ),
        protect("impact_erasedfigure"),
    ]
