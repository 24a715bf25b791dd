"""Terms of files, people who stop, and the ledger of erasures."""

import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from buurtbaan import together


class Migration(together.Migration):
    dependencies = [
        ("bureaus", "0006_rights"),
        ("candidates", "0007_doubles_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="candidate",
            name="key",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                default=uuid.uuid4,
                editable=False,
                unique=True,
            ),
        ),
        migrations.AddField(
            model_name="candidate",
            name="leaving_on",
            field=models.DateField(blank=True, null=True, verbose_name="stopt op"),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(
                condition=models.Q(("leaving_on__isnull", False)),
                fields=["bureau", "leaving_on"],
                name="candidate_leaving",
            ),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(
                condition=models.Q(("retain_until__isnull", False)),
                fields=["bureau", "retain_until"],
                name="candidate_retained",
            ),
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("asked", "Op verzoek"),
                            ("left", "Zelf gestopt"),
                            ("retention", "Bewaartermijn voorbij"),
                            ("replayed", "Opnieuw gewist na herstel"),
                        ],
                        max_length=10,
                        verbose_name="waarom",
                    ),
                ),
                ("on", models.DateField(default=django.utils.timezone.localdate, verbose_name="gewist op")),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="rol van")),
                ("by_role", models.CharField(blank=True, max_length=12, verbose_name="in de rol van")),
                ("counts", models.JSONField(default=dict, verbose_name="aantal rijen")),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="erasures",
                        to="bureaus.bureau",
                    ),
                ),
            ],
            options={
                "verbose_name": "wissing",
                "verbose_name_plural": "wissingen",
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RetentionStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("notice", "Aangekondigd"), ("postponed", "Langer bewaren")],
                        max_length=10,
                        verbose_name="wat",
                    ),
                ),
                ("on", models.DateField(default=django.utils.timezone.localdate, verbose_name="op")),
                ("until", models.DateField(verbose_name="bewaren tot")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="waarom")),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="bureaus.membership",
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="retention_steps",
                        to="candidates.candidate",
                    ),
                ),
            ],
            options={
                "verbose_name": "bewaartermijn",
                "verbose_name_plural": "bewaartermijnen",
                "ordering": ["-on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "postponed"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="retention_postponed_has_reason",
                    )
                ],
            },
        ),
    ]
