"""The indexes that `people_alike` reads; they take the place of one that row-level security kept from being used."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("candidates", "0006_doubles")]
    operations = [
        AddIndexConcurrently(
            "candidate",
            django.contrib.postgres.indexes.GinIndex(
                fields=["bureau", "search_name"],
                opclasses=["int8_ops", "gin_trgm_ops"],
                name="candidate_looks_alike",
            ),
        ),
        AddIndexConcurrently(
            "candidate",
            django.contrib.postgres.indexes.GinIndex(
                models.F("bureau"),
                models.Func(models.F("search_name"), function="name_sounds"),
                name="candidate_sounds_alike",
            ),
        ),
        AddIndexConcurrently(
            "candidate",
            models.Index(
                fields=["bureau", "phone"], condition=~models.Q(phone=""), name="candidate_by_phone"
            ),
        ),
        AddIndexConcurrently(
            "candidate",
            models.Index(
                models.F("bureau"), Upper("email"), condition=~models.Q(email=""), name="candidate_by_email"
            ),
        ),
        RemoveIndexConcurrently("candidate", "candidate_name_trgm"),
    ]
