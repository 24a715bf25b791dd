"""The hour at which a bureau's people get the list of their day by e-mail, if they wish."""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bureaus", "0040_postcodes"),
    ]

    operations = [
        migrations.AddField(
            model_name="bureau",
            name="digest_at",
            field=models.TimeField(
                default=datetime.time(7, 30), verbose_name="hoe laat het overzicht van de dag per e-mail komt"
            ),
        ),
    ]
