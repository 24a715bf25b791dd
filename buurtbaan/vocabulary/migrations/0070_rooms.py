"""Two rooms that people may need at work and that a place may offer: to pray, and to rest."""

from typing import Any

from django.db import migrations

from buurtbaan.vocabulary.load import load


def load_terms(apps: Any, schema_editor: Any) -> None:
    load(apps.get_model("vocabulary", "Term"))


class Migration(migrations.Migration):
    dependencies = [("vocabulary", "0002_terms")]
    operations = [migrations.RunPython(load_terms, migrations.RunPython.noop)]
