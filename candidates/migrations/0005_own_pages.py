"""Corrections, and what the intake and the candidate's own pages need beside them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from buurtbaan import together
from buurtbaan.rls import BUREAU, any_of, audited, opens, protect, same_bureau


class Migration(together.Migration):
    dependencies = [
        ("bureaus", "0004_cache"),
        ("candidates", "0004_plan_walls"),
    ]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="bureaus.membership",
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="card_parts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=12),
                blank=True,
                null=True,
                size=None,
                verbose_name="op mijn talentkaart",
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="language_levels",
            field=models.JSONField(blank=True, default=dict, verbose_name="hoe goed de andere talen gaan"),
        ),
        migrations.AddField(
            model_name="intake",
            name="summary_basis",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="intake",
            name="summary_signature",
            field=models.TextField(blank=True, max_length=20000, verbose_name="getekende naam"),
        ),
        migrations.AddField(
            model_name="intake",
            name="talents_proof",
            field=models.JSONField(blank=True, default=dict, verbose_name="waar een talent bleek"),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("story", "Mijn verhaal, dromen of wensen"),
                            ("talents", "Talenten of taken"),
                            ("hours", "Uren, dagen of reizen"),
                            ("talks", "Wat er over een gesprek staat"),
                            ("contact", "Mijn naam, telefoon of adres"),
                            ("other", "Iets anders"),
                        ],
                        default="other",
                        max_length=12,
                        verbose_name="waar gaat het over?",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="wat klopt er niet?")),
                (
                    "said_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="gezegd op"),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("changed", "Veranderd"), ("kept", "Niet veranderd")],
                        max_length=8,
                        verbose_name="uitkomst",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="antwoord")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="beantwoord op")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="bureaus.membership",
                        verbose_name="beantwoord door",
                    ),
                ),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="candidates.candidate",
                    ),
                ),
            ],
            options={
                "verbose_name": "correctie",
                "verbose_name_plural": "correcties",
                "ordering": ["-said_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=["candidate"],
                        name="correction_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("outcome", "")),
                            models.Q(
                                ("answered_at__isnull", False), models.Q(("outcome", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="correction_answer_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer", ""), ("outcome", "kept"), _negated=True),
                        name="correction_kept_has_reason",
                    ),
                ],
            },
        ),
        protect("candidates_correction", any_of(BUREAU, opens("candidates", "candidate_id"))),
        audited("candidates_correction", candidate="candidate_id"),
        same_bureau("candidates_correction", "candidate_id", "candidates_candidate"),
    ]
