"""Dutch names for rows that people read about themselves."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0006_own_work_once"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="matchevent",
            options={
                "ordering": ["at", "pk"],
                "verbose_name": "stap in een voorstel",
                "verbose_name_plural": "stappen in een voorstel",
            },
        ),
    ]
