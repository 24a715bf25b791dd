from django.contrib.admin.apps import AdminConfig


class PlatformAdminConfig(AdminConfig):
    """Django's admin with our own door; see admin_site."""

    default_site = "buurtbaan.bureaus.admin_site.PlatformSite"
