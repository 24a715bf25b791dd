"""Whether a bureau lets files go by themselves when their term is over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bureaus", "0005_codes"),
    ]

    operations = [
        migrations.AddField(
            model_name="bureau",
            name="purge_by_itself",
            field=models.BooleanField(default=False, verbose_name="wis vanzelf als de termijn voorbij is"),
        ),
    ]
