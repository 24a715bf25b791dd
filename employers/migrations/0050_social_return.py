from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from buurtbaan import together


class Migration(together.Migration):
    dependencies = [
        ("bureaus", "0050_local_rates"),
        ("employers", "0040_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="SocialReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("contract", models.CharField(max_length=160, verbose_name="naam van het contract")),
                ("principal", models.CharField(max_length=120, verbose_name="opdrachtgever")),
                (
                    "contract_amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="contractwaarde",
                    ),
                ),
                (
                    "share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="percentage",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="vast bedrag",
                    ),
                ),
                ("place", models.CharField(max_length=60, verbose_name="tabel met waarden")),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                ("ends_on", models.DateField(verbose_name="tot en met")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="afspraken")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="afgerond op")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="social_returns",
                        to="employers.employer",
                    ),
                ),
            ],
            options={
                "verbose_name": "social return",
                "verbose_name_plural": "social return",
                "ordering": ["ends_on", "pk"],
                "indexes": [models.Index(fields=["bureau", "ends_on"], name="social_return_by_end")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", False), ("share__isnull", True)),
                            models.Q(("amount__isnull", True), ("share__isnull", False)),
                            _connector="OR",
                        ),
                        name="social_return_share_or_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="social_return_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SocialReturnLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("block", models.SlugField(blank=True, max_length=60, verbose_name="soort inspanning")),
                ("what", models.CharField(max_length=160, verbose_name="wat is er gedaan")),
                ("on", models.DateField(verbose_name="vanaf welke dag")),
                (
                    "fte",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=4,
                        null=True,
                        verbose_name="deel van een voltijdsbaan",
                    ),
                ),
                (
                    "months",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="maanden"
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=7, null=True, verbose_name="uren"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="waarde"
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=4, editable=False, max_digits=12, null=True
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("EUR/hour", "euro per uur"),
                            ("EUR/month", "euro per maand"),
                            ("EUR/year", "euro per jaar"),
                            ("EUR/FTE-year", "euro per voltijdsjaar"),
                            ("share", "aandeel"),
                            ("months", "maanden"),
                            ("assignments/year", "opdrachten per jaar"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("source", models.CharField(blank=True, editable=False, max_length=200)),
                ("evidence", models.FileField(blank=True, upload_to="social-return/", verbose_name="bewijs")),
                ("evidence_name", models.CharField(blank=True, editable=False, max_length=120)),
                ("evidence_kind", models.CharField(blank=True, editable=False, max_length=40)),
                ("evidence_sha256", models.CharField(blank=True, editable=False, max_length=64)),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="goedgekeurd op")),
                (
                    "approved_by",
                    models.CharField(blank=True, max_length=120, verbose_name="goedgekeurd door"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="employers.socialreturn",
                    ),
                ),
            ],
            options={
                "verbose_name": "inspanning",
                "verbose_name_plural": "inspanningen",
                "ordering": ["on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_on", None),
                            models.Q(("amount__isnull", False), models.Q(("approved_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="social_return_approved_has_value",
                    )
                ],
            },
        ),
    ]
