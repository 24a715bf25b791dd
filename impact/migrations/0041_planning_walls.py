"""Plans are read by bureau and municipality, notices and keys by the municipality alone, batches by the platform."""

from django.db import migrations

from buurtbaan.rls import BUREAU, any_of, audited, every, opens, protect, role_is

MUNICIPALITY = opens("municipalities", "municipality_id")
PLATFORM = role_is("platform")
OF_THE_BUREAUS_OWN = every(
    "bureau_id IS NULL",
    "municipality_id IN (SELECT b.municipality_id FROM bureaus_bureau b "
    "WHERE b.id = ANY ((SELECT scope_ids('bureaus'))::bigint[]))",
)
BY_SECRET = "secret_hash = nullif((SELECT current_setting('buurtbaan.token', true)), '')"  # noqa: S105


class Migration(migrations.Migration):
    dependencies = [("impact", "0040_planning")]
    operations = [
        protect("impact_reportschedule", any_of(BUREAU, PLATFORM)),
        protect(
            "impact_reportschedule",
            any_of(MUNICIPALITY, OF_THE_BUREAUS_OWN),
            command="SELECT",
            name="planned",
        ),
        protect("impact_reportbatch", PLATFORM),
        protect("impact_reportorder", any_of(BUREAU, PLATFORM)),
        protect("impact_reportorder", MUNICIPALITY, command="SELECT", name="planned"),
        protect("impact_noticewish", MUNICIPALITY),
        protect("impact_releasenotice", MUNICIPALITY),
        protect("impact_apikey", any_of(MUNICIPALITY, BY_SECRET)),
        audited("impact_reportschedule"),
        audited("impact_reportbatch"),
        audited("impact_apikey", without=("secret_hash", "last_used_at")),
    ]
