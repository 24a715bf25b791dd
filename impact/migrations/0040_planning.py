"""Plans, batches, notices and keys; a report counts its turns."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from buurtbaan import together


class Migration(together.Migration):
    dependencies = [
        ("bureaus", "0110_digest_hour"),
        ("impact", "0010_what_is_released_stays"),
    ]

    operations = [
        migrations.AddField(
            model_name="impactreport",
            name="turn",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name="impactreport",
            name="pdf",
            field=models.FileField(blank=True, max_length=200, upload_to="reports/"),
        ),
        migrations.CreateModel(
            name="NoticeWish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wanted", models.BooleanField(default=True, verbose_name="e-mail bij een nieuw rapport")),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_wish",
                        to="bureaus.membership",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="bureaus.municipality",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="van")),
                ("until", models.DateField(verbose_name="tot en met")),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Nederlands"), ("en", "Engels")],
                        default="nl",
                        max_length=5,
                        verbose_name="taal van het rapport",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="bureaus.membership",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="bureaus.municipality",
                        verbose_name="gemeente",
                    ),
                ),
            ],
            options={
                "verbose_name": "reeks rapporten",
                "verbose_name_plural": "reeksen rapporten",
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportSchedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("monthly", "Elke maand"),
                            ("quarterly", "Elk kwartaal"),
                            ("yearly", "Elk jaar"),
                        ],
                        max_length=10,
                        verbose_name="hoe vaak",
                    ),
                ),
                (
                    "moment",
                    models.CharField(
                        choices=[
                            ("monday", "Op de eerste maandag erna"),
                            ("fifteenth", "Op de 15e van de maand erna"),
                        ],
                        default="monday",
                        max_length=10,
                        verbose_name="wanneer",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Nederlands"), ("en", "Engels")],
                        default="nl",
                        max_length=5,
                        verbose_name="taal van het rapport",
                    ),
                ),
                ("starts", models.DateField(verbose_name="eerste periode vanaf")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("stopped_on", models.DateTimeField(blank=True, null=True, verbose_name="gestopt op")),
                (
                    "bureau",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="schedules",
                        to="bureaus.bureau",
                        verbose_name="bureau",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="bureaus.membership",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="schedules",
                        to="bureaus.municipality",
                        verbose_name="gemeente",
                    ),
                ),
            ],
            options={
                "verbose_name": "planning",
                "verbose_name_plural": "planningen",
                "ordering": ["municipality", "bureau", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="van")),
                ("until", models.DateField(verbose_name="tot en met")),
                ("language", models.CharField(default="nl", max_length=5)),
                ("problem", models.CharField(blank=True, max_length=300, verbose_name="wat ging er mis")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="orders",
                        to="impact.reportbatch",
                    ),
                ),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="bureaus.municipality",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="impact.impactreport",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="orders",
                        to="impact.reportschedule",
                    ),
                ),
            ],
            options={
                "ordering": ["-until", "bureau", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="naam")),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("ending", models.CharField(max_length=4)),
                ("made_by_name", models.CharField(max_length=160)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="laatst gebruikt")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="ingetrokken op")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="bureaus.membership",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="bureaus.municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "sleutel",
                "verbose_name_plural": "sleutels",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("municipality", "name"),
                        name="api_key_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("bureau_name", models.CharField(max_length=120, verbose_name="bureau")),
                ("since", models.DateField(verbose_name="van")),
                ("until", models.DateField(verbose_name="tot en met")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Wacht"),
                            ("sent", "Verstuurd"),
                            ("failed", "Niet gelukt"),
                            ("dropped", "Niet meer nodig"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "next_try_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="volgende poging op"),
                ),
                ("error", models.CharField(blank=True, max_length=300)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="gemaakt op"),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.membership"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="bureaus.municipality",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="impact.release",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("release", "membership"), name="notice_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="reportbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("since"))), name="batch_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stopped_on", None)),
                fields=("municipality", "bureau", "rhythm", "language"),
                name="schedule_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("schedule__isnull", False)),
                fields=("schedule", "bureau", "since"),
                name="order_once_per_schedule",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("batch__isnull", False)),
                fields=("batch", "bureau"),
                name="order_once_per_batch",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("batch", None), ("schedule__isnull", False)),
                    models.Q(("batch__isnull", False), ("schedule", None)),
                    _connector="OR",
                ),
                name="order_of_one",
            ),
        ),
    ]
