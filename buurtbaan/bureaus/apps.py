from django.apps import AppConfig


class BureausConfig(AppConfig):
    name = "buurtbaan.bureaus"
    verbose_name = "Bureaus en rollen"
