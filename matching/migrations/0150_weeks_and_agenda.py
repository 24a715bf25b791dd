"""What was mailed about a week, what stood there before, and the address of somebody's agenda."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from buurtbaan import together


class Migration(together.Migration):
    dependencies = [
        ("bureaus", "0110_digest_hour"),
        ("matching", "0140_names_and_places_along_a_thread"),
    ]

    operations = [
        migrations.AddField(
            model_name="checkin",
            name="asked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="vragen gemaild op"),
        ),
        migrations.AddField(
            model_name="checkin",
            name="did_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="opgeschreven op"),
        ),
        migrations.AddField(
            model_name="checkin",
            name="was",
            field=models.JSONField(
                blank=True, editable=False, null=True, verbose_name="wat er daarvoor stond"
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="check_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="matching.checkin",
            ),
        ),
        migrations.CreateModel(
            name="AgendaFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="gemaakt op"),
                ),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
                    ),
                ),
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda_feed",
                        to="bureaus.membership",
                    ),
                ),
            ],
            options={
                "verbose_name": "agenda in een ander programma",
                "verbose_name_plural": "agenda's in andere programma's",
                "ordering": ["pk"],
            },
        ),
    ]
