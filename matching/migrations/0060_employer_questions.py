"""What an employer is asked about one person, once each, and the links with which they answer."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from buurtbaan import together


class Migration(together.Migration):
    dependencies = [
        ("bureaus", "0006_rights"),
        ("candidates", "0016_birth_spread"),
        ("employers", "0060_contacts_with_accounts"),
        ("matching", "0007_names_of_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmployerQuestion",
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
                        choices=[
                            ("introduction", "Kennismaking"),
                            ("check_in", "Hoe gaat het"),
                            ("hours", "Uren"),
                        ],
                        max_length=12,
                        verbose_name="waarover",
                    ),
                ),
                ("week", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="week")),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="gevraagd op"),
                ),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="herinnerd op")),
                (
                    "told_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="verteld aan de kandidaat op"),
                ),
                (
                    "going",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("good", "Het gaat goed"),
                            ("mixed", "Wisselend"),
                            ("hard", "Het is lastig"),
                        ],
                        max_length=6,
                        verbose_name="hoe gaat het",
                    ),
                ),
                (
                    "hours_right",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Ja"), ("no", "Nee")],
                        max_length=3,
                        verbose_name="kloppen de uren",
                    ),
                ),
                (
                    "help_wanted",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Ja"), ("no", "Nee")],
                        max_length=3,
                        verbose_name="hulp nodig",
                    ),
                ),
                (
                    "words",
                    models.TextField(blank=True, max_length=1000, verbose_name="in woorden van de werkgever"),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="beantwoord op")),
                ("answered_by", models.CharField(blank=True, max_length=120, verbose_name="beantwoord door")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="opgepakt op")),
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
                        related_name="+",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="employers.employer",
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="matching.introduction",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="employer_questions",
                        to="matching.placement",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="bureaus.membership",
                        verbose_name="opgepakt door",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="matching.hoursstep",
                    ),
                ),
            ],
            options={
                "verbose_name": "vraag aan de werkgever",
                "verbose_name_plural": "vragen aan de werkgever",
                "ordering": ["asked_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)),
                        fields=["bureau", "asked_at"],
                        name="employer_question_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("introduction__isnull", False),
                                ("kind", "introduction"),
                                ("placement", None),
                                ("step", None),
                                ("week", None),
                            ),
                            models.Q(
                                ("introduction", None),
                                ("kind", "check_in"),
                                ("placement__isnull", False),
                                ("step", None),
                                ("week__in", (1, 4, 13, 26, 52)),
                            ),
                            models.Q(
                                ("introduction", None),
                                ("kind", "hours"),
                                ("placement__isnull", False),
                                ("step__isnull", False),
                                ("week", None),
                            ),
                            _connector="OR",
                        ),
                        name="employer_question_about_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "introduction")),
                        fields=("introduction",),
                        name="employer_question_introduction_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "check_in")),
                        fields=("placement", "week"),
                        name="employer_question_week_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "hours")),
                        fields=("step",),
                        name="employer_question_step_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmployerLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="verstuurd op"),
                ),
                ("expires_at", models.DateTimeField(verbose_name="werkt tot")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="gebruikt op")),
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
                        related_name="+",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="employers.contact",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="employers.employer"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="matching.employerquestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "link voor de werkgever",
                "verbose_name_plural": "links voor de werkgever",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="message",
            name="question",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="matching.employerquestion",
            ),
        ),
    ]
