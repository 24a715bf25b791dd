"""What a place has, whether its point is a guess, and the employer's logo behind the walls."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from buurtbaan import together
from buurtbaan.rls import BUREAU, any_of, audited, opens, protect, same_bureau

LOGO = "employers_employerlogo"


class Migration(together.Migration):
    dependencies = [
        ("bureaus", "0040_postcodes"),
        ("employers", "0060_contacts_with_accounts"),
    ]

    operations = [
        migrations.AddField(
            model_name="location",
            name="approximate",
            field=models.BooleanField(default=False, editable=False, verbose_name="punt bij benadering"),
        ),
        migrations.AddField(
            model_name="location",
            name="facilities",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("level_entrance", "Ingang zonder drempel"),
                        ("wide_doors", "Brede deuren"),
                        ("lift", "Lift"),
                        ("adapted_toilet", "Aangepaste wc"),
                        ("parking", "Parkeren voor de deur"),
                        ("bikes", "Plek voor fiets of scootmobiel"),
                        ("stop_nearby", "Halte dichtbij"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="wat er is",
            ),
        ),
        migrations.CreateModel(
            name="EmployerLogo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("picture", models.BinaryField(verbose_name="plaatje")),
                ("width", models.PositiveSmallIntegerField(verbose_name="breedte")),
                ("height", models.PositiveSmallIntegerField(verbose_name="hoogte")),
                ("digest", models.CharField(editable=False, max_length=16)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
                    ),
                ),
                (
                    "employer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="logo",
                        to="employers.employer",
                    ),
                ),
            ],
            options={
                "verbose_name": "logo",
                "verbose_name_plural": "logo's",
            },
        ),
        protect(LOGO, any_of(BUREAU, opens("employers", "employer_id"))),
        audited(LOGO, without=("picture",)),
        same_bureau(LOGO, "employer_id", "employers_employer"),
    ]
