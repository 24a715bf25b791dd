"""Dutch names for rows that people read about themselves."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0012_neighbourhood_walls"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="fileopening",
            options={
                "ordering": ["-opened_at"],
                "verbose_name": "inzage met een reden",
                "verbose_name_plural": "inzagen met een reden",
            },
        ),
        migrations.AlterModelOptions(
            name="stagechange",
            options={
                "ordering": ["-on", "-pk"],
                "verbose_name": "fasewissel",
                "verbose_name_plural": "fasewissels",
            },
        ),
    ]
