"""Social return is for the bureau's staff; each row keeps to its bureau."""

from django.db import migrations

from buurtbaan.rls import audited, protect, same_bureau, tenant_key


class Migration(migrations.Migration):
    dependencies = [("employers", "0050_social_return")]
    operations = [
        protect("employers_socialreturn"),
        protect("employers_socialreturnline"),
        audited("employers_socialreturn"),
        audited("employers_socialreturnline"),
        tenant_key("employers_socialreturn"),
        same_bureau("employers_socialreturn", "employer_id", "employers_employer"),
        same_bureau("employers_socialreturnline", "obligation_id", "employers_socialreturn"),
    ]
