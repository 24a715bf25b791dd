"""Tie contacts to the account that they made when they accepted an invitation; known by address until now."""

from django.db import migrations

TIE = """
UPDATE employers_contact c SET membership_id = m.id
FROM bureaus_membership m JOIN bureaus_user u ON u.id = m.user_id
WHERE c.membership_id IS NULL AND c.email <> '' AND m.role = 'employer' AND m.employer_id = c.employer_id
    AND lower(u.email) = lower(c.email) AND (m.ends IS NULL OR m.ends >= current_date);
"""


class Migration(migrations.Migration):
    dependencies = [("employers", "0021_carving_walls"), ("bureaus", "0003_walls")]
    operations = [migrations.RunSQL(TIE, migrations.RunSQL.noop)]
