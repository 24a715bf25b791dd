import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from buurtbaan import together


class Migration(together.Migration):
    initial = True

    dependencies = [
        ("bureaus", "0050_local_rates"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleCard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(unique=True, verbose_name="kort adres")),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("beginning", "Beginnen met werk"),
                            ("money", "Geld en uitkering"),
                            ("employer", "Wat een werkgever regelt"),
                            ("duties", "Plichten en ontheffing"),
                            ("own_business", "Eigen onderneming"),
                        ],
                        max_length=12,
                        verbose_name="onderwerp",
                    ),
                ),
            ],
            options={
                "verbose_name": "regelkaart",
                "verbose_name_plural": "regelkaarten",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="RuleVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.CharField(max_length=160, verbose_name="vraag")),
                ("short", models.CharField(max_length=300, verbose_name="kort antwoord")),
                ("answer", models.TextField(max_length=5000, verbose_name="antwoord in gewone woorden")),
                ("law", models.CharField(max_length=160, verbose_name="wet of regeling")),
                ("article", models.CharField(blank=True, max_length=160, verbose_name="artikel")),
                ("link", models.URLField(blank=True, verbose_name="waar het te lezen is")),
                ("source", models.CharField(max_length=200, verbose_name="bron")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="geldig vanaf")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="geldig tot en met")),
                ("reviewed_on", models.DateField(verbose_name="nagekeken op")),
                ("reviewed_by", models.CharField(max_length=120, verbose_name="nagekeken door")),
                ("by_lawyer", models.BooleanField(default=False, verbose_name="een jurist keek het na")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="geschreven op"),
                ),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="rules.rulecard",
                        verbose_name="kaart",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bureaus.municipality",
                        verbose_name="gemeente",
                    ),
                ),
            ],
            options={
                "verbose_name": "versie van een regelkaart",
                "verbose_name_plural": "versies van regelkaarten",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["card", "municipality", "-id"], name="rule_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_from", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="rule_ends_after_start",
                    )
                ],
            },
        ),
    ]
