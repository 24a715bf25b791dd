"""Questions per week and side after the start; what somebody put aside or did on the list of the day; digests."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

from buurtbaan import together


class Migration(together.Migration):
    dependencies = [
        ("bureaus", "0110_digest_hour"),
        ("candidates", "0016_birth_spread"),
        ("employers", "0031_subscription_walls"),
        ("matching", "0031_conversion_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[("later", "Later"), ("done", "Gedaan")], max_length=5, verbose_name="wat"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="soort")),
                ("about", models.CharField(max_length=36)),
                ("until", models.DateField(blank=True, null=True, verbose_name="weer op de lijst vanaf")),
                (
                    "triggers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("was", models.JSONField(blank=True, default=dict)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="op")),
            ],
            options={
                "verbose_name": "opzij of gedaan",
                "verbose_name_plural": "opzij of gedaan",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="dag")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Wacht"),
                            ("sent", "Verstuurd"),
                            ("empty", "Niets te melden"),
                            ("failed", "Niet gelukt"),
                        ],
                        default="waiting",
                        max_length=7,
                        verbose_name="stand",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=300)),
                (
                    "token_hash",
                    models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="verstuurd op")),
            ],
            options={
                "verbose_name": "verstuurd overzicht",
                "verbose_name_plural": "verstuurde overzichten",
                "ordering": ["-day", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DigestWish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "days",
                    models.CharField(
                        choices=[
                            ("off", "Niet"),
                            ("weekdays", "Elke werkdag"),
                            ("monday", "Alleen aan het begin van de week"),
                        ],
                        default="off",
                        max_length=8,
                        verbose_name="wanneer",
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "overzicht per e-mail",
                "verbose_name_plural": "overzichten per e-mail",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="checkin",
            name="answers",
            field=models.JSONField(blank=True, default=dict, verbose_name="antwoorden van de kandidaat"),
        ),
        migrations.AddField(
            model_name="checkin",
            name="moved_from",
            field=models.DateField(blank=True, null=True, verbose_name="was eerst rond"),
        ),
        migrations.AddField(
            model_name="checkin",
            name="skip_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="waarom overgeslagen"),
        ),
        migrations.AddField(
            model_name="checkin",
            name="skipped_on",
            field=models.DateField(blank=True, null=True, verbose_name="overgeslagen op"),
        ),
        migrations.AddField(
            model_name="checkin",
            name="told_on",
            field=models.DateField(blank=True, null=True, verbose_name="verteld op"),
        ),
        migrations.AddField(
            model_name="checkin",
            name="told_self",
            field=models.BooleanField(default=False, verbose_name="vertelde het zelf"),
        ),
        migrations.AddField(
            model_name="checkin",
            name="version",
            field=models.CharField(blank=True, max_length=8, verbose_name="versie van de vragen"),
        ),
        migrations.AddField(
            model_name="employerquestion",
            name="answers",
            field=models.JSONField(blank=True, default=dict, verbose_name="antwoorden van de werkgever"),
        ),
        migrations.AddField(
            model_name="employerquestion",
            name="version",
            field=models.CharField(blank=True, max_length=8, verbose_name="versie van de vragen"),
        ),
        AddConstraintNotValid(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("skip_reason", ""), ("skipped_on", None)),
                    models.Q(
                        ("done_on", None),
                        ("skipped_on__isnull", False),
                        models.Q(("skip_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="check_in_skipped_has_reason",
            ),
        ),
        migrations.AddField(
            model_name="daymark",
            name="bureau",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
            ),
        ),
        migrations.AddField(
            model_name="daymark",
            name="candidate",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="candidates.candidate",
            ),
        ),
        migrations.AddField(
            model_name="daymark",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.membership"
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="bureau",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.membership"
            ),
        ),
        migrations.AddField(
            model_name="digestwish",
            name="bureau",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
            ),
        ),
        migrations.AddField(
            model_name="digestwish",
            name="membership",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="digest_wish",
                to="bureaus.membership",
            ),
        ),
        migrations.AddIndex(
            model_name="daymark",
            index=models.Index(
                condition=models.Q(("what", "done")), fields=["bureau", "about"], name="day_mark_done"
            ),
        ),
        migrations.AddConstraint(
            model_name="daymark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("until__isnull", False), ("what", "later")),
                    models.Q(("until", None), ("what", "done")),
                    _connector="OR",
                ),
                name="day_mark_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="daymark",
            constraint=models.UniqueConstraint(
                condition=models.Q(("what", "later")),
                fields=("membership", "kind", "about"),
                name="day_mark_later_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(fields=("membership", "day"), name="digest_once_a_day"),
        ),
    ]
