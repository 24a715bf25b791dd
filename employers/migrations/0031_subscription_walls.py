"""What a bureau earns is its own: rows and what they point at stay within it."""

from django.db import migrations

from buurtbaan.rls import audited, protect, same_bureau, tenant_key

TABLES = (
    "employers_subscription",
    "employers_subscriptionposition",
    "employers_subscriptionmonth",
    "employers_subscriptionwarning",
    "employers_commission",
    "employers_commissionposition",
    "employers_projectline",
)


class Migration(migrations.Migration):
    dependencies = [("employers", "0030_subscriptions")]
    operations = [
        *(protect(table) for table in TABLES),
        *(audited(table) for table in TABLES),
        tenant_key("employers_subscription"),
        tenant_key("employers_commission"),
        *(
            same_bureau(table, "employer_id", "employers_employer")
            for table in ("employers_subscription", "employers_commission", "employers_projectline")
        ),
        same_bureau("employers_subscription", "follows_id", "employers_subscription"),
        same_bureau("employers_subscription", "origin_id", "employers_subscription"),
        *(
            same_bureau(f"employers_subscription{part}", "subscription_id", "employers_subscription")
            for part in ("position", "month", "warning")
        ),
        same_bureau("employers_subscriptionposition", "position_id", "employers_position"),
        same_bureau("employers_subscriptionmonth", "by_id", "bureaus_membership"),
        same_bureau("employers_commission", "project_id", "employers_employer"),
        same_bureau("employers_commissionposition", "commission_id", "employers_commission"),
        same_bureau("employers_commissionposition", "position_id", "employers_position"),
    ]
