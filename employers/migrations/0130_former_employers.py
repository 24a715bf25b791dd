"""What is left of an employer that stood in the list twice, and the move of remarks that its mover may not read."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from buurtbaan.rls import BUREAU, any_of, audited, opens, protect, same_bureau

TABLE = "employers_formeremployer"
# Who a candidate does not want to meet is hidden from managers. This function, with the owner's rights, lets such
# remarks follow an employer to the one that stays, within one bureau of the scope, and gives nothing back.
MOVE_REMARKS = """
CREATE FUNCTION move_safety_remarks(was bigint, becomes bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    here bigint;
BEGIN
    SELECT bureau_id INTO here FROM employers_employer WHERE id = was;
    IF here IS NULL OR here <> ALL (scope_ids('bureaus'))
        OR coalesce(current_setting('buurtbaan.role', true), '') NOT IN ('coach', 'manager', 'system')
        OR NOT EXISTS (SELECT FROM employers_employer WHERE id = becomes AND bureau_id = here)
    THEN
        RAISE EXCEPTION 'not two employers of this bureau';
    END IF;
    UPDATE candidates_safetyremark SET employer_id = becomes WHERE employer_id = was;
END $$;
REVOKE ALL ON FUNCTION move_safety_remarks(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION move_safety_remarks(bigint, bigint) TO buurtbaan_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0031_subscription_walls"),
        ("candidates", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerEmployer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("former_id", models.BigIntegerField(unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("kvk", models.CharField(blank=True, max_length=8, verbose_name="KvK-nummer")),
                (
                    "merged_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="samengevoegd op"),
                ),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bureaus.bureau"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="bureaus.membership",
                        verbose_name="door",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="formers",
                        to="employers.employer",
                    ),
                ),
            ],
            options={
                "verbose_name": "eerdere werkgever",
                "verbose_name_plural": "eerdere werkgevers",
                "ordering": ["-merged_at", "-pk"],
            },
        ),
        protect(TABLE, any_of(BUREAU, opens("employers", "employer_id"))),
        audited(TABLE),
        same_bureau(TABLE, "employer_id", "employers_employer"),
        same_bureau(TABLE, "by_id", "bureaus_membership"),
        migrations.RunSQL(MOVE_REMARKS, "DROP FUNCTION move_safety_remarks(bigint, bigint);"),
    ]
