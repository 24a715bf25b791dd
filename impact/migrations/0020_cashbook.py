"""The social cash book, and what sort of money a flow is."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from buurtbaan import together


class Migration(together.Migration):
    dependencies = [
        ("bureaus", "0110_digest_hour"),
        ("candidates", "0020_funds"),
        ("impact", "0033_release_by_hash"),
    ]

    operations = [
        migrations.CreateModel(
            name="CashbookEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(default=django.utils.timezone.localdate, verbose_name="wanneer")),
                ("activity", models.CharField(max_length=120, verbose_name="wat hebben jullie gedaan")),
                (
                    "stakeholder",
                    models.CharField(
                        choices=[
                            ("residents", "Bewoners"),
                            ("participants", "Deelnemers"),
                            ("volunteers", "Vrijwilligers"),
                            ("employers", "Ondernemers"),
                            ("organisations", "Organisaties"),
                            ("municipality", "Gemeente"),
                        ],
                        max_length=14,
                        verbose_name="voor wie",
                    ),
                ),
                (
                    "cost",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="wat kostte het"
                    ),
                ),
                (
                    "cost_known",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("receipt", "Bon of rekening"),
                            ("agreed", "Afgesproken prijs"),
                            ("asked", "Gevraagd aan wie het aangaat"),
                            ("compared", "Prijs van iets dat erop lijkt"),
                            ("estimate", "Schatting"),
                        ],
                        max_length=10,
                        verbose_name="hoe weet je wat het kostte",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        verbose_name="wat leverde het op",
                    ),
                ),
                (
                    "value_known",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("receipt", "Bon of rekening"),
                            ("agreed", "Afgesproken prijs"),
                            ("asked", "Gevraagd aan wie het aangaat"),
                            ("compared", "Prijs van iets dat erop lijkt"),
                            ("estimate", "Schatting"),
                        ],
                        max_length=10,
                        verbose_name="hoe weet je wat het opleverde",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="toelichting")),
                (
                    "noted_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="genoteerd op"),
                ),
                ("void_at", models.DateTimeField(blank=True, null=True, verbose_name="vervallen op")),
            ],
            options={
                "verbose_name": "regel in het sociaal kasboek",
                "verbose_name_plural": "regels in het sociaal kasboek",
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="fundingflow",
            name="fund",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="flows",
                to="candidates.fund",
                verbose_name="fonds",
            ),
        ),
        migrations.AddField(
            model_name="fundingflow",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("municipality", "Gemeente"),
                    ("grant", "ESF+ of andere subsidie"),
                    ("uwv", "UWV"),
                    ("fund", "Fonds"),
                    ("sales", "Verkoop en diensten"),
                    ("gift", "Gift"),
                    ("other_in", "Andere inkomsten"),
                    ("wages", "Begeleiders en verbinders"),
                    ("residents", "Bewoners: loon, vergoeding, scholing"),
                    ("rent", "Huur en energie"),
                    ("material", "Materiaal en inkoop"),
                    ("reserve", "Reserve voor later"),
                    ("other_out", "Andere uitgaven"),
                ],
                max_length=12,
                verbose_name="soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingflow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("fund__isnull", False)),
                fields=("fund", "year", "direction"),
                name="flow_of_fund_once",
            ),
        ),
        migrations.AddField(
            model_name="cashbookentry",
            name="bureau",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
            ),
        ),
        migrations.AddField(
            model_name="cashbookentry",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="bureaus.membership",
            ),
        ),
        migrations.AddField(
            model_name="cashbookentry",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="replaced_by",
                to="impact.cashbookentry",
            ),
        ),
        migrations.AddField(
            model_name="cashbookentry",
            name="void_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="bureaus.membership",
            ),
        ),
        migrations.AddIndex(
            model_name="cashbookentry",
            index=models.Index(
                condition=models.Q(("void_at", None)), fields=["bureau", "-on"], name="cashbook_by_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="cashbookentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cost__isnull", True),
                    models.Q(("cost__gte", 0), ("cost__lte", 1000000)),
                    _connector="OR",
                ),
                name="cashbook_cost",
            ),
        ),
        migrations.AddConstraint(
            model_name="cashbookentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value__isnull", True),
                    models.Q(("value__gte", 0), ("value__lte", 1000000)),
                    _connector="OR",
                ),
                name="cashbook_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="cashbookentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cost__isnull", True), models.Q(("cost_known", ""), _negated=True), _connector="OR"
                    ),
                    models.Q(
                        ("value__isnull", True), models.Q(("value_known", ""), _negated=True), _connector="OR"
                    ),
                ),
                name="cashbook_has_sources",
            ),
        ),
        migrations.AddConstraint(
            model_name="cashbookentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost__isnull", False), ("value__isnull", False), _connector="OR"),
                name="cashbook_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="cashbookentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("void_at", None)), fields=("replaces",), name="cashbook_replaced_once"
            ),
        ),
    ]
