"""Whether a file or its figures were released is one look in an index."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("impact", "0031_release_hashes")]
    operations = [
        AddIndexConcurrently("release", models.Index(fields=["pdf_sha256"], name="release_pdf_sha256")),
        AddIndexConcurrently(
            "release", models.Index(fields=["figures_sha256"], name="release_figures_sha256")
        ),
    ]
