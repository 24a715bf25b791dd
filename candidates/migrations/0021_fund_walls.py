"""Deadlines and claims stay within the bureau; a claim is a stretch of one day."""

from django.db import migrations

from buurtbaan.rls import audited, protect, same_bureau

ONE_DAY = """
ALTER TABLE candidates_hourclaim ADD CONSTRAINT hour_claim_of_one_day CHECK (
    upper(during) - lower(during) <= interval '16 hours'
    AND (lower(during) AT TIME ZONE 'Europe/Amsterdam')::date = day
);
"""
ONE_DAY_BACK = "ALTER TABLE candidates_hourclaim DROP CONSTRAINT hour_claim_of_one_day;"


class Migration(migrations.Migration):
    dependencies = [("candidates", "0020_funds")]
    operations = [
        migrations.RunSQL(ONE_DAY, ONE_DAY_BACK),
        protect("candidates_funddeadline"),
        protect("candidates_hourclaim"),
        audited("candidates_funddeadline"),
        audited("candidates_hourclaim"),
        same_bureau("candidates_funddeadline", "fund_id", "candidates_fund"),
        same_bureau("candidates_hourclaim", "fund_id", "candidates_fund"),
    ]
