"""Exact figures stay within the bureau; a municipality reads releases and nothing else."""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, every, opens, protect

MUNICIPALITY = opens("municipalities", "municipality_id")
WITHIN = ("impact_snapshot", "impact_impactreport", "impact_impactassignment", "impact_fundingflow")


class Migration(migrations.Migration):
    dependencies = [("impact", "0001_models"), ("bureaus", "0003_walls")]
    operations = [
        *(protect(table) for table in WITHIN),
        protect("impact_release"),
        protect(
            "impact_release",
            every(MUNICIPALITY, "withdrawn_at IS NULL"),
            command="SELECT",
            name="scope_municipality",
        ),
        protect("impact_download", any_of(BUREAU, MUNICIPALITY)),
        audited("impact_release", without=("published",)),
        audited("impact_impactassignment"),
        audited("impact_fundingflow"),
    ]
