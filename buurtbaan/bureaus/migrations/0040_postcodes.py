"""Where each postcode lies; the operator's command writes it, the application only reads."""

import django.core.validators
from django.db import migrations, models

from buurtbaan.rls import APP_ROLE


class Migration(migrations.Migration):
    dependencies = [
        ("bureaus", "0050_local_rates"),
    ]

    operations = [
        migrations.CreateModel(
            name="Postcode",
            fields=[
                (
                    "digits",
                    models.CharField(
                        max_length=4,
                        primary_key=True,
                        serialize=False,
                        validators=[django.core.validators.RegexValidator("^[1-9]\\d{3}$", "Vier cijfers.")],
                        verbose_name="postcode (vier cijfers)",
                    ),
                ),
                ("place", models.CharField(max_length=180, verbose_name="plaats")),
                ("latitude", models.FloatField(verbose_name="breedtegraad")),
                ("longitude", models.FloatField(verbose_name="lengtegraad")),
            ],
            options={
                "verbose_name": "postcode",
                "verbose_name_plural": "postcodes",
                "ordering": ["digits"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digits__regex", "^[1-9][0-9]{3}$")), name="postcode_digits"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON bureaus_postcode FROM {APP_ROLE};",
            f"GRANT INSERT, UPDATE, DELETE ON bureaus_postcode TO {APP_ROLE};",
        ),
    ]
