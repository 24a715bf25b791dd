"""What funds ask, when they want to hear from us, and hours that are claimed once."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from buurtbaan import together


class Migration(together.Migration):
    dependencies = [
        ("bureaus", "0110_digest_hour"),
        ("candidates", "0016_birth_spread"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FundDeadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=120, verbose_name="wat moet er klaar zijn")),
                ("due_on", models.DateField(verbose_name="uiterlijk op")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="klaar op")),
            ],
            options={
                "verbose_name": "termijn van een fonds",
                "verbose_name_plural": "termijnen van fondsen",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HourClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="dag")),
                (
                    "during",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name="van en tot"),
                ),
                ("what", models.CharField(max_length=160, verbose_name="wat heb je gedaan")),
                (
                    "noted_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="genoteerd op"),
                ),
                ("void_at", models.DateTimeField(blank=True, null=True, verbose_name="teruggenomen op")),
                ("void_reason", models.CharField(blank=True, max_length=200, verbose_name="waarom")),
            ],
            options={
                "verbose_name": "uren op een fonds",
                "verbose_name_plural": "uren op fondsen",
                "ordering": ["-day", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="fund",
            name="amount",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="toegezegd bedrag"
            ),
        ),
        migrations.AddField(
            model_name="fund",
            name="conditions",
            field=models.TextField(blank=True, max_length=2000, verbose_name="voorwaarden"),
        ),
        migrations.AddField(
            model_name="fund",
            name="hours_most",
            field=models.PositiveIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(100000),
                ],
                verbose_name="hoogste aantal uren",
            ),
        ),
        migrations.AddConstraint(
            model_name="fund",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                name="fund_amount",
            ),
        ),
        migrations.AddField(
            model_name="funddeadline",
            name="bureau",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
            ),
        ),
        migrations.AddField(
            model_name="funddeadline",
            name="done_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="bureaus.membership",
            ),
        ),
        migrations.AddField(
            model_name="funddeadline",
            name="fund",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="deadlines", to="candidates.fund"
            ),
        ),
        migrations.AddField(
            model_name="hourclaim",
            name="bureau",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
            ),
        ),
        migrations.AddField(
            model_name="hourclaim",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="bureaus.membership",
            ),
        ),
        migrations.AddField(
            model_name="hourclaim",
            name="fund",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="claims",
                to="candidates.fund",
                verbose_name="fonds",
            ),
        ),
        migrations.AddField(
            model_name="hourclaim",
            name="void_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="bureaus.membership",
            ),
        ),
        migrations.AddField(
            model_name="hourclaim",
            name="worker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="wie",
            ),
        ),
        migrations.AddIndex(
            model_name="funddeadline",
            index=models.Index(
                condition=models.Q(("done_on", None)), fields=["bureau", "due_on"], name="fund_deadline_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="funddeadline",
            constraint=models.UniqueConstraint(fields=("fund", "what", "due_on"), name="fund_deadline_once"),
        ),
        migrations.AddConstraint(
            model_name="funddeadline",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True), name="fund_deadline_says_what"
            ),
        ),
        migrations.AddIndex(
            model_name="hourclaim",
            index=models.Index(fields=["bureau", "fund", "day"], name="hour_claim_by_fund"),
        ),
        migrations.AddConstraint(
            model_name="hourclaim",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("void_at", None)),
                expressions=[("worker", "="), ("during", "&&")],
                name="hour_claimed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="hourclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("during__isempty", False), ("during__lower_inf", False), ("during__upper_inf", False)
                ),
                name="hour_claim_has_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="hourclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("void_at", None), models.Q(("void_reason", ""), _negated=True), _connector="OR"
                ),
                name="hour_claim_void_has_reason",
            ),
        ),
    ]
