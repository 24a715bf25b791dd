"""Rules are for whoever is signed in: the country's for all, a municipality's for those who work or live there.

What was written is never changed or taken away; a new version follows.
"""

from django.db import migrations

from buurtbaan.rls import any_of, append_only, audited, every, opens, protect, role_is

SIGNED_IN = "coalesce((SELECT current_setting('buurtbaan.role', true)), '') <> ''"
OWN_BUREAUS = any_of(opens("bureaus", "b.id"), opens("home", "b.id"))
OF_OWN_BUREAU = f"municipality_id IN (SELECT b.municipality_id FROM bureaus_bureau b WHERE {OWN_BUREAUS})"  # noqa: S608
READ = every(
    SIGNED_IN,
    any_of("municipality_id IS NULL", OF_OWN_BUREAU, opens("municipalities", "municipality_id")),
)
LOCAL = every(role_is("manager"), "municipality_id IS NOT NULL", OF_OWN_BUREAU)


class Migration(migrations.Migration):
    dependencies = [("rules", "0001_models"), ("bureaus", "0050_local_rates"), ("audit", "0001_models")]
    operations = [
        protect("rules_rulecard", role_is("platform")),
        protect("rules_rulecard", SIGNED_IN, command="SELECT", name="read"),
        protect("rules_ruleversion", role_is("platform")),
        protect("rules_ruleversion", READ, command="SELECT", name="read"),
        protect("rules_ruleversion", LOCAL, command="INSERT", name="local"),
        audited("rules_rulecard"),
        audited("rules_ruleversion"),
        append_only("rules_ruleversion"),
    ]
