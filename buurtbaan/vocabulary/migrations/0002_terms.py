"""The word lists come with the tables: without them nobody can do an intake."""

from typing import Any

from django.db import migrations

from buurtbaan.vocabulary.load import load


def load_terms(apps: Any, schema_editor: Any) -> None:
    load(apps.get_model("vocabulary", "Term"))


class Migration(migrations.Migration):
    dependencies = [("vocabulary", "0001_models")]
    operations = [migrations.RunPython(load_terms, migrations.RunPython.noop)]
