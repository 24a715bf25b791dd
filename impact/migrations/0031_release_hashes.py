"""The hash of the figures of what was released before."""

from django.db import migrations

from impact.canonical import sha256


def fill(apps, schema_editor):
    Release = apps.get_model("impact", "Release")
    for release in Release.objects.filter(figures_sha256="").iterator(chunk_size=50):
        Release.objects.filter(pk=release.pk).update(figures_sha256=sha256(release.published))


class Migration(migrations.Migration):
    dependencies = [("impact", "0030_seal")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
