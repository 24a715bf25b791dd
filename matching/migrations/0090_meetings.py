"""When people could meet, how it was for each of them, and what a message needs to know of its delivery."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from buurtbaan import together


class Migration(together.Migration):
    dependencies = [
        ("bureaus", "0040_postcodes"),
        ("candidates", "0016_birth_spread"),
        ("employers", "0031_subscription_walls"),
        ("matching", "0101_path_walls"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="employerquestion",
            name="employer_question_about_one",
        ),
        migrations.AddField(
            model_name="introduction",
            name="companion_member",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="bureaus.membership",
                verbose_name="collega die meegaat",
            ),
        ),
        migrations.AddField(
            model_name="introduction",
            name="planned_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="afgesproken op"),
        ),
        migrations.AddField(
            model_name="message",
            name="next_try_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="volgende poging"),
        ),
        migrations.AddField(
            model_name="message",
            name="meeting",
            field=models.JSONField(blank=True, null=True, verbose_name="afspraak zoals die was"),
        ),
        migrations.AddField(
            model_name="message",
            name="provider_id",
            field=models.CharField(blank=True, max_length=200, verbose_name="kenmerk bij de verzender"),
        ),
        migrations.AddField(
            model_name="message",
            name="why_held",
            field=models.CharField(
                blank=True,
                choices=[
                    ("consent", "Deze persoon gaf geen toestemming voor contact. Bel."),
                    ("changed", "Het adres is intussen veranderd. Kijk het na en verstuur opnieuw."),
                    ("gone", "Dit adres hoort niet meer bij een contactpersoon van deze werkgever."),
                    ("bounced", "Een eerder bericht aan dit adres kwam terug. Verbeter het adres, of bel."),
                ],
                max_length=10,
                verbose_name="waarom tegengehouden",
            ),
        ),
        migrations.AlterField(
            model_name="employerquestion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("introduction", "Kennismaking"),
                    ("times", "Wanneer het past"),
                    ("met", "Hoe de kennismaking was"),
                    ("check_in", "Hoe gaat het"),
                    ("hours", "Uren"),
                ],
                max_length=12,
                verbose_name="waarover",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Wacht"),
                    ("sent", "Verstuurd"),
                    ("failed", "Niet gelukt"),
                    ("held", "Tegengehouden"),
                    ("bounced", "Kwam terug"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("provider_id", ""), _negated=True),
                fields=["provider_id"],
                name="message_provider",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("state", "bounced")),
                fields=["bureau", "recipient"],
                name="message_bounced",
            ),
        ),
        migrations.AddConstraint(
            model_name="employerquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("introduction__isnull", False),
                        ("kind__in", ("introduction", "times", "met")),
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
        ),
        migrations.AddConstraint(
            model_name="employerquestion",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("answered_at", None),
                    ("kind__in", ("introduction", "times", "met")),
                    ("settled_at", None),
                ),
                fields=("introduction", "kind"),
                name="employer_question_meeting_once",
            ),
        ),
        migrations.CreateModel(
            name="MeetingAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("meeting_at", models.DateTimeField(verbose_name="kennismaking van")),
                (
                    "teller",
                    models.CharField(
                        choices=[
                            ("candidate", "De kandidaat"),
                            ("employer", "De werkgever"),
                            ("coach", "De coach"),
                        ],
                        max_length=10,
                        verbose_name="wie vertelt",
                    ),
                ),
                ("happened", models.BooleanField(default=True, verbose_name="ging door")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("timing", "Het kwam niet uit"),
                            ("ill", "Iemand was ziek"),
                            ("way", "De weg was niet te vinden"),
                            ("tense", "Het was spannend"),
                            ("unknown", "Dat weten we nog niet"),
                        ],
                        max_length=8,
                        verbose_name="waarom niet",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="in eigen woorden")),
                (
                    "next_step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Ja, graag verder"),
                            ("maybe", "Ik weet het nog niet"),
                            ("no", "Liever niet"),
                        ],
                        max_length=5,
                        verbose_name="verder",
                    ),
                ),
                (
                    "told_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="verteld op"),
                ),
                ("told_name", models.CharField(blank=True, max_length=120, verbose_name="naam")),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="employers.employer"
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accounts",
                        to="matching.introduction",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="bureaus.membership",
                        verbose_name="opgeschreven door",
                    ),
                ),
            ],
            options={
                "verbose_name": "verhaal over een kennismaking",
                "verbose_name_plural": "verhalen over een kennismaking",
                "ordering": ["meeting_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("introduction", "meeting_at", "teller"), name="meeting_account_once_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("happened", True), ("reason", "")),
                            models.Q(("happened", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="meeting_account_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingOption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="nummer")),
                ("starts_at", models.DateTimeField(verbose_name="wanneer")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        default=45,
                        validators=[
                            django.core.validators.MinValueValidator(10),
                            django.core.validators.MaxValueValidator(480),
                        ],
                        verbose_name="minuten",
                    ),
                ),
                ("place", models.CharField(max_length=200, verbose_name="waar")),
                (
                    "proposed_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="voorgesteld op"),
                ),
                (
                    "candidate_says",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Ja"), ("no", "Nee")],
                        max_length=3,
                        verbose_name="past het de kandidaat",
                    ),
                ),
                (
                    "employer_says",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Ja"), ("no", "Nee")],
                        max_length=3,
                        verbose_name="past het de werkgever",
                    ),
                ),
                (
                    "coach_says",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Ja"), ("no", "Nee")],
                        max_length=3,
                        verbose_name="past het de coach",
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="niet meer te kiezen sinds"),
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
                        related_name="+",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="employers.employer"
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="options",
                        to="matching.introduction",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="bureaus.membership",
                    ),
                ),
            ],
            options={
                "verbose_name": "moment voor een kennismaking",
                "verbose_name_plural": "momenten voor een kennismaking",
                "ordering": ["starts_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 5)),
                        name="meeting_option_at_most_five",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("introduction", "number"),
                        name="meeting_option_number_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("introduction", "starts_at"),
                        name="meeting_option_moment_once",
                    ),
                ],
            },
        ),
    ]
