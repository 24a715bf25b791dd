"""Indexes for the early signals, made beside the work that goes on."""

import django.contrib.postgres.fields.ranges
from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("matching", "0111_day_walls")]
    operations = [
        ValidateConstraint(model_name="checkin", name="check_in_skipped_has_reason"),
        AddIndexConcurrently(
            model_name="checkin",
            index=models.Index(
                fields=["bureau", "told_on"],
                condition=models.Q(("mood__in", ["mixed", "hard"])),
                name="check_in_told",
            ),
        ),
        AddIndexConcurrently(
            model_name="hoursstep",
            index=models.Index(
                models.F("bureau"),
                django.contrib.postgres.fields.ranges.RangeStartsWith("during"),
                name="hours_step_begins",
            ),
        ),
    ]
